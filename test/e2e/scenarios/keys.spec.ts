import { expect, test } from '../fixtures.ts'

test('F1 shows the keys, / searches everything, Esc goes one step back', async ({
  counter,
  page,
  words,
  keys,
  control,
}) => {
  await control.client.customers.save({ phone: '0722000111', name: 'Neema Juma' })
  await keys.press('F1')
  await expect(page.getByRole('dialog', { name: words.t('keys.title') })).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/keys-sw-light-1366.png' })
  await keys.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await counter.screen.getByRole('heading', { level: 1 }).click()
  await keys.press('/')
  const search = page.getByRole('dialog', { name: words.t('search.title') })
  await expect(
    search.getByRole('textbox').or(search.getByRole('searchbox')).or(search.getByRole('combobox')).first(),
  ).toBeFocused()
  await keys.type('neema')
  await expect(search.getByText('Neema Juma')).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/search-sw-light-1366.png' })
  await keys.press('Escape')
  await expect(search).toBeHidden()
})

test('the whole counter can be walked with Tab, and every stop has a name', async ({ counter, page }) => {
  await counter.ringUp()
  await counter.number.focus()
  const stops = new Set<string>()
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const here = document.activeElement
      if (!(here instanceof HTMLElement) || here === document.body) return 'page'
      const label = here.getAttribute('aria-label') ?? here.innerText.trim()
      const labelled =
        here instanceof HTMLInputElement || here instanceof HTMLSelectElement
          ? [...(here.labels ?? [])].map((one) => one.innerText).join(' ')
          : ''
      return label || labelled || here.getAttribute('aria-labelledby') || `${here.tagName} without a name`
    })
    stops.add(name)
  }
  expect([...stops].filter((name) => name.endsWith('without a name'))).toEqual([])
  for (const target of ['F2', 'F4', 'F8', 'F9']) expect([...stops].join(' ')).toContain(target)
})

test('a whole sale without a mouse: items, receipt, payment, paper, finish, and the next one', async ({
  counter,
  practice,
  page,
  keys,
  words,
}) => {
  await expect(counter.entry).toBeFocused()
  keys.startCounting()
  await keys.type('Sukari 2 x 3200')
  await keys.press('Enter')
  await expect(counter.line('Sukari')).toBeVisible()
  keys.startCounting()
  await keys.press('Enter')
  await expect(counter.number).toBeFocused()
  expect(keys.note('from the items to the number')).toBe(1)
  keys.startCounting()
  await keys.type('0712345678')
  await keys.press('F2', 'F4', 'Enter')
  await practice.typePin('1234')
  await expect(counter.item(counter.status('paid'))).toBeVisible()
  await expect(counter.item(counter.status('delivered'))).toBeVisible()
  await keys.press('F8')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
  await counter.finish()
  keys.note('receipt, payment with its PIN, paper and finish')
  await expect(counter.entry).toBeFocused()
  await expect(counter.number).toHaveValue('')
  await expect(counter.timeLine.getByRole('listitem')).toHaveCount(0)

  // The message's text and the faults are reached by Tab and changed by arrows.
  await keys.press('Alt+s', 'Tab', 'Tab', 'Tab', 'Enter')
  await expect(page.getByRole('region', { name: words.t('receiptPanel.title') })).toBeVisible()
  await keys.press('Escape')
  const line = practice.faults.getByLabel(words.t('practice.line'), { exact: true })
  while (!(await line.evaluate((field) => field === document.activeElement))) await keys.press('Tab')
  for (const value of ['slow', 'off']) {
    await keys.press('ArrowDown')
    await expect(line).toHaveValue(value)
  }
})

test('keys that the browser would take for itself stay in the page', async ({ counter, page, keys }) => {
  await page.evaluate(() => {
    const kept: string[] = []
    Reflect.set(window, 'kauntaKept', kept)
    window.addEventListener('keydown', (event) => {
      if (event.defaultPrevented) kept.push(event.key)
    })
  })
  const taken = ['F1', 'F3', 'F6', 'F7', 'F10']
  for (const key of taken) await keys.press(key, 'Escape')
  await expect(counter.number).toBeVisible()
  const kept: unknown = await page.evaluate(() => Reflect.get(window, 'kauntaKept'))
  expect(kept).toEqual(expect.arrayContaining(taken))
})

test('an Alt key each leads to the item, the number, the question about a paper, and the count of the till', async ({
  counter,
  keys,
  page,
  payments,
  words,
  control,
}) => {
  await counter.ringUp('Sukari 3200')
  await keys.press('Alt+l')
  await expect(counter.entry).toBeFocused()
  await keys.press('Alt+s')
  await expect(counter.number).toBeFocused()

  await control.client.practice.setFaults({ printer: 'silent' })
  await keys.press('F8')
  const came = counter.button('counter.paperYes')
  await expect(came).toBeVisible({ timeout: 60_000 })
  await keys.press('Alt+a')
  await expect(came).toBeFocused()
  await keys.press('Enter')
  await expect(counter.item(counter.status('printed'))).toBeVisible()

  await keys.press('Alt+k')
  await expect(page).toHaveURL(/#\/payments\/cash-up$/)
  const form = payments.screen.getByRole('form', { name: words.t('cashUp.title') })
  await expect(form.getByRole('textbox').first()).toBeFocused()
  // Each stands on the list of its screen; the items of a recorded sale stay as they are.
  await keys.press('Escape', 'F1')
  for (const key of ['Alt+S', 'Alt+K'])
    await expect(page.getByRole('dialog').getByText(key, { exact: true })).toBeVisible()
})
