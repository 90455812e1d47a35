import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import type { Counter } from '../pages/counter.ts'
import type { PracticeSide } from '../pages/practice.ts'
import { languages } from '../words.ts'

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

// A gallery keeps its own pictures.
test.use({ trace: 'off' })

/** Words that do not fit where they stand. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
      faults.push('the page scrolls sideways')
    for (const button of document.querySelectorAll('button, .target, .target-label, .status-word, kbd')) {
      if (button.checkVisibility() && button.scrollWidth > button.clientWidth + 1 && button.clientWidth > 0)
        faults.push(`cut off: ${button.textContent}`)
    }
    const targets = [...document.querySelectorAll('.target')].map((target) => target.getBoundingClientRect())
    for (const [index, one] of targets.entries()) {
      if (targets[index + 1] !== undefined && one.right > (targets[index + 1]?.left ?? 0))
        faults.push(`target ${index} lies over its neighbour`)
    }
    return faults
  })
}

/** Pictures of what is shown, at both sizes, and all that is wrong with it. */
async function look(page: Page, name: string): Promise<string[]> {
  const findings: string[] = []
  for (const size of sizes) {
    await page.setViewportSize(size)
    // Two frames: the layout of the new size, then its paint.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    await page.screenshot({ path: `artefacts/screens/${name}-${size.width}.png`, animations: 'disabled' })
    for (const fault of await cutOff(page)) findings.push(`${name} ${size.width}: ${fault}`)
  }
  const { violations } = await new AxeBuilder({ page }).analyze()
  for (const { id, impact, nodes } of violations) {
    if (impact === 'serious' || impact === 'critical')
      findings.push(`${name}: ${id} ${nodes[0]?.html.slice(0, 160)}`)
  }
  await page.setViewportSize(sizes[0])
  return findings
}

/** A sale with something of everything on its time line. */
async function busySale(counter: Counter, practice: PracticeSide): Promise<void> {
  const { keys } = counter
  await counter.ringUp('Sukari 2 x 3200', 'Mafuta ya kupikia 6600')
  await counter.number.fill('0712345678')
  await keys.press('F2')
  await expect(counter.item(counter.status('delivered'))).toBeVisible()
  await keys.press('F4', 'Enter')
  await practice.typePin('9999')
  await expect(counter.item(counter.status('wrongPin'))).toBeVisible()
  await keys.press('F8')
  await expect(counter.item(counter.status('printed'))).toBeVisible()
}

for (const language of languages) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`${language}, ${theme}`, () => {
      // At the networks' own pace, so that a prompt stands while pictures are taken.
      test.use({ language, theme, haste: 1 })

      test('every screen fits, can be read, and has no serious finding of axe', async ({
        counter,
        practice,
        page,
      }) => {
        test.setTimeout(180_000)
        await busySale(counter, practice)
        const { origin } = new URL(page.url())
        const findings: string[] = []
        for (const [name, path] of screens) {
          await page.goto(`${origin}/#/${path}`)
          await expect(page.getByRole('main').locator('h1, h2').first()).toBeVisible()
          await expect(page.locator('.waiting')).toHaveCount(0)
          findings.push(...(await look(page, `${name}-${language}-${theme}`)))
        }
        expect(findings).toEqual([])
      })

      test('so does everything that opens over or inside a screen', async ({
        counter,
        practice,
        page,
        words,
        keys,
      }) => {
        test.setTimeout(180_000)
        const findings: string[] = []
        const see = async (name: string) => {
          findings.push(...(await look(page, `${name}-${language}-${theme}`)))
        }
        await practice.choose('printer', 'noPaper')
        await counter.ringUp('Sukari 2 x 3200')
        await keys.press('F8')
        await counter.number.fill('0712345678')
        await keys.press('F4')
        await see('pay-panel')
        await keys.press('Enter')
        await expect(practice.pin).toBeVisible()
        await see('pin-pad')
        await keys.press('F1')
        await see('keys')
        await keys.press('Escape', '/')
        await keys.type('0712')
        await expect(page.locator('a.hit').first()).toBeVisible()
        await see('search')
        await keys.press('Escape')
        await counter.screen.getByRole('button', { name: words.t('counter.receiptText') }).click()
        await see('receipt-panel')
        await keys.press('F2')
        await expect(counter.item(counter.status('delivered'))).toBeVisible()
        await practice.choose('line', 'off')
        await keys.press('F3')
        await page.locator('button.pick').first().click()
        await expect(page.getByRole('region', { name: words.t('outbox.history') })).toBeVisible()
        await see('outbox-details')
        await page.getByRole('link', { name: words.t('rail.payments') }).click()
        await page.locator('button.pick').first().click()
        await expect(page.getByRole('region', { name: words.t('payments.evidence') })).toBeVisible()
        await see('payment-details')
        await page.goto(`${new URL(page.url()).origin}/#/settings/accounts`)
        await page.locator('button.pick', { hasText: 'M-Pesa' }).first().click()
        await see('account-form')
        await page.getByRole('button', { name: words.t('common.remove'), exact: true }).click()
        await see('remove-account')
        expect(findings).toEqual([])
      })
    })
  }
}
