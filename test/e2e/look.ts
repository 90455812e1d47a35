import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

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

/**
 * What axe finds serious in what is shown. In the page itself: axe's usual way is to put its results together in a page
 * of its own, made anew each time, which only frames of other origins need, and Kaunta shows none.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 160)}`)
}

/** Pictures of what is shown, at both sizes, and all that is wrong with it. */
export async function look(page: Page, name: string): Promise<string[]> {
  const findings: string[] = []
  for (const size of sizes) {
    await page.setViewportSize(size)
    // Two frames: the layout of the new size, then its paint.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    await page.screenshot({ path: `artefacts/screens/${name}-${size.width}.png`, animations: 'disabled' })
    for (const fault of await cutOff(page)) findings.push(`${name} ${size.width}: ${fault}`)
  }
  for (const fault of await seriousFindings(page)) findings.push(`${name}: ${fault}`)
  await page.setViewportSize(sizes[0])
  return findings
}
