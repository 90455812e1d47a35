import { expect, test } from '../fixtures.ts'
import { languages } from '../words.ts'

/** Both days are before this one, and both are days. */
const twoDays = (year: number) => `2/3/${year} 8:19`

const head = 'Receipt No.;Completion Time;Details;Transaction Status;Paid In;Withdrawn;Balance'

for (const language of languages) {
  test.describe(`a statement that a spreadsheet wrote, ${language}`, () => {
    test.use({ language })

    for (const width of [1366, 1024]) {
      test(`asks which day is meant, by keyboard, and lists what it could not read, ${width}`, async ({
        counter,
        payments,
        words,
        keys,
        page,
      }) => {
        await page.setViewportSize({ width, height: 768 })
        await expect(counter.screen).toBeVisible()
        await payments.open('reconciliation')
        await payments.screen
          .getByLabel(words.t('payPanel.network'), { exact: true })
          .selectOption({ label: 'M-Pesa (Safaricom, Kenya)' })
        const year = new Date().getUTCFullYear() - 1
        const file = [
          head,
          `S2P7TFBKDG;${twoDays(year)};Pay Bill;Completed;3200,00;;`,
          `5.11E+13;${twoDays(year)};Pay Bill;Completed;100,00;;`,
          `S2P7TFBKDJ;31/02/${year};Pay Bill;Completed;100,00;;`,
          `S2P7TFBKDK;${twoDays(year)};Reversal;Completed;;400,00;`,
          'Total;;;;3300,00;400,00;',
        ].join('\r\n')
        // As Excel writes "Unicode text".
        await payments.dropStatement('lipa-namba.csv', `\ufeff${file}`)
        const question = page.getByRole('dialog', {
          name: words.t('reconciliation.doubt.dates', { sample: twoDays(year) }),
        })
        await expect(question).toBeVisible()
        await expect(question.getByRole('button').first()).toBeVisible()
        await page.screenshot({ path: `artefacts/screens/statement-ask-${language}-light-${width}.png` })
        await keys.press('ArrowDown', 'Enter')
        const result = payments.screen.getByRole('region', { name: words.t('reconciliation.result') })
        const read = result.getByRole('region', { name: words.t('reconciliation.understood') })
        await expect(read).toContainText(words.t('reconciliation.orders.monthFirst'))
        await expect(read).toContainText(words.t('reconciliation.unreadLines_other', { count: 2 }))
        await expect(read).toContainText(words.t('reconciliation.unread.codeSpoiled'))
        await expect(read).toContainText(words.t('reconciliation.unread.date'))
        await expect(result.getByRole('row', { name: 'S2P7TFBKDG' })).toBeVisible()
        await page.screenshot({ path: `artefacts/screens/statement-read-${language}-light-${width}.png` })
      })
    }
  })
}
