import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { changeShop, expect, test } from '../fixtures.ts'

const screens = [
  ['counter', ''],
  ['outbox', 'outbox'],
  ['payments', 'payments'],
  ['whatsapp', 'whatsapp'],
  ['settings-shop', 'settings/shop'],
  ['settings-accounts', 'settings/accounts'],
  ['settings-printer', 'settings/printer'],
  ['settings-templates', 'settings/templates'],
  ['settings-api-keys', 'settings/apiKeys'],
] as const
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const

/** Words that do not fit where they stand. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
      faults.push('the page scrolls sideways')
    for (const button of document.querySelectorAll('button')) {
      if (button.checkVisibility() && button.scrollWidth > button.clientWidth + 1)
        faults.push(`cut off: ${button.innerText}`)
    }
    return faults
  })
}

for (const language of ['sw', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`${language}, ${theme}`, () => {
      test.use({ language, theme })

      test('every screen fits, can be read, and has no serious finding of axe', async ({
        counter,
        practice,
        page,
        control,
        keys,
      }) => {
        test.setTimeout(180_000)
        await counter.ringUp('Sukari 2 x 3200', 'Mafuta ya kupikia 6600')
        await counter.number.fill('0712345678')
        await keys.press('F2')
        await expect(counter.item(counter.status('delivered'))).toBeVisible()
        await keys.press('F4', 'Enter')
        await practice.typePin('9999')
        await expect(counter.item(counter.status('wrongPin'))).toBeVisible()
        await keys.press('F8')
        await expect(counter.item(counter.status('printed'))).toBeVisible()
        await changeShop(control, { language, theme })
        const { origin } = new URL(page.url())
        const findings: string[] = []
        for (const [name, path] of screens) {
          await page.goto(`${origin}/#/${path}`)
          await expect(page.getByRole('main').locator('h1, h2').first()).toBeVisible()
          for (const size of sizes) {
            await page.setViewportSize(size)
            await page.waitForTimeout(150)
            await page.screenshot({
              path: `artefacts/screens/${name}-${language}-${theme}-${size.width}.png`,
            })
            for (const fault of await cutOff(page)) findings.push(`${name} ${size.width}: ${fault}`)
          }
          const { violations } = await new AxeBuilder({ page }).analyze()
          for (const { id, impact, nodes } of violations) {
            if (impact === 'serious' || impact === 'critical')
              findings.push(`${name}: ${id} ${nodes[0]?.html.slice(0, 120)}`)
          }
        }
        expect(findings).toEqual([])
      })
    })
  }
}
