import { problems } from '../../../src-preload/contract/problems.ts'
import { reasons } from '../../../src-preload/contract/reasons.ts'
import { expect, test } from '../fixtures.ts'

/** A practice manager's PIN; every practice shop tells it on its screens. */
const managerPin = '2468'

const networks = [
  { country: 'KE', number: '0712345678', provider: 'mpesa-kenya', name: 'M-Pesa', proof: 'query' },
  { country: 'TZ', number: '0754001001', provider: 'mpesa-tanzania', name: 'M-Pesa', proof: 'reply' },
  { country: 'TZ', number: '0713001001', provider: 'mixx-by-yas', name: 'Mixx by Yas', proof: 'callback' },
  { country: 'TZ', number: '0684001001', provider: 'airtel-money', name: 'Airtel Money', proof: 'signed' },
] as const

for (const { country, number, provider, name, proof } of networks) {
  test.describe(provider, () => {
    test.use({ country })

    test('is guessed from the number, asked with Enter, and paid', async ({
      counter,
      practice,
      control,
      words,
      page,
    }) => {
      await counter.ringUp('Sukari 3200')
      await counter.number.fill(number)
      await counter.keys.press('F4')
      const guessed = counter.payPanel.getByRole('radio', {
        name: words.t('counter.networkGuess', { network: name }),
        exact: true,
      })
      await expect(guessed).toBeChecked()
      await page.screenshot({ path: `artefacts/screens/ask-${provider}-sw-light-1366.png` })
      await counter.keys.press('Enter')
      await practice.typePin('1234')
      const line = counter.item(counter.status('paid'))
      await expect(line).toContainText(name)
      const [payment] = (await control.client.payments.list({ limit: 1 })).rows
      expect(payment).toMatchObject({ provider, state: 'completed', staffName: 'Asha', proof })
      // What only an unsigned report tells is said to be no more than that.
      const weak = words.t('counter.proofs.callback')
      await expect(line.getByText(weak)).toHaveCount(proof === 'callback' ? 1 : 0)
      await expect(line).toContainText(payment?.receiptCode ?? 'no code')
    })

    test('a wrong PIN and a cancelled request end it, and F6 asks again', async ({
      counter,
      practice,
      keys,
      words,
      control,
    }) => {
      await counter.ringUp('Sukari 3200')
      await counter.number.fill(number)
      await keys.press('F4', 'Enter')
      await practice.typePin('9999')
      // Mixx tells only that it was not paid.
      const refused = ['wrongPin', 'notPaid'].map((status) => counter.status(status)).join('|')
      await expect(counter.item(new RegExp(refused))).toBeVisible()
      await counter.number.focus()
      await keys.press('F6')
      await expect(practice.pin).toBeVisible()
      await practice.phone.getByRole('button', { name: words.t('practice.cancelPrompt') }).click()
      const cancelled = ['cancelledByCustomer', 'notPaid'].map((status) => counter.status(status)).join('|')
      // Of Mixx both say the same; two of them are the one before and this one.
      await expect(counter.item(new RegExp(`${refused}|${cancelled}`))).toHaveCount(2)
      await expect(counter.item(new RegExp(cancelled)).first()).toBeVisible()
      await expect
        .poll(async () => (await control.client.payments.list({ limit: 5 })).rows.map(({ state }) => state))
        .not.toContain('prompted')
      await counter.number.focus()
      await keys.press('F6')
      await practice.typePin('1234')
      await expect(counter.item(counter.status('paid'))).toBeVisible()
    })
  })
}

test.describe('in Tanzania', () => {
  test.use({ country: 'TZ' })

  test('a ported number: one key takes another network', async ({ counter, practice, keys, control }) => {
    await counter.ringUp('Sukari 3200')
    await counter.number.fill('0713001001')
    await keys.press('F4', 'ArrowRight', 'Enter')
    await practice.typePin('1234')
    await expect(counter.item(counter.status('paid'))).toBeVisible()
    expect((await control.client.payments.list({ limit: 1 })).rows[0]?.provider).toBe('mpesa-tanzania')
  })

  test('a limit of the network is told before anything is asked', async ({
    counter,
    keys,
    words,
    control,
  }) => {
    await counter.ringUp('Ng’ombe 20000000')
    await counter.number.fill('0754001001')
    await keys.press('F4', 'Enter')
    const sentence = words.say(problems.AMOUNT_ABOVE_LIMIT).split('. ').at(-1) ?? ''
    await expect(counter.payPanel.getByText(sentence)).toBeVisible()
    expect((await control.client.payments.list({ limit: 1 })).rows).toEqual([])
  })

  test('part wallet, part cash', async ({ counter, practice, keys, words, control }) => {
    await counter.ringUp('Sukari 3200')
    await counter.number.fill('0754001001')
    await keys.press('F4')
    await counter.payPanel.getByLabel(words.t('payPanel.amount'), { exact: true }).fill('2000')
    await keys.press('Enter')
    await practice.typePin('1234')
    await expect(counter.item(counter.status('paid'), /2,000/)).toBeVisible()
    await counter.finish()
    const [sale] = (await control.client.sales.list({ limit: 1 })).rows
    expect(sale?.tenders.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['mobileMoney', 200_000],
      ['cash', 120_000],
    ])
  })

  test.describe('a report that is lost, at timeScale', () => {
    test.use({ timeScale: 8 })

    test('of a network that cannot be asked: its SMS code, and a manager who has seen it', async ({
      counter,
      practice,
      payments,
      keys,
      words,
      page,
      control,
    }) => {
      await practice.choose('callback', 'never')
      await counter.ringUp('Sukari 3200')
      await counter.number.fill('0713001001')
      await keys.press('F4', 'Enter')
      await practice.typePin('1234')
      const unsure = counter.item(counter.status('needsDecision'))
      await expect(unsure).toContainText(reasons.reportOnly.sw)
      await expect(page.getByRole('link', { name: words.t('banner.moneyLook') })).toBeVisible()
      await page.screenshot({ path: 'artefacts/screens/report-only-sw-light-1366.png' })
      const code =
        /[A-Z]{2}\d{6}\.\d{4}\.[A-Z]\d{5}/.exec(await practice.messages.last().innerText())?.[0] ?? ''
      await counter.number.focus()
      await counter.typeCode(code)
      await expect(counter.item(code)).toBeVisible()
      await keys.press('Alt+m')
      await expect(payments.row(code)).toBeFocused()
      await keys.press('p', '1', 'Enter')
      await expect(payments.screen.getByText(words.t('attention.empty'))).toBeVisible()
      await expect(page.getByRole('link', { name: words.t('banner.moneyLook') })).toHaveCount(0)
      const [payment] = (await control.client.payments.list({ limit: 1 })).rows
      expect(payment).toMatchObject({ state: 'completed', proof: 'person', receiptCode: code })
    })
  })
})

for (const [country, number] of [
  ['KE', '0712345678'],
  ['TZ', '0684001001'],
] as const) {
  test.describe(`asking makes good what is lost, ${country}`, () => {
    test.use({ country })

    test('a callback that never comes', async ({ counter, practice, keys }) => {
      await practice.choose('callback', 'never')
      await counter.ringUp('Sukari 3200')
      await counter.number.fill(number)
      await keys.press('F4', 'Enter')
      await practice.typePin('1234')
      await expect(counter.item(counter.status('paid'))).toBeVisible({ timeout: 45_000 })
    })

    test('the line drops after the request was accepted', async ({ counter, practice, keys, control }) => {
      await counter.ringUp('Sukari 3200')
      await counter.number.fill(number)
      await keys.press('F4', 'Enter')
      await expect(practice.pin).toBeVisible()
      await expect(counter.item(counter.status('prompted'))).toBeVisible()
      await practice.choose('line', 'off')
      await practice.typePin('1234')
      const [during] = (await control.client.payments.list({ limit: 1 })).rows
      expect(['prompted', 'processing', 'unknown']).toContain(during?.state)
      await practice.choose('line', 'on')
      await expect(counter.item(counter.status('paid'))).toBeVisible({ timeout: 60_000 })
      expect((await control.client.payments.list({ limit: 5 })).rows).toHaveLength(1)
    })
  })
}

test.describe('silence past the window of the network, at timeScale', () => {
  test.use({ timeScale: 8 })

  test('is “not sure yet”, and a late success is paid', async ({ counter, practice, keys, words, page }) => {
    await counter.ringUp('Sukari 3200')
    await counter.number.fill('0712345678')
    await keys.press('F4', 'Enter')
    await expect(counter.item(counter.status('prompted'))).toBeVisible()
    await practice.choose('line', 'off')
    await practice.typePin('1234')
    await expect(counter.item(counter.status('unknown'))).toContainText(words.t('counter.whileUnknown'))
    await page.screenshot({ path: 'artefacts/screens/late-success-sw-light-1366.png' })
    await practice.choose('line', 'on')
    await expect(counter.item(counter.status('paid'))).toBeVisible({ timeout: 60_000 })
  })
})

/** The code in the newest SMS of the network. */
function codeIn(sms: string): string {
  return /[A-Z0-9]{10}/.exec(sms)?.[0] ?? ''
}

test('paid by hand: the code is typed, proved by asking, and refused for another sale', async ({
  counter,
  practice,
  words,
  keys,
  control,
  page,
}) => {
  await counter.ringUp('Sukari 3200')
  await practice.payByHand('M-Pesa')
  const code = codeIn(await practice.messages.last().innerText())
  await counter.number.focus()
  await counter.typeCode(code.toLowerCase())
  const line = counter.item(counter.status('paid'))
  await expect(line).toContainText(code, { timeout: 30_000 })
  await page.screenshot({ path: 'artefacts/screens/code-proved-sw-light-1366.png' })
  expect((await control.client.payments.list({ limit: 1 })).rows[0]).toMatchObject({
    origin: 'code',
    state: 'completed',
    receiptCode: code,
  })
  await counter.finish()

  await counter.ringUp('Mafuta 3200')
  await counter.typeCode(code)
  const used = words.say(problems.RECEIPT_CODE_USED).split('. ').at(-1) ?? ''
  await expect(counter.codePanel.getByText(used)).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/code-used-sw-light-1366.png' })
  expect((await control.client.payments.list({ limit: 5 })).rows).toHaveLength(1)
  // What was typed stays for correcting, and a wrong shape is refused by its example.
  await counter.codePanel.getByRole('combobox').fill('??')
  await keys.press('Enter')
  await expect(counter.codePanel.getByRole('combobox')).toHaveValue('??')
})

test('a code that cannot be proved yet is said so, and proved when the line is back', async ({
  counter,
  practice,
  control,
  page,
}) => {
  await counter.ringUp('Sukari 3200')
  await practice.payByHand('M-Pesa')
  const code = codeIn(await practice.messages.last().innerText())
  await practice.choose('line', 'off')
  await counter.number.focus()
  await counter.typeCode(code)
  const line = counter.item(counter.status('codeUnproved'))
  await expect(line).toContainText(reasons.codeUnproved.sw)
  await expect(line).toContainText(code)
  await page.screenshot({ path: 'artefacts/screens/code-unproved-sw-light-1366.png' })
  expect((await control.client.payments.list({ limit: 1 })).rows[0]).toMatchObject({ state: 'unknown' })
  await practice.choose('line', 'on')
  await expect(counter.item(counter.status('paid'))).toContainText(code, { timeout: 60_000 })
})

test('money that came in by itself is this sale’s in two keys', async ({
  counter,
  practice,
  control,
  keys,
  page,
}) => {
  const [network] = (await control.client.payments.networks()).filter(
    ({ registerNotices }) => registerNotices,
  )
  await control.client.notices.register({ accountId: network?.accountId ?? '' })
  await counter.ringUp('Sukari 3200')
  await practice.payByHand('M-Pesa')
  await expect(counter.item(counter.status('noticeWaiting'))).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/notice-fits-sw-light-1366.png' })
  await counter.number.focus()
  keys.startCounting()
  await keys.press('F7', 'Enter')
  expect(keys.note('money that came in, given to the sale')).toBe(2)
  await expect(counter.item(counter.status('paid'))).toBeVisible()
  expect((await control.client.payments.list({ limit: 1 })).rows[0]).toMatchObject({
    origin: 'notice',
    state: 'completed',
    // The report bore no signature: what counts is the network's answer to the question that followed.
    proof: 'callback',
  })
})

test('paid money goes back with a manager’s PIN, and only with it', async ({
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
  await payments.open('list')
  await expect(payments.screen.locator('.payment-amount')).toHaveCSS('text-align', 'right')
  await payments.row(counter.status('paid')).click()
  await payments.details.getByRole('button', { name: words.t('reverse.open') }).click()
  const dialog = page.getByRole('dialog', { name: words.t('reverse.title') })
  const pin = dialog.getByLabel(words.t('pin.manager'), { exact: false })
  await expect(dialog.getByLabel(words.t('reverse.note'), { exact: true })).toBeFocused()
  await keys.type('Goods came back')
  await pin.focus()
  await keys.type('1111')
  await keys.press('Enter')
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expect(pin).toHaveValue('')
  await page.screenshot({ path: 'artefacts/screens/reverse-wrong-pin-sw-light-1366.png' })
  await keys.type(managerPin)
  await keys.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(payments.row(counter.status('reversed'))).toBeVisible({ timeout: 30_000 })
  await expect(payments.total('reversed')).toContainText('1')
  const [transfer] = (await control.client.transfers.list({ limit: 5 })).rows
  expect(transfer).toMatchObject({ kind: 'reversal', state: 'completed', approvedByName: 'Asha' })
  await payments.open('transfers')
  await payments.row(counter.status('returned')).click()
  await expect(payments.evidence.last()).toContainText(words.t('transfers.states.completed'))
})

test.describe('what nobody knows, at timeScale', () => {
  // No PIN is typed here.
  test.use({ timeScale: 16 })

  test('a manager settles it in four keys', async ({
    counter,
    practice,
    payments,
    words,
    keys,
    control,
    page,
  }) => {
    await practice.choose('callback', 'never')
    await practice.provider('M-Pesa (Safaricom, Kenya)', 'timeoutAfterAccepting')
    await counter.ringUp('Sukari 3200')
    await counter.number.fill('0712345678')
    await keys.press('F4', 'Enter')
    await expect(counter.item(counter.status('needsDecision'))).toBeVisible({ timeout: 55_000 })
    await keys.press('Alt+m')
    const row = payments.row(counter.status('needsDecision'))
    await expect(row).toBeFocused()
    await page.screenshot({ path: 'artefacts/screens/attention-four-keys-sw-light-1366.png' })
    keys.startCounting()
    await keys.press('1', 'n', '3', 'Enter')
    expect(keys.note('an unknown payment, settled')).toBe(4)
    await expect(payments.screen.getByText(words.t('attention.empty'))).toBeVisible()
    const [payment] = (await control.client.payments.list({ limit: 1 })).rows
    expect(payment).toMatchObject({ state: 'failed', reason: 'personDecided' })
    const { events } = await control.client.payments.get({ id: payment?.id ?? '' })
    expect(events.at(-1)).toMatchObject({
      source: 'person',
      staffName: 'Asha',
      detail: words.t('decide.notes.paidOtherwise'),
    })
    await keys.press('Escape')
    await expect(counter.item(words.t('counter.decidedBy', { name: 'Asha' }))).toBeVisible()
  })

  test('the customer goes on a manager’s word, and the payment stays on the list', async ({
    counter,
    practice,
    keys,
    words,
    gate,
    control,
    page,
  }) => {
    await gate.change('1357')
    await expect(gate.atCounter).toContainText('Juma')
    await practice.choose('callback', 'never')
    await practice.provider('M-Pesa (Safaricom, Kenya)', 'timeoutAfterAccepting')
    await counter.ringUp('Sukari 3200')
    await counter.number.fill('0712345678')
    await keys.press('F4', 'Enter')
    await expect(counter.item(counter.status('needsDecision'))).toBeVisible({ timeout: 55_000 })
    await keys.press('Control+Enter')
    const panel = counter.screen.getByTestId('leave-open')
    await expect(panel.getByRole('radio', { name: words.t('leaveOpen.notes.waits') })).toBeFocused()
    await keys.press('1', 'Enter')
    await expect(panel.getByLabel(words.t('pin.manager'), { exact: false })).toBeFocused()
    await page.screenshot({ path: 'artefacts/screens/leave-open-cashier-sw-light-1366.png' })
    await keys.type(managerPin)
    await expect(counter.screen.getByRole('heading', { level: 1 })).toHaveText(words.t('counter.newSale'))
    const { unknown } = await control.client.payments.attention()
    expect(unknown).toHaveLength(1)
    const { rows } = await control.client.sales.list({ limit: 1 })
    expect(rows[0]).toMatchObject({ tenders: [], owed: { amountMinor: 320_000 } })
  })
})

test('a statement is dropped, compared, and its difference settled with a note', async ({
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
  const [payment] = (await control.client.payments.list({ limit: 1 })).rows
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Africa/Nairobi',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const at = (seconds: number) => clock.format((payment?.createdAt ?? 0) + seconds * 1000)
  await payments.open('reconciliation')
  await payments.screen
    .getByLabel(words.t('payPanel.network'), { exact: true })
    .selectOption({ label: 'M-Pesa (Safaricom, Kenya)' })
  const csv = [
    'Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance',
    `${payment?.receiptCode},${at(5)},Pay Bill,Completed,3200.00,,3200.00`,
    `SKX1234567,${at(20)},Pay Bill,Completed,500.00,,3700.00`,
  ].join('\n')
  await payments.dropStatement('M-PESA-statement.csv', csv)
  const result = payments.screen.getByRole('region', { name: words.t('reconciliation.result') })
  await expect(result).toContainText('M-PESA-statement.csv')
  await expect(result.getByRole('row', { name: 'SKX1234567' })).toContainText(
    words.t('reconciliation.kinds.missingHere'),
  )
  await expect(result.getByRole('row')).toHaveCount(2)
  await page.screenshot({ path: 'artefacts/screens/statement-sw-light-1366.png' })
  await result.getByRole('button', { name: words.t('reconciliation.settle') }).click()
  await keys.press('1', 'Enter')
  await expect(result).toContainText(words.t('reconciliation.notes.booked'))
  const saved = page.waitForEvent('download')
  await result.getByRole('button', { name: words.t('reconciliation.export') }).click()
  expect((await saved).suggestedFilename()).toMatch(/\.csv$/)
})
