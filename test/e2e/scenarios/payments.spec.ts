import { reasons } from '../../../src-preload/contract/reasons.ts'
import { expect, test } from '../fixtures.ts'
import { languages } from '../words.ts'

for (const language of languages) {
  test.describe(`asking to pay, ${language}`, () => {
    test.use({ language })

    test('in twelve keys or fewer, paid with the right PIN', async ({ counter, practice, keys, page }) => {
      await counter.ringUp('Sukari 2 x 3200')
      keys.startCounting()
      await keys.type('0712345678')
      await keys.press('F4', 'Enter')
      expect(keys.note('prompt')).toBeLessThanOrEqual(12)
      await expect(counter.item(counter.status('prompted'))).toBeVisible()
      await page.screenshot({ path: `artefacts/screens/prompted-${language}-light-1366.png` })
      await practice.typePin('1234')
      await expect(counter.number).toBeFocused()
      const paid = counter.item(counter.status('paid'))
      await expect(paid).toContainText(/[A-Z0-9]{10}/)
      const code = /[A-Z0-9]{10}/.exec(await paid.innerText())?.[0] ?? 'no code'
      await expect(practice.messages.last()).toContainText(code)
      await page.screenshot({ path: `artefacts/screens/paid-${language}-light-1366.png` })
      await keys.press('F8')
      await expect(practice.paper).toContainText(code)
      await counter.finish()
    })
  })
}

test('while a request is alive a second one is refused, by F4 and by F6, and the phone sees one', async ({
  counter,
  practice,
  keys,
  words,
  control,
}) => {
  await counter.ringUp('Sukari 3200')
  await counter.askToPay('0712345678')
  await keys.press('F4')
  const panel = counter.screen.getByRole('region', { name: words.t('payPanel.title') })
  await expect(panel.getByRole('button', { name: words.t('counter.checkNow') })).toBeFocused()
  await keys.press('Enter', 'Escape', 'F6')
  expect((await control.client.payments.list({ limit: 5 })).rows).toHaveLength(1)
  await practice.typePin('1234')
  await expect(counter.item(counter.status('paid'))).toBeVisible()
  await keys.press('F4')
  await expect(panel).toContainText(words.t('payPanel.nothing'))
  await keys.press('Enter')
  await expect(panel).toHaveCount(0)
  expect((await control.client.payments.list({ limit: 5 })).rows).toHaveLength(1)
})

test('by mouse alone: asked, typed on the pad, paid', async ({ counter, practice, words, page }) => {
  await counter.entry.fill('Sukari 3200')
  await counter.screen.getByRole('button', { name: words.t('common.add'), exact: true }).click()
  await counter.number.fill('0712345678')
  await counter.target('pay').click()
  await counter.payPanel.getByRole('button', { name: words.t('payPanel.ask') }).click()
  for (const digit of ['1', '2', '3', '4'])
    await practice.phone.getByRole('button', { name: words.t('pin.digit', { digit }) }).click()
  await practice.phone.getByRole('button', { name: words.t('practice.ok'), exact: true }).click()
  await expect(counter.item(counter.status('paid'))).toBeVisible()
  await counter.screen.getByRole('button', { name: words.t('counter.finishPaid') }).click()
  await expect(counter.screen.getByRole('heading', { level: 1 })).toHaveText(words.t('counter.newSale'))
  await page.getByRole('link', { name: words.rail('payments') }).click()
  await expect(page.getByRole('main').getByText(counter.status('paid')).first()).toBeVisible()
})

test('a wrong PIN looks like one, and F6 asks again', async ({ counter, practice, keys, page }) => {
  await counter.ringUp('Sukari 3200')
  await counter.askToPay('0712345678')
  await practice.typePin('9999')
  await expect(counter.item(counter.status('wrongPin'))).toContainText(reasons.wrongPin.sw)
  await page.screenshot({ path: 'artefacts/screens/wrong-pin-sw-light-1366.png' })
  await counter.number.focus()
  await keys.press('F6')
  await expect(counter.item(counter.status('prompted'))).toBeVisible()
  await practice.typePin('1234')
  await expect(counter.item(counter.status('paid'))).toBeVisible()
  await expect(counter.item(counter.status('wrongPin'))).toBeVisible()
})

test('a reply that is lost is “not sure yet”, refuses a second request, and ends by the network’s word', async ({
  counter,
  practice,
  words,
  page,
  control,
}) => {
  await practice.provider('M-Pesa (Safaricom, Kenya)', 'timeoutAfterAccepting')
  await counter.ringUp('Sukari 3200')
  await counter.number.fill('0712345678')
  await counter.keys.press('F4', 'Enter')
  await expect(practice.pin).toBeVisible()
  await expect(counter.item(counter.status('unknown'))).toBeVisible({ timeout: 30_000 })
  await expect(counter.timeLine.getByText(words.t('counter.whileUnknown'))).toBeVisible()
  const { rows } = await control.client.payments.list({ limit: 1 })
  const again = control.client.payments.raise({ saleId: rows[0]?.saleId ?? '', phone: '0712345678' })
  await expect(again).rejects.toMatchObject({ code: 'PROMPT_ALIVE' })

  // The customer waits for no picture; the word of the network does.
  await practice.choose('callback', 'late')
  await practice.typePin('1234')
  await page.screenshot({ path: 'artefacts/screens/not-sure-sw-light-1366.png' })
  await practice.provider('M-Pesa (Safaricom, Kenya)', 'none')
  await expect(counter.item(counter.status('paid'))).toBeVisible({ timeout: 30_000 })
})

test('a callback that never comes is made good by asking', async ({ counter, practice }) => {
  await practice.choose('callback', 'never')
  await counter.ringUp('Sukari 3200')
  await counter.askToPay('0712345678')
  await practice.typePin('1234')
  await expect(counter.item(counter.status('paid'))).toBeVisible({ timeout: 45_000 })
})

test.describe('what takes the networks their time, at timeScale', () => {
  test.use({ timeScale: 8 })

  test('cancelled, short of money and unanswered each say so and what to do', async ({
    counter,
    practice,
    words,
    control,
    page,
  }) => {
    await counter.ringUp('Sukari 3200')
    await counter.askToPay('0712345678')
    await practice.phone.getByRole('button', { name: words.t('practice.cancelPrompt') }).click()
    await expect(counter.item(counter.status('cancelledByCustomer'))).toContainText(
      reasons.customerCancelled.sw,
    )

    await control.client.practice.setBalance({ phone: '+254712345678', balanceMinor: 100 })
    await counter.askToPay()
    await practice.typePin('1234')
    await expect(counter.item(counter.status('noMoney'))).toContainText(reasons.insufficientFunds.sw)

    await counter.askToPay()
    await practice.phone.getByRole('button', { name: words.t('practice.ignorePrompt') }).click()
    await expect(counter.item(counter.status('noAnswer'))).toContainText(reasons.noAnswer.sw, {
      timeout: 45_000,
    })
    await page.screenshot({ path: 'artefacts/screens/refusals-sw-light-1366.png' })
  })

  test('nobody knows: a person decides, with a note', async ({ counter, practice, words, page, control }) => {
    await practice.choose('callback', 'never')
    await practice.provider('M-Pesa (Safaricom, Kenya)', 'timeoutAfterAccepting')
    await counter.ringUp('Sukari 3200')
    await counter.number.fill('0712345678')
    await counter.keys.press('F4', 'Enter')
    await practice.typePin('1234')
    const decide = counter.button('counter.decide')
    await expect(decide).toBeVisible({ timeout: 55_000 })
    await decide.click()
    const dialog = page.getByRole('dialog', { name: words.t('decide.paymentTitle') })
    await page.screenshot({ path: 'artefacts/screens/decide-payment-sw-light-1366.png' })
    await dialog.getByRole('radio', { name: words.t('decide.paid') }).check()
    await dialog.getByLabel(words.t('decide.code'), { exact: false }).fill('SGL61H9X2K')
    await dialog.getByLabel(words.t('decide.note'), { exact: false }).fill('Niliona ujumbe kwenye simu yake')
    await dialog.getByRole('button', { name: words.t('decide.keep') }).click()
    await expect(counter.item(counter.status('paid'))).toContainText('SGL61H9X2K')
    const { rows } = await control.client.payments.list({ limit: 1 })
    const { events } = await control.client.payments.get({ id: rows[0]?.id ?? '' })
    expect(events.at(-1)).toMatchObject({
      source: 'person',
      to: 'completed',
      detail: 'Niliona ujumbe kwenye simu yake',
    })
  })
})
