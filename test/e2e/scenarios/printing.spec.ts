import { readFile } from 'node:fs/promises'
import { problems } from '../../../src-preload/contract/problems.ts'
import { reasons } from '../../../src-preload/contract/reasons.ts'
import { startServer } from '../../fixtures/server.ts'
import type { Control } from '../control.ts'
import { expect, test } from '../fixtures.ts'
import { languages } from '../words.ts'

/** The printer that practice mode brings. */
async function practicePrinter({ client }: Control) {
  const printer = (await client.printers.list()).find(({ receipts }) => receipts)
  if (printer === undefined) throw new Error('practice mode brings a printer')
  return printer
}

test('F8 prints what was sold, F8 again a copy that says so', async ({
  counter,
  practice,
  keys,
  page,
  words,
  control,
}) => {
  const { name } = await practicePrinter(control)
  await expect(counter.printerState).toContainText(counter.printer('ready'))
  await counter.ringUp('Sukari 2 x 3200', 'Mafuta ya kupikia ya alizeti lita moja 6600')
  await keys.press('F8')
  const item = counter.item(counter.status('printed'), words.t('counter.papers.receipt'))
  await expect(item).toContainText(words.t('counter.printedOn', { printer: name }))
  for (const text of ['Mama Neema Duka', '000001', 'Sukari', '13,000', 'MAZOEZI']) {
    await expect(practice.paper).toContainText(text)
  }
  await expect(practice.paper.getByRole('img').first()).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/paper-sw-light-1366.png' })
  await counter.finish()
  keys.startCounting()
  await keys.press('F8')
  expect(keys.note('reprint')).toBe(1)
  await expect(practice.paper).toContainText('NAKALA')
})

test('a receipt that was cancelled before it printed is the original when it is wanted after all', async ({
  counter,
  practice,
  keys,
  page,
  words,
}) => {
  await practice.choose('printer', 'noPaper')
  await counter.ringUp('Sukari 3200')
  await keys.press('F8')
  await counter.cancelWaiting(counter.status('noPaper'))
  await practice.choose('printer', 'ready')
  await counter.number.focus()
  await keys.press('F8')
  await expect(counter.item(counter.status('printed'), words.t('counter.papers.receipt'))).toBeVisible()
  await expect(counter.item(counter.status('replaced')).getByRole('button')).toHaveCount(0)
  await expect(practice.paper).toContainText('3,200')
  await expect(practice.paper).not.toContainText('NAKALA')
  await page.screenshot({ path: 'artefacts/screens/paper-replaced-sw-light-1366.png' })
})

test.describe('in English on 58 mm', () => {
  test.use({ language: 'en' })

  test('the paper keeps its columns', async ({ counter, practice, control, page }) => {
    const { id, ...printer } = await practicePrinter(control)
    const profile = { ...printer.profile, paper: '58', columns: 32, dots: 384 } as const
    await control.client.printers.save({ id, printer: { ...printer, profile } })
    await counter.ringUp('Sukari 2 x 3200')
    await counter.keys.press('F8')
    await expect(counter.item(counter.status('printed'))).toBeVisible()
    await expect(practice.paper).toContainText(/not a fiscal receipt/i)
    const widest = await practice.paper
      .locator('.paper-line')
      .evaluateAll((lines) => Math.max(...lines.map((line) => line.textContent.trimEnd().length)))
    expect(widest).toBeLessThanOrEqual(32)
    await counter.keys.press('F8')
    await expect(practice.paper).toContainText('COPY')
    await page.screenshot({ path: 'artefacts/screens/paper-58-en-light-1366.png' })
  })
})

test('no paper is told before the sale is closed; the receipt waits, and goes by itself', async ({
  counter,
  practice,
  words,
  page,
}) => {
  await practice.choose('printer', 'noPaper')
  await counter.ringUp()
  // By Kaunta's own round: here nobody asks the printer.
  await expect(counter.printerState).toContainText(counter.printer('noPaper'), { timeout: 45_000 })
  await expect(counter.screen.getByText(reasons.noPaper.sw)).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/no-paper-sw-light-1366.png' })
  await counter.target('print').click()
  await expect(counter.item(counter.status('noPaper'))).toContainText(reasons.noPaper.sw)
  await practice.choose('printer', 'ready')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
  await expect(counter.printerState).toContainText(counter.printer('ready'))
  await expect(practice.paper.getByText(words.t('paper.cut'))).toHaveCount(1)
})

for (const [fault, state] of [
  ['paperLow', 'paperLow'],
  ['coverOpen', 'coverOpen'],
  ['cutterError', 'knifeStuck'],
  ['off', 'silent'],
  ['silent', 'mute'],
] as const) {
  test(`a printer with “${fault}” is never called ready`, async ({ counter, control }) => {
    await expect(counter.printerState).toContainText(counter.printer('ready'))
    await control.printerBecomes(fault)
    await expect(counter.printerState).toContainText(counter.printer(state), { timeout: 45_000 })
    await expect(counter.printerState).not.toContainText(counter.printer('ready'))
  })
}

// What follows the answer does not depend on the fault: each fault once, and one of them with both answers.
for (const [fault, came] of [
  ['noPaperSoon', false],
  ['breaksOff', true],
  ['breaksOff', false],
  ['silent', true],
] as const) {
  test(`“${fault}”: nobody knows, a person is asked, and answers ${came ? 'yes' : 'no'}`, async ({
    counter,
    practice,
    control,
    page,
  }) => {
    const { name } = await practicePrinter(control)
    await practice.choose('printer', fault)
    await counter.ringUp()
    const statuses = await counter.watchStatuses()
    await counter.keys.press('F8')
    const asked = counter.item(counter.status('paperUnsure'))
    await expect(asked).toContainText(counter.paperAsk('receipt', '000001', name), { timeout: 45_000 })
    await page.screenshot({ path: `artefacts/screens/paper-unsure-${fault}-sw-light-1366.png` })
    expect(await statuses()).not.toContain(counter.status('printed'))
    await practice.choose('printer', 'ready')
    const answer = counter.button(came ? 'counter.paperYes' : 'counter.paperNo')
    // Without a mouse too: on by Tab from the number, and Enter.
    while (!(await answer.evaluate((button) => button === document.activeElement)))
      await counter.keys.press('Tab')
    await counter.keys.press('Enter')
    await expect(asked).toHaveCount(0)
    await expect(counter.item(counter.status('printed'))).toHaveCount(1)
    const jobs = await control.client.printing.list({})
    expect(jobs.map(({ purpose }) => purpose)).toEqual(came ? ['receipt'] : ['copy', 'receipt'])
    if (came) await expect(practice.paper).not.toContainText('NAKALA')
    else {
      await expect(practice.paper).toContainText('NAKALA')
      // What a person said did not come is never sent again beside its copy.
      await expect(counter.item(counter.status('paperMissing')).getByRole('button')).toHaveCount(0)
    }
  })
}

test('the question stays through a finished sale, other screens and a restart, until it is answered', async ({
  counter,
  practice,
  control,
  server,
  folder,
  browser,
  keys,
  words,
}) => {
  const { name } = await practicePrinter(control)
  const question = counter.paperAsk('receipt', '000001', name)
  await practice.choose('printer', 'breaksOff')
  await counter.ringUp()
  await keys.press('F8')
  await expect(counter.item(counter.status('paperUnsure'))).toBeVisible({ timeout: 45_000 })
  // The sale's own time line asks; the foot would only repeat it.
  await expect(counter.paperQuestion).toHaveCount(0)
  await practice.choose('printer', 'ready')
  await counter.finish()
  await expect(counter.paperQuestion).toContainText(question)
  await counter.page.screenshot({ path: 'artefacts/screens/paper-question-sw-light-1366.png' })
  await keys.press('F3')
  await expect(counter.paperQuestion).toContainText(question)
  const outbox = counter.page.getByRole('region', { name: words.t('outbox.title'), exact: true })
  await outbox.getByRole('listitem').first().click()
  const details = outbox.getByRole('complementary', { name: words.t('outbox.details') })
  await expect(details).toContainText(question)
  await expect(details.getByRole('button', { name: words.t('counter.paperNo') })).toBeVisible()
  await server.stop('SIGKILL')

  const next = await startServer(folder, '--time-scale', '4')
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await page.goto(next.url)
  const asked = page.getByRole('region', { name: words.t('status.paperUnsure'), exact: true })
  await expect(asked).toContainText(question)
  await asked.getByRole('button', { name: words.t('counter.paperNo') }).click()
  await expect(asked).toHaveCount(0)
  await expect(page.getByTestId('paper-tape')).toContainText('NAKALA')
  await context.close()
  await next.stop()
})

test('the printer that stands in is named before, and on what it printed', async ({
  counter,
  practice,
  control,
  words,
  page,
}) => {
  const { id, ...printer } = await practicePrinter(control)
  await control.client.printers.save({ id, printer: { ...printer, name: 'Jikoni' } })
  const dead = { kind: 'network', host: '127.0.0.1', port: 9 } as const
  await control.client.printers.save({
    printer: { ...printer, name: 'Mlangoni', connection: dead, fallbackId: id, drawer: false },
  })
  await counter.ringUp()
  await expect(counter.printerState).toContainText(counter.printer('silent'))
  await expect(counter.screen.getByText(words.t('counter.standIn', { printer: 'Jikoni' }))).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/stand-in-sw-light-1366.png' })
  await counter.keys.press('F8')
  await expect(counter.item(counter.status('printed'))).toContainText('Jikoni')
  await expect(practice.paper).toContainText('000001')
})

test('a second printer gets its ticket when the sale is recorded, and the sale says so', async ({
  counter,
  practice,
  control,
  words,
  page,
}) => {
  const { id: _id, ...printer } = await practicePrinter(control)
  const tickets = { lines: 'matching' as const, words: ['chips'] }
  await control.client.printers.save({
    printer: { ...printer, name: 'Jikoni', receipts: false, drawer: false, tickets },
  })
  await counter.ringUp('Chips mayai 2 x 3000', 'Soda 1000')
  await counter.keys.press('F8')
  const ticket = counter.item(counter.status('printed'), words.t('counter.papers.ticket'))
  await expect(ticket).toContainText(words.t('counter.printedOn', { printer: 'Jikoni' }))
  await expect(counter.item(counter.status('printed'), words.t('counter.papers.receipt'))).toBeVisible()
  await expect(practice.paper.getByText(words.t('paper.cut'))).toHaveCount(2)
  await page.screenshot({ path: 'artefacts/screens/ticket-sw-light-1366.png' })
})

test('cash and its change are on the screen until the next sale, and on the paper', async ({
  counter,
  practice,
  keys,
  page,
  words,
  control,
}) => {
  await counter.ringUp('Sukari 2 x 3200')
  await keys.press('Alt+c')
  await keys.type('5000')
  await expect(counter.cash).toContainText(/1,400/)
  await keys.press('Enter')
  const [, isLess = 'no such sentence'] = words.say(problems.CASH_TOO_LITTLE).split(/\{\w+\}/)
  await expect(counter.refusal).toContainText(isLess)
  await expect(counter.line('Sukari')).toBeVisible()
  await expect(counter.cash.getByRole('textbox')).toHaveValue('5000')
  await page.screenshot({ path: 'artefacts/screens/cash-too-little-sw-light-1366.png' })
  await counter.cash
    .getByRole('button', { name: words.t('counter.cashNote', { amount: '7,000' }), exact: true })
    .click()
  await expect(counter.cash).toContainText(/600/)
  await page.screenshot({ path: 'artefacts/screens/cash-change-sw-light-1366.png' })
  await counter.finish()
  await expect(counter.lastChange).toContainText('000001')
  await expect(counter.lastChange).toContainText(/600/)
  await page.screenshot({ path: 'artefacts/screens/cash-last-sw-light-1366.png' })
  // On the empty counter F8 prints the sale that just left it, for the first time.
  await keys.press('F8')
  await expect(practice.paper).toContainText('7,000')
  await expect(practice.paper).toContainText('600')
  await expect(practice.paper).not.toContainText('NAKALA')
  await counter.entry.focus()
  await keys.type('Mkate 1500')
  await keys.press('Enter')
  await expect(counter.lastChange).toHaveCount(0)
  const [sale] = (await control.client.sales.list({ limit: 1 })).rows
  expect(sale?.tenders).toMatchObject([{ kind: 'cash', amountMinor: 640_000, givenMinor: 700_000 }])
})

test('F8 with the cash counted finishes the sale, and the original tells cash and change', async ({
  counter,
  practice,
  keys,
  page,
  words,
  control,
}) => {
  await counter.ringUp('Sukari 2 x 3200')
  await keys.press('Alt+c')
  await keys.type('7000')
  await expect(page.getByRole('button', { name: words.t('counter.finishAndPrint') })).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/finish-and-print-sw-light-1366.png' })
  await keys.press('F8')
  await expect(counter.lastChange).toContainText(/600/)
  await expect(practice.paper).toContainText(/Chenji\s+600/)
  await expect(practice.paper).not.toContainText(/NAKALA|Bado kulipwa/)
  expect((await control.client.sales.list({ limit: 1 })).rows[0]).toMatchObject({ state: 'finished' })
})

test('exact cash takes no more keys than before, and words are no figure', async ({
  counter,
  keys,
  control,
  words,
}) => {
  await counter.ringUp('Sukari 2 x 3200')
  keys.startCounting()
  await counter.finish()
  expect(keys.note('exact cash')).toBe(1)
  await expect(counter.lastChange).toHaveCount(0)
  await counter.ringUp('Sukari 2 x 3200')
  await keys.press('Alt+c')
  await keys.type('elfu')
  await keys.press('Control+Enter')
  await expect(counter.cash).toContainText(words.t('counter.cashBadFigure'))
  await keys.press('Escape')
  await expect(counter.cash.getByRole('textbox')).toHaveValue('')
  await counter.finish()
  const { rows } = await control.client.sales.list({ limit: 2 })
  expect(rows.map(({ tenders }) => tenders.map(({ givenMinor }) => givenMinor))).toEqual([[null], [null]])
})

test('the drawer opens on cash alone, and the sale says by whom', async ({
  counter,
  practice,
  control,
  words,
  page,
}) => {
  await counter.ringUp('Sukari 3200')
  await counter.keys.press('F8')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
  await expect(practice.paper.getByText(words.t('paper.drawerOpened'))).toHaveCount(0)
  await counter.finish()
  await expect(practice.paper.getByText(words.t('paper.drawerOpened'))).toHaveCount(1)
  const drawer = async () =>
    (await control.client.printing.list({})).find(({ purpose }) => purpose === 'drawer')
  // The tape hears the drawer before the printer has answered.
  await expect.poll(drawer).toMatchObject({ staffName: 'Asha', state: 'printed' })
  const job = await drawer()
  await counter.openSale(job?.saleId ?? '')
  const item = counter.item(counter.status('drawerOpened'))
  await expect(item).toContainText(words.t('counter.openedBy', { name: 'Asha' }))
  await page.screenshot({ path: 'artefacts/screens/drawer-opened-sw-light-1366.png' })
})

test('a discount is read as it is typed, changed in its field, and stands on the paper', async ({
  counter,
  practice,
  keys,
  page,
  words,
}) => {
  await counter.entry.focus()
  await keys.type('Sukari 1000 -1001')
  await keys.press('Enter')
  await expect(counter.screen.getByText(words.t('counter.itemDiscountTooMuch'))).toBeVisible()
  await counter.entry.fill('')
  await counter.typeItems('Sukari 2 x 3200 -500', 'Mafuta 6600 -10%')
  await expect(counter.line('Sukari')).toContainText('5,900')
  await expect(counter.line('Mafuta')).toContainText('5,940')
  await expect(counter.total).toContainText('11,840')
  await keys.press('ArrowUp', 'Enter')
  const field = counter.screen.getByRole('textbox', { name: words.t('counter.discount'), exact: true })
  await expect(field).toHaveValue('660')
  await field.fill('nusu')
  await field.press('Enter')
  await expect(counter.screen.getByText(words.t('counter.itemBadFigure'))).toBeVisible()
  await field.fill('50%')
  await page.screenshot({ path: 'artefacts/screens/discount-edit-sw-light-1366.png' })
  await field.press('Enter')
  await expect(counter.total).toContainText('9,200')
  await page.screenshot({ path: 'artefacts/screens/discount-sw-light-1366.png' })
  await keys.press('F8')
  for (const text of ['6,400', '-500', '-3,300', '9,200']) await expect(practice.paper).toContainText(text)
  await expect(practice.paper).toContainText(/punguzo/i)
})

for (const language of languages) {
  test.describe(`a PDF of the receipt, ${language}`, () => {
    test.use({ language })

    test('is saved from the receipt panel, in the language chosen there, and for the last sale', async ({
      counter,
      page,
      words,
    }) => {
      const saved = async (button: string) => {
        const panel = page.getByRole('region', { name: words.t('receiptPanel.title') })
        if (!(await panel.isVisible()))
          await counter.screen.getByRole('button', { name: words.t('counter.receiptText') }).click()
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          panel.getByRole('button', { name: words.t(button), exact: true }).click(),
        ])
        const file = await readFile(await download.path())
        return { name: download.suggestedFilename(), start: file.subarray(0, 4).toString() }
      }
      await counter.ringUp('Sukari 2 x 3200')
      const own = language === 'sw' ? 'risiti' : 'receipt'
      expect(await saved('counter.savePdf')).toEqual({ name: `${own}-000001.pdf`, start: '%PDF' })
      const other = language === 'sw' ? 'en' : 'sw'
      await page.getByText(words.t(`language.${other}`), { exact: true }).click()
      const name = `${other === 'sw' ? 'risiti' : 'receipt'}-000001.pdf`
      expect(await saved('counter.savePdf')).toEqual({ name, start: '%PDF' })
      await counter.finish()
      expect(await saved('counter.savePdfLast')).toEqual({ name: `${own}-000001.pdf`, start: '%PDF' })
    })
  })
}
