import type { Control } from '../control.ts'
import { expect, test } from '../fixtures.ts'
import { look } from '../look.ts'
import type { Counter } from '../pages/counter.ts'
import type { PracticeSide } from '../pages/practice.ts'
import { gallery } from '../words.ts'

const screens = [
  ['counter', ''],
  ['outbox', 'outbox'],
  ['payments', 'payments'],
  ['payments-attention', 'payments/attention'],
  ['payments-notices', 'payments/notices'],
  ['payments-transfers', 'payments/transfers'],
  ['payments-reconciliation', 'payments/reconciliation'],
  ['payments-cash-up', 'payments/cash-up'],
  ['whatsapp', 'whatsapp'],
  ['settings-shop', 'settings/shop'],
  ['settings-staff', 'settings/staff'],
  ['settings-accounts', 'settings/accounts'],
  ['settings-printer', 'settings/printer'],
  ['settings-receipt', 'settings/receipt'],
  ['settings-templates', 'settings/templates'],
  ['settings-api-keys', 'settings/apiKeys'],
  ['settings-about', 'settings/about'],
] as const

/** A sale with something of everything on its time line. */
async function busySale(counter: Counter, practice: PracticeSide): Promise<void> {
  const { keys } = counter
  await counter.ringUp('Sukari 2 x 3200', 'Mafuta ya kupikia 6600')
  await counter.number.fill('0712345678')
  await keys.press('F2')
  await expect(counter.item(counter.status('delivered'))).toBeVisible()
  await keys.press('F4', 'Enter')
  await practice.typePin('9999')
  await expect(counter.item(counter.status('wrongPin'))).toBeVisible()
  await keys.press('F8')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
}

/** Something paid, something that came in by itself, and something that nobody knows. */
async function uncertainMoney(counter: Counter, practice: PracticeSide, { client }: Control): Promise<void> {
  const { keys } = counter
  const [network] = (await client.payments.networks()).filter(({ registerNotices }) => registerNotices)
  await client.notices.register({ accountId: network?.accountId ?? '' })
  await counter.ringUp('Sukari 3200')
  await counter.askToPay('0712345678')
  await practice.typePin('1234')
  await expect(counter.item(counter.status('paid'))).toBeVisible()
  await counter.finish()
  await client.practice.setFaults({
    callback: 'never',
    providers: { 'mpesa-kenya': 'timeoutAfterAccepting' },
  })
  await counter.ringUp('Mafuta 6600')
  await counter.number.fill('0712345678')
  await keys.press('F4', 'Enter')
  await expect(counter.item(counter.status('needsDecision'))).toBeVisible({ timeout: 90_000 })
  await client.practice.setFaults({ callback: 'now', providers: {} })
  await client.practice.payByHand({
    phone: '+254712345678',
    provider: 'mpesa-kenya',
    amountMinor: 100_000,
    account: '',
  })
  await expect.poll(async () => (await client.notices.list({ limit: 1 })).rows).toHaveLength(1)
}

for (const [language, theme] of gallery) {
  test.describe(`${language}, ${theme}`, () => {
    // At the networks' own pace, so that a prompt stands while pictures are taken.
    test.use({ language, theme, timeScale: 1 })

    test('every screen fits, can be read, and has no serious finding of axe', async ({
      counter,
      practice,
      page,
    }) => {
      test.setTimeout(180_000)
      await busySale(counter, practice)
      const { origin } = new URL(page.url())
      const findings: string[] = []
      for (const [name, path] of screens) {
        await page.goto(`${origin}/#/${path}`)
        await expect(page.getByRole('main').locator('h1, h2').first()).toBeVisible()
        await expect(page.locator('.waiting')).toHaveCount(0)
        findings.push(...(await look(page, `${name}-${language}-${theme}`)))
      }
      expect(findings).toEqual([])
    })

    test('so does everything that opens over or inside a screen', async ({
      counter,
      practice,
      page,
      words,
      keys,
    }) => {
      test.setTimeout(180_000)
      const findings: string[] = []
      const see = async (name: string) => {
        findings.push(...(await look(page, `${name}-${language}-${theme}`)))
      }
      await practice.choose('printer', 'noPaper')
      await counter.ringUp('Sukari 2 x 3200')
      await keys.press('F8')
      await counter.number.fill('0712345678')
      await keys.press('F4')
      await see('pay-panel')
      await keys.press('F7')
      await see('code-panel')
      await keys.press('F10')
      await see('pin-gate')
      await keys.press('Escape', 'F4', 'Enter')
      await expect(practice.pin).toBeVisible()
      await see('pin-pad')
      await keys.press('F1')
      await see('keys')
      await keys.press('Escape', '/')
      await keys.type('0712')
      await expect(page.locator('a.hit').first()).toBeVisible()
      await see('search')
      await keys.press('Escape')
      await counter.screen.getByRole('button', { name: words.t('counter.receiptText') }).click()
      const panel = page.getByRole('region', { name: words.t('receiptPanel.title') })
      await expect(panel.getByRole('textbox')).not.toHaveValue('')
      await see('receipt-panel')
      await keys.press('F2')
      await expect(counter.item(counter.status('delivered'))).toBeVisible()
      await practice.choose('line', 'off')
      await keys.press('F3')
      await page.locator('button.pick').first().click()
      await expect(page.getByRole('region', { name: words.t('outbox.history') })).toBeVisible()
      await see('outbox-details')
      await page.getByRole('link', { name: words.rail('payments') }).click()
      await page.locator('button.pick').first().click()
      await expect(page.getByRole('region', { name: words.t('payments.evidence') })).toBeVisible()
      await see('payment-details')
      await page.goto(`${new URL(page.url()).origin}/#/settings/accounts`)
      await page.locator('button.pick', { hasText: 'M-Pesa' }).first().click()
      await see('account-form')
      await page.getByRole('button', { name: words.t('common.remove'), exact: true }).click()
      await see('remove-account')
      expect(findings).toEqual([])
    })

    test.describe('in a hurry', () => {
      test.use({ timeScale: 8 })

      test('so does money that nobody is sure of, and what a manager does about it', async ({
        counter,
        practice,
        payments,
        page,
        words,
        keys,
        control,
      }) => {
        test.setTimeout(240_000)
        const findings: string[] = []
        const see = async (name: string) => {
          findings.push(...(await look(page, `${name}-${language}-${theme}`)))
        }
        await uncertainMoney(counter, practice, control)
        await see('counter-unsure')
        await keys.press('Control+Enter')
        await expect(page.getByTestId('leave-open')).toBeVisible()
        await see('leave-open')
        await keys.press('Escape', 'Alt+m')
        await expect(payments.screen.locator('.attention-row')).toHaveCount(2)
        await see('attention')
        await keys.press('p')
        await see('attention-paid')
        await keys.press('ArrowUp')
        await payments.screen.locator('.attention-row').nth(1).press('m')
        await see('attention-match')
        await payments.screen.getByRole('button', { name: words.t('notices.setAside') }).click()
        await see('attention-aside')
        await payments.open('notices')
        await payments.row(counter.status('noticeWaiting')).click()
        await see('notice')
        await payments.open('list')
        await payments.row(counter.status('paid')).click()
        await payments.details.getByRole('button', { name: words.t('reverse.open') }).click()
        await see('reverse')
        await page
          .getByLabel(words.t('reverse.note'), { exact: true })
          .fill(words.t('reverse.notes.goodsBack'))
        await page.getByLabel(words.t('pin.manager'), { exact: false }).fill('2468')
        await keys.press('Enter')
        await expect(payments.row(counter.status('reversed'))).toBeVisible({ timeout: 60_000 })
        await see('payment-reversed')
        await payments.open('transfers')
        await payments.row(counter.status('returned')).click()
        await see('transfer')
        await payments.screen.getByRole('button', { name: words.t('payOut.open') }).click()
        await see('pay-out')
        await keys.press('Escape')
        await payments.open('reconciliation')
        await payments.screen
          .getByLabel(words.t('payPanel.network'), { exact: true })
          .selectOption({ label: 'M-Pesa (Safaricom, Kenya)' })
        await payments.screen.getByRole('button', { name: words.t('reconciliation.ask') }).click()
        const result = payments.screen.getByRole('region', { name: words.t('reconciliation.result') })
        await expect(result).toBeVisible({ timeout: 60_000 })
        await see('reconciliation-result')
        await result
          .getByRole('button', { name: words.t('reconciliation.settle') })
          .first()
          .click()
        await see('reconciliation-settle')
        await keys.press('Escape')
        await payments.open('cash-up')
        const form = payments.screen.getByRole('form', { name: words.t('cashUp.title') })
        for (const field of await form.locator('input[inputmode="decimal"]').all()) await field.fill('1000')
        await form.getByRole('button', { name: words.t('cashUp.close') }).click()
        await expect(payments.cashUpResult).toBeVisible()
        await see('cash-up-result')
        expect(findings).toEqual([])
      })
    })
  })
}
