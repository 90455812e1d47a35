import { expect, test } from '../fixtures.ts'
import { languages } from '../words.ts'

for (const language of languages) {
  test.describe(`a receipt by SMS, ${language}`, () => {
    test.use({ language })

    test('to a typed number in twelve keys or fewer', async ({ counter, practice, keys, page }) => {
      await counter.ringUp('Sukari 2 x 3200', 'Mafuta 6600')
      await expect(counter.total).toHaveText(/KES\s13,000/)

      keys.startCounting()
      await keys.type('0712345678')
      await keys.press('F2')
      expect(keys.note('receipt to a typed number')).toBeLessThanOrEqual(12)

      await expect(counter.screen.getByRole('heading', { level: 1 })).toHaveText(/000001/)
      await expect(practice.messages.last()).toContainText('13,000')
      await expect(counter.item(counter.status('delivered'), '0712 345 678')).toBeVisible()
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
  await counter.ringUp()
  await counter.number.fill('0712345678')
  await counter.target('receipt').click()
  await expect(counter.item(counter.status('delivered'))).toBeVisible()
  await expect(practice.messages).toHaveCount(1)
  await page.screenshot({ path: 'artefacts/screens/receipt-by-mouse-sw-light-1366.png' })
  expect(words.language).toBe('sw')
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
  await text.fill('ș'.repeat(71))
  await expect(
    page.getByText(words.t('receiptPanel.size', { count: 2, left: 63, encoding: 'UCS-2' })),
  ).toBeVisible()
  await expect(page.getByText(words.t('receiptPanel.sizeSpecial'))).toBeVisible()
})

test('that the network refuses says why, and goes out again with its history kept', async ({
  counter,
  practice,
  control,
}) => {
  await practice.provider(/Africa.s Talking/, 'serverError')
  await counter.ringUp()
  await counter.number.fill('0712345678')
  await counter.keys.press('F2')
  await expect(counter.item(counter.status('needsDecision'))).toBeVisible()
  const { rows } = await control.client.messages.list({ limit: 5 })
  expect(rows).toMatchObject([{ state: 'unknown', attempts: 1 }])
})

test('a sale from the shop’s POS comes to the free counter by itself', async ({ counter, server }) => {
  const reply = await fetch(`${server.apiUrl}/sales`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': 'pos-1',
    },
    body: JSON.stringify({
      lines: [{ name: 'Mchele 5 kg', quantityMilli: 1000, unitPriceMinor: 1_250_000 }],
    }),
  })
  expect(reply.status).toBe(201)
  await expect(counter.total).toHaveText(/KES\s12,500/)
  await expect(counter.screen.getByText('Mchele 5 kg')).toBeVisible()
})
