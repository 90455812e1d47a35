import { changeShop, expect, test } from '../fixtures.ts'

/** Real keys of the browser, struck right after something lay over the counter: they must arrive where they went before. */

const managerPin = '2468'

test('typing goes on in the item after the PIN, after Esc, and after each lock', async ({
  counter,
  gate,
  keys,
  page,
}) => {
  await keys.type('Su')
  await keys.press('F10')
  await expect(gate.dialog).toBeVisible()
  await keys.press('Escape')
  await expect(gate.dialog).toBeHidden()
  await keys.type('ka')
  await expect(counter.entry).toHaveValue('Suka')
  await gate.change('1357')
  await expect(gate.dialog).toBeHidden()
  await keys.type('ri')
  await expect(counter.entry).toHaveValue('Sukari')
  for (const letter of [' ', '2']) {
    await keys.press('F10')
    await gate.dialog.getByRole('button', { name: counter.words.t('pin.lock') }).click()
    await expect(gate.pin).toBeFocused()
    await keys.type(managerPin)
    await expect(gate.dialog).toBeHidden()
    await keys.type(letter)
  }
  await expect(counter.entry).toHaveValue('Sukari 2')
  // The caret stood in the middle, and stands there again.
  await keys.press('Home', 'F10')
  await expect(gate.dialog).toBeVisible()
  await keys.press('Escape')
  await expect(gate.dialog).toBeHidden()
  await keys.type('X')
  await expect(counter.entry).toHaveValue('XSukari 2')
  expect(await page.evaluate(() => document.querySelectorAll('dialog[open]').length)).toBe(0)
})

test('typing goes on after an idle lock', async ({ counter, gate, keys, control, page }) => {
  // The page's own clock runs on: nobody waits a minute.
  await page.clock.install()
  await changeShop(control, { lockAfterMinutes: 1 })
  await keys.type('Maf')
  // The page may hear of its shop's minutes after the first one passed.
  await expect(async () => {
    await page.clock.fastForward(61_000)
    await expect(gate.pin).toBeFocused({ timeout: 2_000 })
  }).toPass()
  await page.keyboard.type(managerPin)
  await expect(gate.dialog).toBeHidden()
  await page.keyboard.type('uta')
  await expect(counter.entry).toHaveValue('Mafuta')
})

test('typing goes on after every dialog and panel, in the item and in the number', async ({
  counter,
  keys,
  page,
}) => {
  await counter.typeItems('Sukari 3200')
  for (const field of [counter.entry, counter.number]) {
    await field.focus()
    let typed = await field.inputValue()
    for (const opens of ['F1', 'F4', 'F7', 'Alt+b']) {
      await keys.press(opens)
      await expect(page.locator('dialog[open], .sheet .panel').first()).toBeVisible()
      await keys.press('Escape')
      await expect(page.locator('dialog[open], .sheet .panel')).toHaveCount(0)
      await keys.type('7')
      typed += '7'
      await expect(field).toHaveValue(typed)
    }
    await field.fill('')
  }
})

test('coming back from another screen, and a click beside the fields, lose no key', async ({
  counter,
  keys,
  page,
  words,
}) => {
  for (const leaves of ['F3', 'F9', 'Alt+m', 'Alt+k']) {
    await keys.press(leaves)
    await expect(counter.screen).toHaveCount(0)
    await keys.press('Escape')
    await expect(counter.entry).toBeFocused()
    await keys.type('a')
    await expect(counter.entry).toHaveValue('a')
    await counter.entry.fill('')
  }
  await page
    .getByRole('link', { name: words.rail('outbox'), exact: false })
    .first()
    .click()
  await page
    .getByRole('link', { name: words.rail('counter'), exact: false })
    .first()
    .click()
  await keys.type('b')
  await expect(counter.entry).toHaveValue('b')
  await counter.screen.getByRole('heading', { level: 1 }).click()
  await keys.type('c')
  await expect(counter.entry).toHaveValue('bc')
})

test('an item typed into the number goes to the item, and a number typed into the item to the number', async ({
  counter,
  keys,
}) => {
  await counter.number.focus()
  await keys.type('Sukari 2 x 3200')
  await expect(counter.entry).toHaveValue('Sukari 2 x 3200')
  await expect(counter.number).toHaveValue('')
  await keys.press('Enter')
  await expect(counter.line('Sukari')).toBeVisible()
  await keys.type('0712345678')
  await expect(counter.number).toBeFocused()
  await expect(counter.entry).toHaveValue('')
  await keys.press('Alt+l')
  await expect(counter.entry).toBeFocused()
  await expect(counter.number).toHaveValue('0712 345 678')
  await keys.press('Alt+s')
  await expect(counter.number).toBeFocused()
})

test('a number that was copied stays a number, in whatever dress, and never becomes a price', async ({
  counter,
  keys,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const paste = async (text: string) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await keys.press('Control+v')
  }
  for (const text of ['\u202a+254 712 345 678\u202c', '(0712) 345678', 'Tel: 0712 345 678', '0712.345.678']) {
    for (const field of [counter.entry, counter.number]) {
      await counter.number.fill('')
      await field.focus()
      await paste(text)
      await expect(counter.entry).toHaveValue('')
      await expect(counter.number).toBeFocused()
      await keys.press('Enter')
      await expect(counter.number).toHaveValue(/^\D*\d[\d\s().+-]*678$/)
    }
  }
  await expect(counter.total).toHaveText('KES 0')
})
