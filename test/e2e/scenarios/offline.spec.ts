import { startServer } from '../../fixtures/server.ts'
import { expect, test } from '../fixtures.ts'

test('off the line receipts wait and prompts say so at once; back on it all drains in order', async ({
  counter,
  practice,
  words,
  page,
  keys,
}) => {
  await practice.choose('line', 'off')
  await counter.ringUp('Sukari 3200')
  await counter.number.fill('0712345678')
  await keys.press('F2')
  await expect(counter.item(counter.status('heldOffline'))).toBeVisible()
  await expect(counter.statusLine).toContainText(words.t('bar.offline'))
  // The button to ask says so before it is pressed, and its panel too.
  await expect(counter.target('pay')).toContainText(words.t('bar.offline'))
  await keys.press('F4')
  await expect(page.getByText(words.t('payPanel.offline'))).toBeVisible()
  await keys.press('Enter')
  await expect(counter.item(counter.status('notPaid'))).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/offline-sw-light-1366.png' })
  await counter.finish()
  await counter.ringUp('Mafuta 6600')
  await counter.number.fill('0712345678')
  await keys.press('F2')
  await expect(counter.item(counter.status('heldOffline'))).toBeVisible()
  await expect(practice.messages).toHaveCount(0)

  await practice.choose('line', 'on')
  await expect(practice.messages).toHaveCount(2, { timeout: 30_000 })
  await expect(practice.messages.nth(0)).toContainText('000001')
  await expect(practice.messages.nth(1)).toContainText('000002')
  await expect(counter.statusLine).toContainText(words.t('bar.online'))
  await expect(counter.target('pay')).not.toContainText(words.t('bar.offline'))
})

test('killed with unsent work, the next start says what it found and carries on', async ({
  counter,
  practice,
  server,
  folder,
  browser,
  words,
  control,
}) => {
  await practice.choose('line', 'off')
  await counter.ringUp('Sukari 3200')
  await counter.number.fill('0712345678')
  await counter.keys.press('F2')
  await expect(counter.item(counter.status('heldOffline'))).toBeVisible()
  // Not in the middle of a try, which would leave another thing to be found.
  const receipts = async () =>
    (await control.client.outbox.list({ filter: 'all' })).rows
      .filter(({ kind }) => kind === 'message')
      .map(({ state }) => state)
  await expect.poll(receipts).toEqual(['queued'])
  await server.stop('SIGKILL')
  await expect(counter.page.getByText(words.t('connection.lost'))).toBeVisible()

  const next = await startServer(folder, '--time-scale', '4')
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await page.goto(next.url)
  await expect(page.getByText(words.t('banner.recoveredUnclean', { count: 1 }))).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/recovered-sw-light-1366.png' })
  await expect(page.getByTestId('practice-phone').getByRole('listitem')).toHaveCount(1, { timeout: 30_000 })
  await context.close()
  await next.stop()
})
