import { expect, test } from '../fixtures.ts'
import { languages } from '../words.ts'

for (const language of languages) {
  test.describe(`cash-up, ${language}`, () => {
    test.use({ language, timeScale: 8 })

    test('is counted blind, names the payment that nobody knows, and is printed and kept', async ({
      counter,
      practice,
      payments,
      words,
      keys,
      control,
      page,
    }) => {
      await counter.ringUp('Sukari 3200')
      await counter.askToPay('0712345678')
      await practice.typePin('1234')
      await expect(counter.item(counter.status('paid'))).toBeVisible()
      await counter.finish()
      await counter.ringUp('Mchele 5000')
      await counter.finish()
      await practice.choose('callback', 'never')
      await practice.provider('M-Pesa (Safaricom, Kenya)', 'timeoutAfterAccepting')
      await counter.ringUp('Mafuta 6600')
      await counter.number.fill('0712345678')
      await keys.press('F4', 'Enter')
      await expect(counter.item(counter.status('needsDecision'))).toBeVisible({ timeout: 55_000 })

      await payments.open('cash-up')
      const form = payments.screen.getByRole('form', { name: words.t('cashUp.title') })
      // Nothing on the screen says what is expected.
      await expect(form).not.toContainText('5,000')
      await expect(form).not.toContainText('3,200')
      await expect(form.getByRole('textbox').first()).toBeFocused()
      await keys.type('4800')
      await keys.press('Tab')
      await keys.type('3200')
      await keys.press('Tab')
      await keys.type('1000')
      await page.screenshot({ path: `artefacts/screens/cash-up-count-${language}-light-1366.png` })
      await keys.press('Enter')

      const result = payments.cashUpResult
      await expect(result.getByRole('row', { name: words.t('cashUp.cash') })).toContainText(
        words.t('cashUp.short', { amount: '200' }),
      )
      await expect(result.getByRole('row', { name: 'M-Pesa' })).toContainText(words.t('cashUp.exact'))
      await expect(result.getByRole('region', { name: words.t('cashUp.openItems') })).toContainText('6,600')
      await page.screenshot({ path: `artefacts/screens/cash-up-unknown-${language}-light-1366.png` })
      await practice.open()
      await expect(practice.paper).toContainText('4,800')
      await expect(practice.paper).toContainText('6,600')

      const [kept] = (await control.client.cashUps.list({ limit: 5 })).rows
      expect(kept).toMatchObject({ number: 1, staffName: 'Asha', leftMinor: 100_000 })
      expect(kept?.openItems).toMatchObject([{ kind: 'unknownPayment', amountMinor: 660_000 }])
      await result.getByRole('button', { name: words.t('cashUp.printAgain') }).click()
      await expect(result.getByRole('status')).toContainText(counter.status('printed'))
      await practice.choose('printer', 'noPaper')
      await result.getByRole('button', { name: words.t('cashUp.printAgain') }).click()
      await expect(result.getByRole('status')).toContainText(counter.status('noPaper'))

      // The next count starts from what stayed in the drawer.
      await result.getByRole('button', { name: words.t('cashUp.again') }).click()
      await expect(form.getByRole('textbox').first()).toBeFocused()
      await keys.type('1000')
      await keys.press('Tab')
      await keys.type('0')
      await keys.press('Enter')
      await expect(result.getByRole('row', { name: words.t('cashUp.cash') })).toContainText(
        words.t('cashUp.exact'),
      )
    })
  })
}
