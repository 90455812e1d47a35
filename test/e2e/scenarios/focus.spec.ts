import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'

/** What is wrong with how the keys' place is shown, or null; "end" where Tab has left the page's main part. */
function faultOfFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const outlineOf = (element: Element | null): number => {
      if (element === null) return 0
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)
    }
    /** What is drawn for a field that itself is not: its label. */
    const drawnFor = (at: Element): Element => {
      const hidden = at.getBoundingClientRect().width < 4 || getComputedStyle(at).opacity === '0'
      return hidden ? (at.closest('label') ?? at.nextElementSibling ?? at) : at
    }
    /** What lies over it, where something does. */
    const over = (at: Element, shown: Element): Element | undefined => {
      const box = shown.getBoundingClientRect()
      const x = box.left + Math.min(box.width / 2, 40)
      return [box.top + 3, box.bottom - 3]
        .flatMap((y) => document.elementFromPoint(x, y) ?? [])
        .find((one) => !at.contains(one) && !one.contains(at) && !shown.contains(one))
    }
    const at = document.activeElement
    if (at === null || at.closest('main') === null || at.tagName === 'MAIN') return 'end'
    const shown = drawnFor(at)
    const { top, bottom } = shown.getBoundingClientRect()
    const name = `${at.tagName} ${at.id} ${at.textContent.slice(0, 30)}`
    if (Math.max(...[at, at.nextElementSibling, at.parentElement].map(outlineOf)) < 2)
      return `no ring: ${name}`
    if (top < 0 || bottom > window.innerHeight + 1) return `not in view: ${name}`
    const cover = over(at, shown)
    return cover === undefined ? null : `lies under ${cover.className}: ${name}`
  })
}

/** Every stop of Tab in the main part of a screen, each with a ring and in sight. */
async function walk(page: Page): Promise<{ readonly faults: string[]; readonly stops: number }> {
  const faults: string[] = []
  await page.locator('main').evaluate((main) => {
    main.tabIndex = -1
    main.focus()
    main.removeAttribute('tabindex')
  })
  for (let stops = 0; stops < 120; stops += 1) {
    await page.keyboard.press('Tab')
    const fault = await faultOfFocus(page)
    if (fault === 'end') return { faults, stops }
    if (fault !== null) faults.push(fault)
  }
  return { faults: [...faults, 'Tab never leaves'], stops: 120 }
}

for (const [width, height] of [
  [1366, 768],
  [1024, 600],
] as const) {
  test(`every stop of the keys has a ring and lies under nothing, at ${width}x${height}`, async ({
    counter,
    control,
    page,
  }) => {
    test.setTimeout(240_000)
    await counter.isOpen()
    const [account] = await control.client.accounts.list()
    await page.setViewportSize({ width, height })
    const { origin } = new URL(page.url())
    for (const path of [
      'settings/shop',
      'settings/receipt',
      `settings/accounts/${account?.id}`,
      'settings/printer',
      'settings/templates',
      'settings/apiKeys',
      'payments',
      'payments/cash-up',
      'payments/reconciliation',
      'outbox',
    ]) {
      await page.goto(`${origin}/#/${path}`)
      await expect(page.getByRole('main').locator('h1, h2').first()).toBeVisible()
      await expect(page.locator('.waiting')).toHaveCount(0)
      const { faults, stops } = await walk(page)
      expect(faults, path).toEqual([])
      expect(stops, path).toBeGreaterThan(1)
    }
  })
}

test('the keys have a place after WhatsApp was linked, and around paying by hand', async ({
  counter,
  practice,
  words,
  keys,
  page,
}) => {
  // Paying by hand: the amount, on leaving the button, after paying where the cashier was.
  await counter.ringUp('Sukari 3200')
  await keys.press('Alt+p')
  const open = practice.phone.getByRole('button', { name: words.t('practice.byHand') })
  await open.focus()
  await keys.press('Enter')
  const amount = practice.phone.getByLabel(words.t('payPanel.amount'), { exact: true })
  await expect(amount).toBeFocused()
  await practice.phone.getByRole('button', { name: words.t('common.cancel') }).press('Enter')
  await expect(open).toBeFocused()
  await keys.press('Enter')
  await expect(amount).toHaveValue('3,200')
  await keys.press('Enter')
  await expect(counter.number).toBeFocused()

  await keys.press('F9')
  const scan = practice.phone.getByRole('button', { name: words.t('practice.scan') })
  await practice.open()
  await expect(scan).toBeVisible()
  await scan.press('Enter')
  const state = page.getByRole('region', { name: words.t('whatsapp.title') }).getByRole('status')
  await expect(state).toContainText(words.t('whatsapp.states.authorized'))
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false)
})
