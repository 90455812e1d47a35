import { problems } from '../../../src-preload/contract/problems.ts'
import type { RunningServer } from '../../fixtures/server.ts'
import { expect, test } from '../fixtures.ts'
import { languages } from '../words.ts'

for (const language of languages) {
  test.describe(`a receipt by SMS, ${language}`, () => {
    test.use({ language })

    test('to a typed number in twelve keys or fewer', async ({ counter, practice, keys, page, control }) => {
      await counter.ringUp('Sukari 2 x 3200', 'Mafuta 6600')
      await expect(counter.total).toHaveText(/KES\s13,000/)

      // On a quick line "sending" lasts for moments, in which a busy page may not be drawn.
      await control.client.practice.setFaults({ line: 'slow' })
      const statuses = await counter.watchStatuses()
      keys.startCounting()
      await keys.type('0712345678')
      await keys.press('F2')
      expect(keys.note('receipt to a typed number')).toBeLessThanOrEqual(12)

      await expect(counter.screen.getByRole('heading', { level: 1 })).toHaveText(/000001/)
      await expect(practice.messages.last()).toContainText('13,000')
      await expect(counter.item(counter.status('delivered'), '0712 345 678')).toBeVisible()
      const seen = await statuses()
      expect([counter.status('queued'), counter.status('sending')]).toContain(seen[0])
      expect(seen.slice(-2)).toEqual([counter.status('sent'), counter.status('delivered')])
      await page.screenshot({ path: `artefacts/screens/receipt-by-sms-${language}-light-1366.png` })
    })
  })
}

test('to a known customer in six keys or fewer', async ({ counter, practice, keys, control }) => {
  await control.client.customers.save({ phone: '0722000111', name: 'Neema Juma' })
  await counter.ringUp()
  keys.startCounting()
  await keys.type('ne')
  await expect(counter.page.getByRole('option', { name: /Neema/ })).toBeVisible()
  await keys.press('ArrowDown', 'Enter')
  await expect(counter.number).toHaveValue(/0722 000 111/)
  await keys.press('F2')
  expect(keys.note('receipt to a known customer')).toBeLessThanOrEqual(6)
  await expect(counter.item(counter.status('delivered'), '0722 000 111')).toBeVisible()
  await expect(practice.messages.last()).toContainText('000001')
})

test('by mouse alone, and once more only after a question', async ({ counter, practice, page, words }) => {
  await counter.entry.fill('Sukari 2 x 3200')
  await counter.screen.getByRole('button', { name: words.t('common.add'), exact: true }).click()
  await counter.number.fill('0712345678')
  await counter.target('receipt').click()
  await expect(counter.item(counter.status('delivered'))).toHaveCount(1)
  await page.screenshot({ path: 'artefacts/screens/receipt-by-mouse-sw-light-1366.png' })

  const again = async () => {
    await counter.screen.getByRole('button', { name: words.t('counter.receiptText') }).click()
    const panel = counter.screen.getByRole('region', { name: words.t('receiptPanel.title') })
    await panel.getByText(words.t('channel.sms'), { exact: true }).click()
    await panel.getByRole('button', { name: words.t('receiptPanel.send') }).click()
    const question = counter.screen.getByRole('region', { name: words.t('counter.sendAgainTitle') })
    await expect(question).toContainText('0712 345 678')
    return question
  }
  await (await again()).getByRole('button', { name: words.t('common.cancel') }).click()
  await (await again()).getByRole('button', { name: words.t('counter.sendAgain') }).click()
  await expect(counter.item(counter.status('delivered'))).toHaveCount(2)
  await expect(practice.messages).toHaveCount(2)
})

test('the size is counted while typing: plain, long, and outside the plain alphabet', async ({
  counter,
  page,
  words,
}) => {
  await counter.ringUp()
  await counter.number.fill('0712345678')
  await counter.screen.getByRole('button', { name: words.t('counter.receiptText') }).click()
  const text = page.getByLabel(words.t('receiptPanel.text'), { exact: true })
  await text.fill('a'.repeat(160))
  await expect(
    page.getByText(words.t('receiptPanel.size', { count: 1, left: 0, encoding: 'GSM-7' })),
  ).toBeVisible()
  await text.fill('a'.repeat(161))
  await expect(
    page.getByText(words.t('receiptPanel.size', { count: 2, left: 145, encoding: 'GSM-7' })),
  ).toBeVisible()
  await text.fill(`${'a'.repeat(159)}€`)
  await expect(
    page.getByText(words.t('receiptPanel.size', { count: 2, left: 145, encoding: 'GSM-7' })),
  ).toBeVisible()
  await text.fill('ж'.repeat(71))
  await expect(
    page.getByText(words.t('receiptPanel.size', { count: 2, left: 63, encoding: 'UCS-2' })),
  ).toBeVisible()
  await expect(page.getByText(words.t('receiptPanel.sizeSpecial'))).toBeVisible()
})

test('that the network refuses says why, and a retry keeps the history', async ({
  counter,
  words,
  control,
  keys,
}) => {
  // The simulated network answers this number with "RejectedByGateway" (its last three digits).
  await counter.ringUp()
  await counter.number.fill('0700000502')
  await keys.press('F2')
  const refused = counter.item(counter.status('failed'), '0700 000 502')
  await expect(refused).toBeVisible()
  await expect(refused.locator('.item-detail')).toHaveText(/\p{L}+ \p{L}+/u)
  await refused.getByRole('button', { name: words.t('common.tryAgain') }).click()
  await expect.poll(async () => (await control.client.messages.list({ limit: 5 })).rows[0]?.attempts).toBe(2)
  await expect(refused).toContainText(words.t('counter.attempts_other', { count: 2 }))
  const [effect] = (await control.client.outbox.list({ filter: 'all' })).rows
  const { history } = await control.client.outbox.get({ id: effect?.id ?? 0 })
  expect(history.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected'])
})

test('whose fate the network cannot tell is decided by a person, and then goes out once more', async ({
  counter,
  practice,
  page,
  words,
  keys,
}) => {
  await practice.provider(/Africa.s Talking/, 'serverError')
  await counter.ringUp()
  await counter.number.fill('0712345678')
  await keys.press('F2')
  await expect(counter.item(counter.status('needsDecision'))).toBeVisible()
  await practice.provider(/Africa.s Talking/, 'none')
  await counter.button('counter.decide').press('Enter')
  const dialog = page.getByRole('dialog', { name: words.t('decide.messageTitle') })
  await expect(dialog.getByRole('button', { name: words.t('decide.arrived') })).toBeFocused()
  await keys.press('Tab', 'Enter')
  await expect(counter.item(counter.status('delivered'))).toBeVisible()
  await expect(practice.messages).toHaveCount(1)
})

test('sales from the shop’s POS wait in a list with a key, and nothing opens by itself', async ({
  counter,
  server,
  keys,
  words,
}) => {
  for (const [key, name, unitPriceMinor] of [
    ['pos-1', 'Mchele 5 kg', 1_250_000],
    ['pos-2', 'Unga 2 kg', 400_000],
  ] as const) {
    expect((await handOver(server, key, { name, quantityMilli: 1000, unitPriceMinor })).status).toBe(201)
  }
  const waiting = counter.screen.getByRole('button', {
    name: words.t('counter.waitingSales_other', { count: 2 }),
  })
  await expect(waiting).toBeVisible()
  await expect(counter.screen.getByRole('heading', { level: 1 })).toHaveText(words.t('counter.newSale'))
  // The keys go where they went.
  await keys.type('Sabuni 500')
  await keys.press('Enter')
  await expect(counter.total).toHaveText(/KES\s500/)
  await keys.press('Alt+o')
  const list = counter.screen.getByRole('list', { name: words.t('counter.waitingTitle') })
  await expect(list.getByRole('button')).toHaveCount(2)
  await expect(list.getByRole('button').first()).toBeFocused()
  await keys.press('ArrowDown', 'Enter')
  await expect(counter.total).toHaveText(/KES\s4,000/)
  await expect(counter.screen.getByText('Unga 2 kg')).toBeVisible()
  await keys.press('Control+Enter')
  // The sale that was typed lies there as it lay.
  await expect(counter.total).toHaveText(/KES\s500/)
  await expect(
    counter.screen.getByRole('button', { name: words.t('counter.waitingSales_one', { count: 1 }) }),
  ).toBeVisible()
})

/** A sale as the shop's POS hands it over. */
function handOver(server: RunningServer, key: string, line: object): Promise<Response> {
  return fetch(`${server.apiUrl}/sales`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ lines: [line] }),
  })
}

test('the paid receipt follows the unpaid one by the same channel, and then the next one', async ({
  counter,
  practice,
  keys,
  words,
}) => {
  await counter.ringUp('Sukari 3200')
  await keys.type('0712345678')
  await keys.press('F2')
  await expect(counter.item(counter.status('delivered'))).toHaveCount(1)
  await counter.askToPay()
  await practice.typePin('1234')
  await expect(counter.state).toHaveAttribute('data-state', 'paid')
  await expect(counter.target('receipt')).toContainText(words.t('counter.paidBy.sms'))
  // Another screen is looked at meanwhile: the proposal stays.
  await keys.press('F9')
  await expect(counter.screen).toHaveCount(0)
  await keys.press('Escape')
  await expect(counter.target('receipt')).toContainText(words.t('counter.paidBy.sms'))
  await keys.press('F2')
  await expect(counter.item(counter.status('delivered'))).toHaveCount(2)
  await expect(practice.messages.last()).toContainText('M-Pesa')
  await expect(counter.target('receipt')).toContainText(words.t('channel.whatsapp'))
})

const badInput = [
  ['a number that is none', '0612', ['F2'], problems.PHONE_INVALID],
  ['no number', '', ['F2'], problems.PHONE_MISSING],
  ['cents where the network takes whole shillings', '0712345678', ['F4', 'Enter'], problems.AMOUNT_NOT_WHOLE],
] as const

for (const [what, number, pressed, problem] of badInput) {
  test(`${what} is refused in words that say what to do`, async ({ counter, keys, words, control }) => {
    await counter.ringUp('Sukari 10.50')
    await counter.number.fill(number)
    await keys.press(...pressed)
    const remedy =
      words
        .say(problem)
        .split(/[.?!] /)
        .at(-1) ?? ''
    await expect(counter.screen.getByText(remedy).first()).toBeVisible()
    expect((await control.client.outbox.list({ filter: 'all' })).rows).toEqual([])
    if (pressed[0] !== 'F2') return
    // The corrected number bears no red of the one before.
    await expect(counter.number).toHaveAttribute('aria-invalid', 'true')
    await counter.number.fill('0712345678')
    await expect(counter.number).not.toHaveAttribute('aria-invalid', 'true')
    await expect(counter.screen.getByText(remedy)).toHaveCount(0)
  })
}
