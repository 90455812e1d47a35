import type { Locator } from '@playwright/test'
import { problems } from '../../../src-preload/contract/problems.ts'
import { reasons } from '../../../src-preload/contract/reasons.ts'
import type { Control } from '../control.ts'
import { expect, test } from '../fixtures.ts'
import type { Keyboard } from '../keyboard.ts'
import { seriousFindings } from '../look.ts'
import { PrinterSettings } from '../pages/printer-settings.ts'

async function printerCalled({ client }: Control, name: string) {
  return (await client.printers.list()).find((one) => one.name === name)
}

test('a printer is found in one press, tried on paper, asked about and given its work', async ({
  counter,
  practice,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.add()
  await settings.search()
  const practicePrinter = settings.found
    .getByRole('button')
    .filter({ hasText: words.t('settings.printers.find.sources.practice') })
  await expect(practicePrinter).toBeFocused()
  await page.screenshot({ path: 'artefacts/screens/printer-found-sw-light-1366.png' })
  await practicePrinter.click()
  await settings.isAt('model')
  await settings.field('fields.name').fill('Jikoni')
  await settings.button('steps.next').click()
  await settings.isAt('try')
  await expect(settings.choice('ruler', words.t('common.yes'))).toBeDisabled()
  await settings.printTestPage()
  await settings.choice('ruler', words.t('common.yes')).check()
  await settings.choice('letters', 'windows1252 16').check()
  await settings.choice('qr', words.t('common.yes')).check()
  await page.screenshot({ path: 'artefacts/screens/printer-questions-sw-light-1366.png' })
  await settings.button('steps.next').click()
  await settings.isAt('use')
  await settings.field('use.tickets').selectOption('matching')
  await settings.field('use.words').fill('chipsi, Soda')
  await page.screenshot({ path: 'artefacts/screens/printer-use-sw-light-1366.png' })
  await settings.button('use.finish').click()
  await expect(settings.row('Jikoni')).toContainText('chipsi, Soda')
  await expect(settings.row('Jikoni')).toBeFocused()
  // Receipts stay where they were: nobody said otherwise.
  expect(await printerCalled(control, 'Jikoni')).toMatchObject({
    receipts: false,
    tickets: { lines: 'matching', words: ['chipsi', 'Soda'] },
    profile: { qr: 'native', columns: 48, codeTable: { name: 'windows1252', number: 16 } },
  })
  expect((await control.client.printers.list())[0]).toMatchObject({
    name: 'Printa ya kaunta',
    receipts: true,
  })
  await page.getByRole('link', { name: words.rail('counter') }).click()
  await expect(practice.paper).toContainText('UKURASA WA MAJARIBIO')
  await expect(practice.paper).toContainText('windows1252 16')
})

test('what a person sees on the paper becomes the printer’s profile', async ({
  counter,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.add()
  await settings.search()
  await settings.found.getByRole('button').first().click()
  await settings.button('steps.next').click()
  await settings.printTestPage()
  await settings.choice('ruler', words.t('settings.printers.try.rulerNo')).check()
  await settings.field('fields.columns').selectOption('42')
  await settings.choice('letters', 'cp858 19').check()
  await settings.choice('qr', words.t('common.no')).check()
  await expect(settings.adding).toContainText(words.t('settings.printers.try.qrImage'))
  await expect(settings.adding).toContainText(words.t('settings.printers.try.changed'))
  await settings.button('try.printAgain').click()
  // What was wrong is asked again; what was right is not.
  await expect(settings.choice('qr', words.t('common.no'))).not.toBeChecked()
  await expect(settings.choice('letters', 'cp858 19')).toBeChecked()
  await expect(settings.trial).toContainText(words.t('status.printed'))
  await settings.choice('ruler', words.t('common.yes')).check()
  await settings.choice('qr', words.t('common.no')).check()
  await expect(settings.adding).toContainText(words.t('settings.printers.try.qrNone'))
  await settings.button('steps.next').click()
  await settings.button('use.finish').click()
  await expect(settings.list.getByRole('button')).toHaveCount(2)
  const [, second] = await control.client.printers.list()
  expect(second?.profile).toMatchObject({
    columns: 42,
    dots: 504,
    qr: 'none',
    codeTable: { name: 'cp858', number: 19 },
  })
})

test('a printer that is not there is told in words, no paper waits for it, and nothing typed is lost', async ({
  counter,
  server,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.add()
  await settings.typeAddress('127.0.0.1', 9)
  await settings.field('fields.name').fill('Stoo')
  await settings.field('fields.model').selectOption('epson-tm-t88v')
  await settings.button('steps.next').click()
  await settings.button('try.print').click()
  await expect(settings.trial).toContainText(
    words.t('settings.printers.try.silent', { address: '127.0.0.1:9' }),
  )
  await page.screenshot({ path: 'artefacts/screens/printer-not-there-sw-light-1366.png' })
  await expect(settings.row('Stoo')).toContainText(words.t('counter.printers.silent'))
  expect((await control.client.printing.list({})).filter(({ purpose }) => purpose === 'test')).toEqual([])

  await settings.button('model.change').click()
  await expect(settings.field('fields.host')).toHaveValue('127.0.0.1')
  await settings.field('fields.port').fill(String(server.printer.port))
  await settings.button('steps.next').click()
  await expect(settings.field('fields.name')).toHaveValue('Stoo')
  await expect(settings.field('fields.model')).toHaveValue('epson-tm-t88v')
  await settings.button('steps.next').click()
  await settings.printTestPage()
  await expect(settings.row('Stoo')).toContainText(words.t('counter.printers.ready'))
  // One printer was set up, not one for each try.
  expect(await control.client.printers.list()).toHaveLength(2)
})

test('an address that is none is refused in words, and the way back to it is at hand', async ({
  counter,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.add()
  await settings.typeAddress(' ', 9100)
  await settings.button('steps.next').click()
  await settings.button('try.print').click()
  await expect(settings.adding.getByRole('alert')).toContainText('anwani ya printa')
  await settings.button('model.change').click()
  await settings.field('fields.host').fill('127.0.0.1')
  await settings.field('fields.port').fill('70000')
  await expect(settings.adding).toContainText(words.t('settings.printers.fields.portWrong'))
  await settings.button('steps.next').click()
  await expect(settings.field('fields.port')).toBeFocused()
  await settings.isAt('find')
  expect(await control.client.printers.list()).toHaveLength(1)
})

test('a network that is none is told at its field; one that is not the shop’s is not knocked at', async ({
  counter,
  page,
  words,
}) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.add()
  await settings.adding.getByText(words.t('settings.printers.find.other')).click()
  await settings.subnet.fill('127.0.0.0/8')
  await expect(settings.adding).toContainText(words.t('settings.printers.find.subnetWrong'))
  await settings.button('find.otherStart').click()
  await expect(settings.subnet).toBeFocused()
  await settings.subnet.fill('203.0.113.0/28')
  await settings.button('find.otherStart').click()
  const row = settings.adding.getByRole('listitem').filter({ hasText: '203.0.113.0/28' })
  await expect(row).toContainText(words.t('settings.printers.find.misses.notPrivate'))
  // What the system said of it stands folded away, for support.
  await expect(settings.adding.getByText('is not a private network')).toBeHidden()
})

test('a search says where it looked, in view and in words; the real network is left alone while practising', async ({
  counter,
  page,
  words,
}) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.add()
  await expect(settings.adding).toContainText(words.t('settings.printers.find.networkPractice'))
  await settings.search()
  for (const way of ['practice', 'usb', 'device', 'queue', 'serial'])
    await expect(settings.tried(way)).toBeInViewport({ ratio: 1 })
  await expect(settings.tried('practice')).toContainText(
    words.t('settings.printers.find.triedFound_one', { count: 1 }),
  )
  await expect(settings.tried('network')).toHaveCount(0)
  await expect(settings.adding.getByText(/ENOENT|LIBUSB|lpstat/)).toBeHidden()
  await settings.button('find.network').click()
  for (const way of ['announced', 'network'])
    await expect(settings.tried(way)).toContainText(words.t('settings.printers.find.misses.practising'))
  await page.screenshot({ path: 'artefacts/screens/printer-tried-sw-light-1366.png' })
})

test('the paper that the wizard asks about stands beside its questions', async ({ counter, page, words }) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.add()
  await settings.search()
  await settings.found.getByRole('button').first().click()
  await settings.button('steps.next').click()
  const paper = page.getByTestId('last-paper')
  await expect(paper).toBeHidden()
  await settings.printTestPage()
  await expect(paper).toContainText('windows1252 16')
  await expect(paper.getByRole('img').first()).toBeVisible()
  await settings.choice('ruler', words.t('common.yes')).scrollIntoViewIfNeeded()
  await expect(paper.getByText('UKURASA WA MAJARIBIO')).toBeInViewport()
  await page.screenshot({ path: 'artefacts/screens/printer-questions-paper-sw-light-1366.png' })
})

test('the drawer is tried with the pin that was chosen, and another printer stands in', async ({
  counter,
  practice,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const { client } = control
  const [first] = await client.printers.list()
  if (first === undefined) throw new Error('practice mode brings a printer')
  const { id: _id, ...like } = first
  await client.printers.save({ printer: { ...like, name: 'Akiba', receipts: false } })
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.row('Printa ya kaunta').click()
  await settings.pane.getByRole('button', { name: words.t('common.edit'), exact: true }).click()
  await settings.field('use.fallback').selectOption({ label: 'Akiba' })
  await settings.field('use.drawerPin').selectOption('5')
  await settings.button('use.tryDrawer').click()
  await expect(settings.pane).toContainText(words.t('settings.printers.drawerQueued'))
  expect((await client.printers.list())[0]).toMatchObject({ drawerPin: 5, receipts: true })
  await expect
    .poll(async () => (await client.printing.list({}))[0])
    .toMatchObject({ purpose: 'drawer', state: 'printed' })
  await page.keyboard.press('Escape')
  await expect(settings.row('Printa ya kaunta')).toBeFocused()
  await expect(settings.pane.locator('.facts')).toContainText('Akiba')
  await expect(settings.row('Akiba')).toContainText(
    words.t('settings.printers.uses.standsInFor', { name: 'Printa ya kaunta' }),
  )
  await page.getByRole('link', { name: words.rail('counter') }).click()
  await expect(practice.paper).toContainText(words.t('paper.drawerOpened'))
})

test('every way to connect has its own fields, and USB numbers are typed as they stand on the device', async ({
  counter,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.pane.getByRole('button', { name: words.t('common.edit'), exact: true }).click()
  const kind = settings.field('fields.kind')
  const save = settings.pane.getByRole('button', { name: words.t('common.save'), exact: true })
  const saved = settings.pane.getByText(words.t('common.saved'))
  await kind.selectOption('usb')
  await save.click()
  await expect(settings.pane.locator('input:invalid').first()).toBeFocused()
  await settings.field('fields.vendorId').fill('04b8')
  await settings.field('fields.productId').fill('0E28')
  await save.click()
  await expect(saved).toBeVisible()
  const [usb] = await control.client.printers.list()
  expect(usb?.connection).toEqual({ kind: 'usb', vendorId: 0x04b8, productId: 0x0e28, serialNumber: null })
  await kind.selectOption('serial')
  await settings.field('fields.path').fill('/dev/rfcomm0')
  await settings.field('fields.baudRate').selectOption('115200')
  await settings.field('fields.flow').selectOption('rtscts')
  await save.click()
  await expect(saved).toBeVisible()
  const [serial] = await control.client.printers.list()
  expect(serial?.connection).toEqual({
    kind: 'serial',
    path: '/dev/rfcomm0',
    baudRate: 115_200,
    flow: 'rtscts',
  })
  await kind.selectOption('queue')
  await settings.field('fields.queue').fill('Receipts')
  await save.click()
  await expect(saved).toBeVisible()
  const [queue] = await control.client.printers.list()
  expect(queue).toMatchObject({ connection: { kind: 'queue', queue: 'Receipts' }, receipts: true })
})

test('the list tells how a printer is, and one that cannot say is never called ready', async ({
  counter,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  const row = settings.row('Printa ya kaunta')
  await expect(row).toContainText(words.t('counter.printers.ready'))
  await control.client.practice.setFaults({ printer: 'noPaper' })
  await settings.button('check').click()
  await expect(row).toContainText(words.t('counter.printers.noPaper'))
  await expect(settings.pane).toContainText(words.say(reasons.noPaper))
  await page.screenshot({ path: 'artefacts/screens/printer-no-paper-sw-light-1366.png' })
  await control.client.practice.setFaults({ printer: 'silent' })
  await settings.button('check').click()
  await expect(row).toContainText(words.t('counter.printers.mute'))
  await expect(row).not.toContainText(words.t('counter.printers.ready'))
  await control.client.practice.setFaults({ printer: 'off' })
  await settings.button('check').click()
  await expect(row).toContainText(words.t('counter.printers.silent'))
})

test('a printer that proves nothing makes Kaunta ask; the answer opens the three questions', async ({
  counter,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  await control.client.practice.setFaults({ printer: 'silent' })
  const settings = new PrinterSettings(page, words)
  await settings.open()
  await settings.add()
  await settings.search()
  await settings.found.getByRole('button').first().click()
  await settings.button('steps.next').click()
  await settings.button('try.print').click()
  await expect(settings.trial).toContainText(words.t('status.paperUnsure'), { timeout: 60_000 })
  await expect(settings.choice('ruler', words.t('common.yes'))).toBeDisabled()
  await page.screenshot({ path: 'artefacts/screens/printer-test-unsure-sw-light-1366.png' })
  await control.client.practice.setFaults({ printer: 'ready' })
  // What is printed in its place is followed in its place.
  await settings.button('try.cameNo').click()
  await expect(settings.trial).toContainText(words.t('status.printed'))
  expect((await control.client.printing.list({})).filter(({ purpose }) => purpose === 'test')).toHaveLength(2)
  await control.client.practice.setFaults({ printer: 'silent' })
  await settings.button('try.printAgain').click()
  await expect(settings.trial).toContainText(words.t('status.paperUnsure'), { timeout: 60_000 })
  await settings.button('try.cameYes').click()
  await expect(settings.trial).toContainText(words.t('status.printed'))
  await expect(settings.choice('ruler', words.t('common.yes'))).toBeEnabled()
})

test('removing asks first; a cashier may look and not change', async ({
  counter,
  gate,
  page,
  words,
  control,
}) => {
  await counter.isOpen()
  const settings = new PrinterSettings(page, words)
  await settings.open()
  const remove = settings.pane.getByRole('button', { name: words.t('common.remove'), exact: true })
  await remove.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(words.t('settings.printers.removeTitle', { name: 'Printa ya kaunta' }))
  await dialog.getByRole('button', { name: words.t('common.cancel'), exact: true }).click()
  expect(await control.client.printers.list()).toHaveLength(1)
  // A practice shop tells its PINs on its screens; this is a cashier's.
  await gate.change('1357')
  await expect(gate.atCounter).toContainText('Juma')
  await expect(settings.pane).toContainText(words.t('staffOnly.settings'))
  await remove.click()
  await dialog.getByRole('button', { name: words.t('common.remove'), exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText(words.say(problems.MANAGER_ONLY))
  expect(await control.client.printers.list()).toHaveLength(1)
  await dialog.getByRole('button', { name: words.t('common.cancel'), exact: true }).click()
  await gate.change('2468')
  await expect(gate.atCounter).toContainText('Asha')
  await remove.click()
  await dialog.getByRole('button', { name: words.t('common.remove'), exact: true }).click()
  await expect(settings.pane).toContainText(words.t('settings.printers.empty'))
  expect(await control.client.printers.list()).toEqual([])
})

/** Tab to where something is, as a hand on the keyboard does. */
async function tabTo(keys: Keyboard, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stops = 0; stops < 40; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await keys.press(key)
  }
  await expect(target).toBeFocused()
}

for (const [language, theme] of [
  ['sw', 'dark'],
  ['en', 'light'],
] as const) {
  test.describe(`${language}, ${theme}`, () => {
    test.use({ language, theme })

    test('a printer is set up without a mouse, and axe finds nothing serious on the way', async ({
      counter,
      keys,
      page,
      words,
      control,
    }) => {
      await counter.isOpen()
      const settings = new PrinterSettings(page, words)
      await settings.open()
      const findings: string[] = []
      const look = async () => void findings.push(...(await seriousFindings(page)))
      await look()
      await tabTo(keys, settings.button('add'))
      await keys.press('Enter')
      await expect(settings.button('find.start')).toBeFocused()
      await look()
      await keys.press('Enter')
      await expect(settings.found.getByRole('button').first()).toBeFocused()
      await look()
      await keys.press('Enter')
      await settings.isAt('model')
      await look()
      await keys.press('Enter')
      await settings.isAt('try')
      await keys.press('Enter')
      await expect(settings.trial).toContainText(words.t('status.printed'))
      await tabTo(keys, settings.choice('ruler', words.t('common.yes')))
      await keys.press('Space')
      await tabTo(keys, settings.choice('letters', 'windows1252 16'))
      await keys.press('Space')
      await tabTo(keys, settings.choice('qr', words.t('common.yes')))
      await keys.press('Space')
      await look()
      await tabTo(keys, settings.button('steps.next'))
      await keys.press('Enter')
      await expect(settings.button('use.finish')).toBeFocused()
      await look()
      // One step back and forth again keeps what was answered.
      await keys.press('Escape')
      await settings.isAt('try')
      await tabTo(keys, settings.button('try.skip'))
      await keys.press('Enter', 'Enter')
      await expect(settings.adding).toBeHidden()
      expect(await control.client.printers.list()).toHaveLength(2)
      await tabTo(keys, settings.pane.getByRole('button', { name: words.t('common.edit'), exact: true }))
      await keys.press('Enter')
      await look()
      expect(findings).toEqual([])
    })
  })
}
