import { problems } from '../../../src-preload/contract/problems.ts'
import { startServer } from '../../fixtures/server.ts'
import { expect, test } from '../fixtures.ts'

/** A practice shop tells its PINs on its screens. */
const [asha, juma] = ['2468', '1357']

test('five keys change who is at the counter, and what follows carries the name', async ({
  counter,
  gate,
  keys,
  control,
}) => {
  await expect(gate.atCounter).toContainText('Asha')
  await counter.ringUp('Sukari 3200')
  keys.startCounting()
  await gate.change(juma)
  expect(keys.note('another cashier')).toBe(5)
  await expect(gate.atCounter).toContainText('Juma')
  await expect(gate.dialog).toBeHidden()
  // The sale lies there as it lay, and the next key goes where the last one went.
  await expect(counter.number).toBeFocused()
  await expect(counter.line('Sukari')).toBeVisible()
  await counter.number.fill('0712345678')
  await keys.press('F2')
  await expect(counter.item(counter.status('delivered'))).toBeVisible()
  await keys.press('F8')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
  await counter.askToPay()
  const { client } = control
  expect((await client.messages.list({ limit: 1 })).rows[0]?.staffName).toBe('Juma')
  expect((await client.payments.list({ limit: 1 })).rows[0]?.staffName).toBe('Juma')
  expect((await client.printing.list({}))[0]?.staffName).toBe('Juma')
})

test('while nobody is there, neither mouse nor keys reach anything, and the state of the line stays', async ({
  counter,
  gate,
  words,
  keys,
  page,
  control,
}) => {
  await counter.ringUp('Sukari 3200')
  await keys.press('F10')
  await gate.dialog.getByRole('button', { name: words.t('pin.lock') }).click()
  await expect(gate.atCounter).toContainText(words.t('bar.nobody'))
  await expect(gate.pin).toBeFocused()
  await page.screenshot({ path: 'artefacts/screens/nobody-at-counter-sw-light-1366.png' })
  await keys.press('Escape', 'F2', 'F4', 'F8', 'F9', 'Control+Enter', 'Tab', 'Tab')
  await expect(gate.dialog).toBeVisible()
  await expect(counter.number).not.toBeFocused()
  const link = page.getByRole('link', { name: words.rail('payments'), includeHidden: true })
  await expect(link.click({ timeout: 1_000 })).rejects.toThrow(/intercepts pointer events|Timeout/)
  await expect(counter.statusLine).toContainText(words.t('bar.online'))
  await control.client.practice.setFaults({ line: 'off' })
  // Another connection is a seat of its own.
  expect((await control.client.staff.desk()).staff?.name).toBe('Asha')
  await gate.pin.focus()
  await keys.type(juma)
  await expect(gate.dialog).toBeHidden()
  await expect(counter.line('Sukari')).toBeVisible()
  await control.client.practice.setFaults({ line: 'on' })
})

test('wrong PINs are counted, then the gate waits, also across a restart', async ({
  counter,
  gate,
  server,
  folder,
  words,
  page,
  browser,
}) => {
  await expect(counter.entry).toBeFocused()
  await gate.change('1111')
  const wrong = words.say(problems.PIN_WRONG).split('.')[0] ?? ''
  await expect(gate.dialog.getByRole('alert')).toContainText(wrong)
  for (const pin of ['2222', '3333', '4444', '5555']) {
    await expect(gate.pin).toHaveValue('')
    await gate.keys.type(pin)
  }
  const locked = words.t('pin.locked').split('{{')[0] ?? ''
  await expect(gate.dialog).toContainText(locked)
  await expect(gate.pin).toBeDisabled()
  await page.screenshot({ path: 'artefacts/screens/pin-locked-sw-light-1366.png' })
  await server.stop('SIGKILL')

  const again = await startServer(folder, '--time-scale', '4')
  try {
    const context = await browser.newContext()
    const fresh = await context.newPage()
    await fresh.goto(again.url)
    await fresh.getByTestId('at-counter').click()
    const dialog = fresh.getByTestId('pin-gate')
    await expect(dialog).toContainText(locked)
    await expect(dialog.getByLabel(words.t('pin.pin'), { exact: true })).toBeDisabled()
    await context.close()
  } finally {
    await again.stop()
  }
})

test('a cashier sees what is a manager’s to do, and a manager adds a person', async ({
  counter,
  gate,
  page,
  words,
  control,
}) => {
  await expect(counter.entry).toBeFocused()
  await gate.change(juma)
  await expect(gate.atCounter).toContainText('Juma')
  await page.getByRole('link', { name: words.rail('settings') }).click()
  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  await expect(settings.getByText(words.t('staffOnly.settings'))).toBeVisible()
  await settings.getByRole('button', { name: words.t('common.save') }).click()
  await expect(settings.getByRole('alert')).toContainText(words.say(problems.MANAGER_ONLY))

  await gate.change(asha)
  await expect(settings.getByText(words.t('staffOnly.settings'))).toBeHidden()
  await settings.getByRole('link', { name: words.t('settings.tabs.staff') }).click()
  await settings.getByRole('button', { name: words.t('settings.staff.add') }).click()
  await settings.getByLabel(words.t('settings.staff.name')).fill('Neema')
  const pin = settings.getByLabel(words.t('settings.staff.pin'))
  await pin.fill('1234')
  await settings.getByRole('button', { name: words.t('common.save') }).click()
  await expect(settings).toContainText(words.say(problems.PIN_WEAK))
  await pin.fill('4071')
  await settings.getByRole('button', { name: words.t('common.save') }).click()
  await expect(settings.getByText(words.t('common.saved'))).toBeVisible()
  await expect(pin).toHaveValue('')
  await page.screenshot({ path: 'artefacts/screens/settings-staff-person-sw-light-1366.png' })
  expect((await control.client.staff.list()).map(({ name }) => name)).toContain('Neema')
  await gate.change('4071')
  await expect(gate.atCounter).toContainText('Neema')
})
