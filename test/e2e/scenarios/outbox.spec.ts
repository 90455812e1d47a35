import { expect, test } from '../fixtures.ts'

test('what is unsent is one key away, and a person can look, cancel and send again', async ({
  counter,
  practice,
  keys,
  page,
  words,
  control,
}) => {
  await practice.choose('line', 'off')
  for (const [item, number] of [
    ['Sukari 3200', '0712345678'],
    ['Mafuta 6600', '0722000111'],
  ] as const) {
    await counter.ringUp(item)
    await counter.number.fill(number)
    await keys.press('F2')
    await expect(counter.item(counter.status('heldOffline'))).toBeVisible()
    await counter.finish()
  }
  keys.startCounting()
  await keys.press('F3')
  expect(keys.note('what is unsent')).toBe(1)
  const screen = page.getByRole('region', { name: words.t('outbox.title'), exact: true })
  await expect(screen.getByText('0712 345 678')).toBeVisible()
  await expect(screen.getByText('0722 000 111')).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/outbox-sw-light-1366.png' })

  const search = screen
    .getByRole('searchbox')
    .or(screen.getByLabel(words.t('outbox.search')))
    .first()
  await search.fill('0722 000')
  await expect(screen.getByText('0712 345 678')).toBeHidden()
  await keys.press('ArrowDown', 'Enter')
  const details = screen.getByRole('complementary', { name: words.t('outbox.details') })
  // The drawer opened for the cash of each sale; it is not what was unsent.
  const receipts = async () =>
    (await control.client.outbox.list({ filter: 'all' })).rows
      .filter(({ kind }) => kind === 'message')
      .map(({ state }) => state)
  // A try may be under way at that moment, which nobody can stop: then once more.
  await expect(async () => {
    const cancel = details.getByRole('button', { name: words.t('outbox.cancel') })
    if (!(await receipts()).includes('cancelled')) await cancel.click({ timeout: 5_000 })
    await expect.poll(receipts, { timeout: 5_000 }).toEqual(['cancelled', 'queued'])
  }).toPass()
  await practice.choose('line', 'on')
  await expect(practice.messages).toHaveCount(1, { timeout: 30_000 })
  await expect.poll(async () => (await control.client.outbox.summary()).queued).toBe(0)
  expect(await receipts()).toEqual(['cancelled', 'done'])
})

test('what failed is found, read and sent again without a mouse', async ({
  counter,
  page,
  words,
  keys,
  control,
}) => {
  // The simulated network answers this number with "RejectedByGateway" (its last three digits).
  await counter.ringUp()
  await counter.number.fill('0700000502')
  await keys.press('F2')
  await expect(counter.item(counter.status('failed'))).toBeVisible()
  await keys.press('F3')
  const screen = page.getByRole('region', { name: words.t('outbox.title'), exact: true })
  await expect(screen.getByRole('textbox')).toBeFocused()
  const failed = screen.getByRole('radio', { name: words.t('outbox.filters.failed') })
  await expect(failed).toBeChecked()
  await keys.press('Shift+Tab')
  await expect(failed).toBeFocused()
  await keys.press('Tab')
  await expect(screen.getByRole('textbox')).toBeFocused()
  await expect(screen.getByRole('listitem')).toHaveCount(1)
  await keys.press('ArrowDown', 'Enter')
  const details = screen.getByRole('complementary', { name: words.t('outbox.details') })
  const history = details.getByRole('region', { name: words.t('outbox.history') }).getByRole('listitem')
  await expect(history).toHaveCount(1)
  await expect(history).toContainText(words.t('outbox.outcomes.rejected'))
  await expect(history).not.toContainText('RejectedByGateway')
  await expect(details).toContainText('RejectedByGateway')
  await keys.press('Tab')
  await expect(details.getByRole('button', { name: words.t('outbox.retry') })).toBeFocused()
  await page.screenshot({ path: 'artefacts/screens/outbox-refused-sw-light-1366.png' })
  await keys.press('Enter')
  await expect(history).toHaveCount(2)
  // The attempt stands in the list from its beginning; what it became follows.
  await expect
    .poll(async () => (await control.client.outbox.list({ filter: 'failed' })).rows[0]?.attempts)
    .toBe(2)
  await keys.press('Escape')
  await expect(counter.number).toBeFocused()
})
