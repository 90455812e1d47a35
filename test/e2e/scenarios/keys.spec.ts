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
