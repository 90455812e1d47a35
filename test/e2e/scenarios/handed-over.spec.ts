import { expect, test } from '../fixtures.ts'
import { languages } from '../words.ts'

for (const language of languages) {
  test.describe(`a sale that the POS handed over, ${language}`, () => {
    test.use({ language })

    test('bears the POS’s number at the counter, and what was paid there already', async ({
      counter,
      words,
      server,
      page,
      practice,
    }) => {
      await page.setViewportSize({ width: 1024, height: 768 })
      await practice.open()
      const reply = await fetch(`${server.apiUrl}/sales`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': 'pos-1',
        },
        body: JSON.stringify({
          number: 'INV-1042',
          soldAt: Date.now() - 600_000,
          customer: { phone: '020 2222222', name: 'Neema' },
          lines: [{ name: 'Mchele 5 kg', quantityMilli: 1000, unitPriceMinor: 1_250_000 }],
          tenders: [{ kind: 'card', amountMinor: 1_000_000, label: 'Visa', reference: '004512' }],
        }),
      })
      expect(reply.status).toBe(201)
      await counter.screen
        .getByRole('button', { name: words.t('counter.waitingSales_one', { count: 1 }) })
        .click()
      const list = counter.screen.getByRole('list', { name: words.t('counter.waitingTitle') })
      await expect(list).toContainText('INV-1042 · Neema')
      await page.keyboard.press('Enter')
      await expect(counter.screen).toContainText(words.t('counter.fromPosNumbered', { number: 'INV-1042' }))
      await page.screenshot({ path: `artefacts/screens/handed-over-${language}-light-1024.png` })
    })
  })
}
