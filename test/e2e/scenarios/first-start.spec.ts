import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { look } from '../look.ts'
import { wordsOf } from '../words.ts'

const sw = wordsOf('sw')
const en = wordsOf('en')

const setUp = (page: Page, words = sw) => page.getByRole('region', { name: words.t('setUp.title') })
const part = (page: Page, name: string) => setUp(page).locator(`[data-part="${name}"]`)
const count = (done: number) => sw.t('setUp.count', { done, all: 6 })

test('the first start tells what to set up; each line leads to its place by key and ticks itself off', async ({
  live: { control },
  page,
}) => {
  await expect(setUp(page)).toContainText(count(0))
  await expect(part(page, 'whatsapp')).toBeInViewport({ ratio: 1 })
  expect(await look(page, 'first-start-sw-light')).toEqual([])

  await page.keyboard.press('Alt+U')
  await expect(part(page, 'shop')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/settings\/shop$/)
  const name = page.getByLabel(sw.t('settings.shop.name'))
  await name.fill('Duka la Neema')
  await name.press('Enter')
  await expect(part(page, 'shop')).toContainText(sw.t('setUp.done'))
  await expect(setUp(page)).toContainText(count(1))

  // The keys go on with what is left.
  await page.keyboard.press('Alt+U')
  await expect(part(page, 'pin')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(part(page, 'sms')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/settings\/accounts\/sms$/)
  for (const [name_, way] of [
    ['pin', 'staff'],
    ['money', 'accounts/mobileMoney'],
    ['printer', 'printer'],
    ['whatsapp', 'accounts/whatsapp'],
  ] as const) {
    await part(page, name_).press('Enter')
    await expect(page).toHaveURL(new RegExp(`#/settings/${way}$`))
  }

  const [model] = await control.client.printers.models()
  if (model === undefined) throw new Error('there are printer models')
  await control.client.printers.save({
    printer: {
      name: 'Kaunta',
      connection: { kind: 'network', host: '127.0.0.1', port: 9 },
      model: model.id,
      profile: model.profile,
      receipts: true,
      drawer: false,
      drawerPin: 2,
      drawerOnCash: true,
      drawerOpenHigh: null,
      fallbackId: null,
      tickets: { lines: 'none', words: [] },
    },
  })
  await expect(setUp(page)).toContainText(count(2))
  await expect(part(page, 'printer')).toContainText(sw.t('setUp.done'))
})

test('the list folds and stays folded, a shop may do without the rest, and the first screen changes its language in one press', async ({
  live: _live,
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  // The counter keeps its room: one line until somebody opens it.
  await expect(setUp(page)).toContainText(count(0))
  await expect(part(page, 'shop')).toBeHidden()
  await expect(page.locator('.pay-row-finish')).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Alt+U')
  await expect(part(page, 'shop')).toBeFocused()
  await expect(part(page, 'whatsapp')).toBeInViewport({ ratio: 1 })
  await expect(page.locator('.pay-row-finish')).toBeInViewport({ ratio: 0.95 })
  await setUp(page)
    .getByRole('button', { name: sw.t('setUp.title') })
    .click()
  await expect(part(page, 'shop')).toBeHidden()
  await page.reload()
  await expect(setUp(page)).toContainText(count(0))
  await expect(part(page, 'shop')).toBeHidden()
  await page.keyboard.press('Alt+U')
  await expect(part(page, 'shop')).toBeFocused()

  await page.getByRole('button', { name: sw.t('language.en'), exact: true }).click()
  await expect(setUp(page, en)).toContainText(en.t('setUp.count', { done: 0, all: 6 }))
  await expect(page.getByRole('link', { name: en.rail('settings'), exact: true })).toBeVisible()
  await page.screenshot({ path: 'artefacts/screens/first-start-en-light-1024.png' })

  await setUp(page, en)
    .getByRole('button', { name: en.t('setUp.without') })
    .click()
  await expect(setUp(page, en)).toBeHidden()
  await page.reload()
  await expect(page.getByRole('link', { name: en.rail('settings'), exact: true })).toBeVisible()
  await expect(setUp(page, en)).toBeHidden()
  // Nothing shows when the key is ready again.
  await expect(async () => {
    await page.keyboard.press('Alt+U')
    await expect(setUp(page, en).locator('[data-part="shop"]')).toBeFocused({ timeout: 1_000 })
  }).toPass()
})
