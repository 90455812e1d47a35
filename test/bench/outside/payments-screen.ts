import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { findChromium } from '../../../.tasks/chromium.mjs'
import { createSimulatorHost } from '../../../src-main/simulator/host.ts'
import { systemClock, systemRandomness } from '../../../src-main/system-ports.ts'
import { type Client, takeControl } from '../../e2e/control.ts'
import { letBrowserIn } from '../../e2e/let-in.ts'
import { type Figure, figureOf, quantile } from '../figures.ts'
import { writeHostWorld } from './host-world.ts'
import { fillPayments } from './payments-fill.ts'
import { startProduct } from './product.ts'

const payments = 1e6
const visits = 15
const calls = 30
const dayMs = 86_400_000
/** The counter fetches the screen's code while it stands idle. */
const idleMs = 1_500

declare global {
  interface Window {
    drawn: { from: number; ms: number | null }
  }
}

/** The payments screen over a million payments: from the key to drawn rows, and what its calls take by themselves. */
export async function measurePayments(folder: string): Promise<readonly Figure[]> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: set CHROMIUM_PATH')
  const data = join(folder, 'payments')
  mkdirSync(data, { recursive: true })
  const host = await createSimulatorHost({ clock: systemClock(), random: systemRandomness() })
  const world = writeHostWorld(data, host)
  const first = startProduct(data, world)
  await first.ready
  await first.end()
  fillPayments(join(data, 'practice/kaunta.db'), payments)
  const product = startProduct(data, world)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const { url } = await product.ready
    const origin = new URL(url).origin
    const control = await takeControl({ url, origin })
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    await letBrowserIn(context, origin, control)
    const drawn = await drawAll(context, origin)
    const figures = await timeCalls(control.client)
    control.close()
    return [
      { ...figureOf('payments.drawn.ms@1e6', 'ms', drawn) },
      { ...figureOf('payments.drawn.max.ms@1e6', 'ms', [quantile(drawn, 1)]), runs: drawn.length },
      ...figures,
    ]
  } finally {
    await browser.close()
    await product.end()
    await host.close()
  }
}

async function drawAll(context: BrowserContext, origin: string): Promise<number[]> {
  const values: number[] = []
  for (let visit = 0; visit < visits; visit += 1) {
    const page = await context.newPage()
    await page.goto(origin)
    await page.waitForSelector('[data-testid="time-line"]')
    await page.waitForTimeout(idleMs)
    values.push(await drawOnce(page))
    await page.close()
  }
  return values
}

const patienceMs = 30_000

/** Milliseconds from the change of address until the rows are laid out and handed to the screen. */
async function drawOnce(page: Page): Promise<number> {
  await page.evaluate(openPayments)
  const from = performance.now()
  for (;;) {
    const ms = z
      .number()
      .nullable()
      .parse(await page.evaluate(() => window.drawn.ms))
    if (ms !== null) return ms
    if (performance.now() - from > patienceMs) throw new Error('no payment was drawn')
    await page.waitForTimeout(20)
  }
}

/** Runs in the page. */
function openPayments(): void {
  window.drawn = { from: performance.now(), ms: null }
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll('.payments .list-rows .pick-title').length < 10) return
    observer.disconnect()
    // The frame after the next callback is on screen.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        window.drawn.ms = performance.now() - window.drawn.from
      }),
    )
  })
  observer.observe(document, { subtree: true, childList: true })
  location.hash = '#/payments'
}

/** What the screen asks, each by itself, through the door that the page uses. */
async function timeCalls(client: Client): Promise<readonly Figure[]> {
  const now = Date.now()
  const today = { from: now - (now % dayMs), to: now + dayMs }
  const month = { from: now - 30 * dayMs, to: now + dayMs }
  const cases: Readonly<Record<string, () => Promise<unknown>>> = {
    'payments.list.today.ms@1e6': () => client.payments.list({ ...today, limit: 50 }),
    'payments.list.all.ms@1e6': () => client.payments.list({ limit: 50 }),
    'payments.list.failed.ms@1e6': () => client.payments.list({ states: ['failed'], limit: 50 }),
    'payments.list.code.ms@1e6': () => client.payments.list({ text: 'S000500000', limit: 50 }),
    'payments.list.phone.ms@1e6': () => client.payments.list({ text: '0720 012 345', limit: 50 }),
    'payments.list.amount.ms@1e6': () => client.payments.list({ text: '1,234', limit: 50 }),
    'payments.totals.today.ms@1e6': () => client.payments.totals(today),
    'payments.totals.month.ms@1e6': () => client.payments.totals(month),
    'payments.attention.ms@1e6': () => client.payments.attention(),
    'live.status.ms@1e6': () => client.live.status(),
  }
  const figures: Figure[] = []
  for (const [name, call] of Object.entries(cases)) {
    const values: number[] = []
    for (let run = 0; run < calls; run += 1) {
      const from = performance.now()
      await call()
      values.push(performance.now() - from)
    }
    figures.push(figureOf(name, 'ms', values))
  }
  return figures
}
