import { problems } from '../../../src-preload/contract/problems.ts'
import { expect, test } from '../fixtures.ts'
import { countingKeyboard } from '../keyboard.ts'
import { PinGate } from '../pages/pin-gate.ts'
import { wordsOf } from '../words.ts'

const words = wordsOf('sw')

test('a change of power asks for a manager’s PIN: closed it changes nothing, a wrong one is refused, the right one is taken', async ({
  live: { control, origin },
  page,
}) => {
  const [manager] = await control.client.staff.list()
  if (manager === undefined) throw new Error('a shop begins with a manager')
  const { id, name, role } = manager
  await control.client.staff.save({ id, name, role, active: true, pin: '4071' })
  const gate = new PinGate(page, words, countingKeyboard(page))
  // A page of its own, which finds the PIN there from the start.
  await page.goto('about:blank')
  await page.goto(`${origin}/#/settings/apiKeys`)
  await expect(gate.pin).toBeFocused()
  await page.keyboard.type('4071')
  await expect(gate.dialog).toBeHidden()

  const settings = page.getByRole('region', { name: words.t('settings.title'), exact: true })
  const label = settings.getByLabel(words.t('settings.apiKeys.label'))
  await label.fill('POS ya duka')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: words.t('pin.changeTitle') })
  const pin = dialog.getByLabel(words.t('pin.manager'))
  await expect(pin).toBeFocused()
  await page.screenshot({ path: 'artefacts/screens/change-of-power-sw-light-1366.png' })
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(settings.getByRole('alert')).toContainText(words.say(problems.MANAGER_PIN_MISSING))
  // Typing goes on where it was.
  await expect(label).toBeFocused()
  await control.client.staff.signIn({ pin: '4071' })
  expect(await control.client.apiKeys.list()).toEqual([])

  await page.keyboard.press('Enter')
  await expect(pin).toBeFocused()
  await page.keyboard.type('9182')
  await expect(settings.getByRole('alert')).toContainText(
    words.say(problems.PIN_WRONG).replace('{left}', '4'),
  )
  await expect(label).toBeFocused()
  expect(await control.client.apiKeys.list()).toEqual([])

  await page.keyboard.press('Enter')
  await expect(pin).toBeFocused()
  await page.keyboard.type('4071')
  await expect(settings.getByRole('region', { name: words.t('settings.apiKeys.created') })).toContainText(
    /kaunta_[\w-]{43}/,
  )
  expect((await control.client.apiKeys.list()).map((key) => key.label)).toEqual(['POS ya duka'])
})
