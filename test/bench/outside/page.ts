import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { findChromium } from '../../../.tasks/chromium.mjs'
import { type Figure, figureOf, quantile } from '../figures.ts'
import { startProduct } from './product.ts'
import { type BenchWorld, createBenchWorld } from './world.ts'

const sales = 32
/** What one sale of a busy day sends: receipts, a second try, a promptʼs news. */
const messagesEach = 5
const readyRuns = 15
const pauseMs = 60

declare global {
  interface Window {
    bench: { readyAt: number | null; delivered: number[] }
  }
}

/** The time line in a real browser: when it first stands, and how long after a provider's callback its word changes. */
export async function measurePage(folder: string): Promise<readonly Figure[]> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: set CHROMIUM_PATH')
  const data = join(folder, 'page')
  mkdirSync(data, { recursive: true })
  const world = await createBenchWorld(data)
  const product = startProduct(data, world.file)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const { url, apiUrl } = await product.ready
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    await page.goto(url)
    await page.waitForSelector('[data-testid="time-line"]')
    const origin = new URL(url).origin
    const ready = await measureReady(browser, context, origin)
    await page.addInitScript(watchTimeLine)
    const each: number[] = []
    for (let sale = 0; sale < sales; sale += 1)
      each.push(...(await measureSale(page, world, { origin, apiUrl, sale })))
    return [
      figureOf('page.ready.ms', 'ms', ready.cold),
      figureOf('page.ready.cached.ms', 'ms', ready.cached),
      { ...figureOf('callback.to.page.ms', 'ms', [quantile(each, 0.99)]), runs: each.length },
      { ...figureOf('callback.to.page.p50.ms', 'ms', [quantile(each, 0.5)]), runs: each.length },
    ]
  } finally {
    await browser.close()
    await product.end()
    await world.close()
  }
}

/** Runs in the page: notes when the time line first stands, and when the word for "delivered" appears in it once more. */
function watchTimeLine(): void {
  window.bench = { readyAt: null, delivered: [] }
  const look = () => {
    const now = performance.timeOrigin + performance.now()
    const line = document.querySelector('[data-testid="time-line"]')
    if (line === null) return
    window.bench.readyAt ??= now - performance.timeOrigin
    const count = (line.textContent.match(/Imefika|Delivered/g) ?? []).length
    while (window.bench.delivered.length < count) window.bench.delivered.push(now)
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
}

interface Ready {
  /** With nothing in the browser's cache. */
  readonly cold: number[]
  /** Opened once more in the same browser. */
  readonly cached: number[]
}

/** Milliseconds from the navigation's start to a counter with its sale. */
async function measureReady(browser: Browser, known: BrowserContext, origin: string): Promise<Ready> {
  const storageState = await known.storageState()
  const ready: Ready = { cold: [], cached: [] }
  for (let run = 0; run < readyRuns; run += 1) {
    const context = await browser.newContext({ storageState, viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    await page.addInitScript(watchTimeLine)
    for (const values of [ready.cold, ready.cached]) {
      await page.goto('about:blank')
      await page.goto(origin)
      await page.waitForSelector('[data-testid="time-line"]')
      values.push(z.number().parse(await page.evaluate(() => window.bench.readyAt)))
    }
    await context.close()
  }
  return ready
}

interface Place {
  readonly origin: string
  readonly apiUrl: string
  readonly sale: number
}

/** One sale with many messages on screen, delivered one after the other. @returns milliseconds of each */
async function measureSale(
  page: Page,
  world: BenchWorld,
  { origin, apiUrl, sale }: Place,
): Promise<number[]> {
  const post = async (path: string, key: string, body: unknown) => {
    const answer = await fetch(apiUrl + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`)
    return z.object({ id: z.string() }).parse(await answer.json())
  }
  const lines = [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 320_000 }]
  const { id } = await post('/sales', `sale-${sale}`, { lines })
  const sent = new Promise<void>((resolve) => {
    let count = 0
    world.onMessage(() => {
      count += 1
      if (count === messagesEach) resolve()
    })
  })
  for (let message = 0; message < messagesEach; message += 1) {
    const body = { to: '+255712345678', channel: 'sms', saleId: id, text: `Asante ${message}` }
    await post('/messages', `message-${sale}-${message}`, body)
  }
  await sent
  await page.goto('about:blank')
  await page.goto(`${origin}/#/sale/${id}`)
  await until(page, () => document.querySelectorAll('[data-testid="time-line"] li').length, messagesEach)
  const each: number[] = []
  for (let message = 0; message < messagesEach; message += 1) {
    await page.waitForTimeout(pauseMs)
    const from = performance.timeOrigin + performance.now()
    await world.report(`bench-${sale * messagesEach + message + 1}`)
    await until(page, () => window.bench.delivered.length, message + 1)
    const at = z.number().parse(await page.evaluate((index) => window.bench.delivered[index], message))
    each.push(at - from)
  }
  return each
}

const patienceMs = 30_000

/** Playwright's own waiting needs `eval`, which the page's policy rightly refuses. */
async function until(page: Page, count: () => number, wanted: number): Promise<void> {
  const from = performance.now()
  while (z.number().parse(await page.evaluate(count)) < wanted) {
    if (performance.now() - from > patienceMs) throw new Error(`the page did not come to ${wanted}`)
    await page.waitForTimeout(10)
  }
}
