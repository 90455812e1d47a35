import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import { type RunningServer, startLiveServer, startServer } from '../fixtures/server.ts'
import { type Control, takeControl } from './control.ts'
import { countingKeyboard, type Keyboard } from './keyboard.ts'
import { letBrowserIn } from './let-in.ts'
import { Counter } from './pages/counter.ts'
import { PaymentsScreen } from './pages/payments.ts'
import { PinGate } from './pages/pin-gate.ts'
import { PracticeSide } from './pages/practice.ts'
import { type Words, wordsOf } from './words.ts'

export interface Options {
  readonly language: Language
  readonly theme: 'light' | 'dark'
  /** How much faster than life the simulated networks are; a person must still find time to type a PIN. */
  readonly timeScale: number
  /** Where the shop is, and with it the money it takes. */
  readonly country: Shop['country']
}

const shopIn = {
  KE: { country: 'KE', currency: 'KES', zone: 'Africa/Nairobi' },
  TZ: { country: 'TZ', currency: 'TZS', zone: 'Africa/Dar_es_Salaam' },
} as const satisfies Record<Shop['country'], Partial<Shop>>

/** What the browser refused because of the page's own policy, as "directive what". */
export type Violations = string[]

/** A shop's own Kaunta, started for the first time: in live mode, with nothing set up. */
interface Live {
  readonly origin: string
  readonly control: Control
}

interface Fixtures {
  /** In place of `server` and `counter`: live mode, its first screen open in the browser. */
  readonly live: Live
  readonly folder: string
  readonly server: RunningServer
  readonly control: Control
  readonly words: Words
  readonly keys: Keyboard
  readonly violations: Violations
  /** The counter of a shop in practice mode, open and connected. */
  readonly counter: Counter
  readonly practice: PracticeSide
  readonly payments: PaymentsScreen
  readonly gate: PinGate
}

/** Hears every violation on every page and frame of this browser, from before its first script. */
export async function hearViolations(context: BrowserContext): Promise<Violations> {
  const heard: Violations = []
  await context.exposeBinding('kauntaViolation', (_, what: string) => void heard.push(what))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(window, 'kauntaViolation')
      if (typeof report === 'function')
        report(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  return heard
}

/** Changes some of the shop's settings, behind the screen. */
export async function changeShop({ client }: Control, part: Partial<Shop>): Promise<void> {
  await client.settings.save({ ...(await client.settings.get()), ...part })
}

/** Errors that no one caught in the page. */
function hearErrors(page: Page): readonly string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return errors
}

export const test = base.extend<Options & Fixtures>({
  language: ['sw', { option: true }],
  theme: ['light', { option: true }],
  timeScale: [4, { option: true }],
  country: ['KE', { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'kaunta-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  server: async ({ folder, timeScale }, use) => {
    const server = await startServer(folder, '--time-scale', String(timeScale))
    await use(server)
    await server.stop()
  },
  control: async ({ server, language, theme, country }, use) => {
    const control = await takeControl(server)
    await changeShop(control, { language, theme, ...shopIn[country] })
    await use(control)
    control.close()
  },
  words: async ({ language }, use) => use(wordsOf(language)),
  keys: async ({ page }, use) => use(countingKeyboard(page)),
  violations: async ({ context }, use) => {
    const heard = await hearViolations(context)
    await use(heard)
    expect(heard, 'the page broke its own content security policy').toEqual([])
  },
  counter: async ({ page, context, server, control, words, keys, violations }, use) => {
    const errors = hearErrors(page)
    await letBrowserIn(context, server.origin, control)
    await page.goto(server.url)
    const counter = new Counter(page, words, keys)
    await counter.isOpen()
    await use(counter)
    expect(errors, 'the page threw').toEqual([])
    expect(violations).toEqual([])
  },
  live: async ({ folder, context, page }, use) => {
    const server = await startLiveServer(folder)
    const control = await takeControl(server)
    await letBrowserIn(context, server.origin, control)
    await page.goto(server.url)
    await use({ origin: server.origin, control })
    control.close()
    await server.stop()
  },
  practice: async ({ page, words, keys }, use) => use(new PracticeSide(page, words, keys)),
  payments: async ({ page, words, keys }, use) => use(new PaymentsScreen(page, words, keys)),
  gate: async ({ page, words, keys }, use) => use(new PinGate(page, words, keys)),
})

export { expect }
