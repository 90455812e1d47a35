import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'

const paths = [
  '',
  'outbox',
  'payments',
  'payments/attention',
  'payments/notices',
  'payments/transfers',
  'payments/reconciliation',
  'payments/cash-up',
  'whatsapp',
  'settings/shop',
  'settings/staff',
  'settings/accounts',
  'settings/printer',
  'settings/receipt',
  'settings/templates',
  'settings/apiKeys',
] as const

/** Every element of the screen with how it is drawn, without what the keys' place and the pointer change. */
function drawnStyles(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const told = [
      'display',
      'position',
      'font-size',
      'font-weight',
      'line-height',
      'text-align',
      'white-space',
      'color',
      'background-color',
      'padding',
      'margin',
      'gap',
      'border-width',
      'border-radius',
      'grid-template-columns',
      'flex',
      'align-items',
      'justify-content',
      'overflow-wrap',
    ]
    const main = document.querySelector('main')
    return [...(main?.querySelectorAll('*') ?? [])].map((element) => {
      const style = getComputedStyle(element)
      const marks = [...element.classList].filter((name) => !name.startsWith('m_')).join('.')
      return `${element.tagName}.${marks} ${told.map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ')}`
    })
  })
}

async function shown(page: Page, path: string): Promise<void> {
  await expect(page.getByRole('main').locator('h1, h2, [data-testid="sale-total"]').first()).toBeVisible()
  await expect(page.locator('.waiting')).toHaveCount(0)
  // The receipt's picture comes later than its form.
  if (path === 'settings/receipt') await expect(page.locator('.paper-line').first()).toBeVisible()
  // No style moves any more, and what was asked for has come.
  await page.waitForLoadState('networkidle')
}

test('each screen is drawn alike whether it is the first that was opened or the last', async ({
  counter,
  context,
  page,
}) => {
  test.setTimeout(240_000)
  await counter.isOpen()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { origin } = new URL(page.url())
  const first = new Map<string, string[]>()
  for (const path of paths) {
    const fresh = await context.newPage()
    await fresh.emulateMedia({ reducedMotion: 'reduce' })
    await fresh.goto(`${origin}/#/${path}`)
    await shown(fresh, path)
    first.set(path, await drawnStyles(fresh))
    await fresh.close()
  }
  // Twice: the second time every other screen was there before.
  for (const path of [...paths, ...paths]) {
    await page.goto(`${origin}/#/${path}`)
    await shown(page, path)
  }
  for (const path of paths) {
    await page.goto(`${origin}/#/${path}`)
    await shown(page, path)
    expect(first.get(path)?.length, path).toBeGreaterThan(10)
    await expect.poll(() => drawnStyles(page), { message: path, timeout: 10_000 }).toEqual(first.get(path))
  }
})
