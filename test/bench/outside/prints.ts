import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { findChromium } from '../../../.tasks/chromium.mjs'
import { createSimulatorHost, type SimulatorHost } from '../../../src-main/simulator/host.ts'
import { createVirtualPrinter } from '../../../src-main/simulator/paper-tape.ts'
import { systemClock, systemRandomness } from '../../../src-main/system-ports.ts'
import { createPrinterProxy } from '../../fixtures/printer-proxy.ts'
import { type Figure, figureOf, quantile } from '../figures.ts'
import { deadPrinter, writeHostWorld } from './host-world.ts'
import { startProduct } from './product.ts'

const presses = 40
const deadReceipts = 200
const sales = 200
/** Between two requests, so that the REST door's limit of 50 a second is kept, ms. */
const paceMs = 25
/** Seconds over which the idle product's processor time is read, with a dead printer's queue behind it. */
const idleSeconds = 20
/** `sysconf(_SC_CLK_TCK)` on every Linux that Node runs on. */
const ticksPerSecond = 100
/** Resets the printer: the first bytes of every job, and of nothing else. */
const jobStart = Buffer.from([0x1b, 0x40])

declare global {
  interface Window {
    pressedAt: number
  }
}

/** From the key to the first byte of the paper at the printer; and what 200 papers for a dead printer cost. */
export async function measurePrints(folder: string): Promise<readonly Figure[]> {
  const host = await createSimulatorHost({ clock: systemClock(), random: systemRandomness() })
  try {
    return [...(await measureKey(join(folder, 'key'), host)), ...(await measureDead(folder, host))]
  } finally {
    await host.close()
  }
}

async function measureKey(folder: string, host: SimulatorHost): Promise<Figure[]> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: set CHROMIUM_PATH')
  mkdirSync(folder, { recursive: true })
  const printer = await createVirtualPrinter({ clock: systemClock(), columns: 48 })
  let arrived: (at: number) => void = () => {}
  const line = await createPrinterProxy({
    target: printer,
    fate: () => ({ cutAfter: Number.POSITIVE_INFINITY, mute: false }),
    received(bytes) {
      if (Buffer.from(bytes).includes(jobStart)) arrived(performance.timeOrigin + performance.now())
    },
  })
  const product = startProduct(folder, writeHostWorld(folder, host, line))
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const { url } = await product.ready
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.addInitScript(() => {
      window.addEventListener(
        'keydown',
        (event) => {
          window.pressedAt = performance.timeOrigin + event.timeStamp
        },
        { capture: true },
      )
    })
    await page.goto(url)
    await page.waitForSelector('[data-testid="time-line"]')
    const values: number[] = []
    for (let press = 0; press < presses; press += 1) {
      await page.locator('input[name="item"]').focus()
      await page.keyboard.type('Sukari 3200')
      await page.keyboard.press('Enter')
      await sleep(150)
      values.push(await pressAndWait(page, (tell) => (arrived = tell)))
      await page.keyboard.press('Control+Enter')
      await sleep(400)
    }
    // The first press pays for code that was never run.
    const steady = values.slice(1)
    return [
      { ...figureOf('print.key.to.byte.p99.ms', 'ms', [quantile(steady, 0.99)]), runs: steady.length },
      { ...figureOf('print.key.to.byte.p50.ms', 'ms', [quantile(steady, 0.5)]), runs: steady.length },
    ]
  } finally {
    await browser.close()
    await product.end()
    await Promise.all([line.close(), printer.close()])
  }
}

/** @returns milliseconds from the key going down in the page to the first byte of the job */
async function pressAndWait(page: Page, listen: (tell: (at: number) => void) => void): Promise<number> {
  const first = new Promise<number>((resolve) => listen(resolve))
  await page.keyboard.press('F8')
  const at = await first
  return at - z.number().parse(await page.evaluate(() => window.pressedAt))
}

async function measureDead(folder: string, host: SimulatorHost): Promise<Figure[]> {
  const data = join(folder, 'dead')
  mkdirSync(data, { recursive: true })
  const product = startProduct(data, writeHostWorld(data, host, deadPrinter))
  try {
    const { apiUrl, apiKey } = await product.ready
    const post = async (path: string, key: string, body: unknown) => {
      const answer = await fetch(apiUrl + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return z.object({ id: z.string() }).parse(await answer.json())
    }
    const sell = (key: string) =>
      post('/sales', key, { lines: [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 320_000 }] })
    const timed = async (name: string) => {
      const each: number[] = []
      for (let sale = 0; sale < sales; sale += 1) {
        const from = performance.now()
        await sell(`${name}-${sale}`)
        each.push(performance.now() - from)
        await sleep(paceMs)
      }
      return quantile(each, 0.5)
    }
    await timed('warm')
    const without = await timed('without')
    for (let receipt = 0; receipt < deadReceipts; receipt += 1) {
      const { id } = await sell(`queued-${receipt}`)
      await post(`/sales/${id}/print`, `print-${receipt}`, {})
      await sleep(2 * paceMs)
    }
    const withQueue = await timed('with')
    const before = cpuTicks(product.pid)
    await sleep(idleSeconds * 1_000)
    const busy = (cpuTicks(product.pid) - before) / ticksPerSecond / idleSeconds
    return [
      figureOf('print.dead.cost.ms', 'ms', [withQueue - without]),
      figureOf('print.dead.cpu.percent', '%', [100 * busy]),
    ]
  } finally {
    await product.end()
  }
}

/** User and system time of a process, in clock ticks (proc(5): fields 14 and 15, after the name in brackets). */
function cpuTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}
