import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { LedgerEntry } from '../../src-main/providers/simulation.ts'
import type { CallbackFault, ProviderFault } from '../../src-main/simulator/faults.ts'
import { createSimulatorHost } from '../../src-main/simulator/host.ts'
import { createVirtualPrinter } from '../../src-main/simulator/paper-tape.ts'
import { systemClock, systemRandomness } from '../../src-main/system-ports.ts'
import type { Chance } from '../fixtures/chance.ts'
import { createPrinterProxy, type LineFate } from '../fixtures/printer-proxy.ts'
import { createFaultProxy, type Fate, type Passage } from './fault-proxy.ts'
import { linkWhatsApp } from './link-whatsapp.ts'
import { type CrashNetwork, drawNetworks } from './networks.ts'
import { createPaperLedger } from './papers.ts'

/** Moments of the conversation between Kaunta and its providers at which a kill can be aimed. */
export const worldPoints = [
  'effect received',
  'effect accepted',
  'effect answered',
  'question received',
  'question answered',
  'callback sent',
  'callback answered',
  'paper begun',
  'paper answered',
] as const
export type WorldPoint = (typeof worldPoints)[number]

/** What happens to the requests of the round; each request draws its own fate. */
export interface Weather {
  readonly effect: (chance: Chance) => Fate
  readonly question: (chance: Chance) => Fate
  readonly provider: (chance: Chance) => ProviderFault
  readonly callback: (chance: Chance) => CallbackFault
  /** Each connection to the printer. */
  readonly paper: (chance: Chance) => LineFate
}

/** A simulated world that outlives the product, reached through a proxy that breaks things. */
export interface CrashWorld {
  /** For `--world`. */
  readonly file: string
  readonly apiKey: string
  readonly channels: ReadonlySet<string>
  readonly networks: readonly CrashNetwork[]
  /** A customer pays from the network's own menu; null when the wallet is short. */
  payByHand(
    provider: string,
    payment: { readonly phone: string; readonly amountMinor: number; readonly account: string },
  ): { readonly code: string } | null
  /** How often Kaunta answered each callback with 2xx, by the digest under which it keeps it. */
  answeredCallbacks(): ReadonlyMap<string, number>
  ledger(): readonly LedgerEntry[]
  /** The words of every receipt that came out whole, so far. */
  papers(): readonly string[]
  /** Draws the faults of the next run; null: fair weather. */
  setWeather(weather: Weather | null): Promise<void>
  /** Called at each point; replaced for each run. */
  onPoint(reached: (point: WorldPoint) => void): void
  /** Leads callbacks to the product that wrote its address last. */
  connect(): void
  close(): Promise<void>
}

const publicAddress = 'https://kaunta.practice.example'
/** Calls that do something in the world, of every provider; all others only ask. */
const effectPaths = [
  /\/messaging(?:\/bulk)?$/,
  /\/(?:sendMessage|sendFileByUpload)\//,
  /\/mpesa\/(?:stkpush\/v1\/processrequest|reversal\/v1\/request|b2c\/v3\/paymentrequest)$/,
  /\/(?:c2bPayment\/singleStage|b2cPayment|reversal)\/?$/,
  /2DM-(?:PushBillpay|ReverseTransaction)$|\/PRACTICE2Tigo$/,
  /\/merchant\/v\d\/payments\/?$|\/standard\/v\d\/(?:payments\/refund|disbursements)\/?$/,
]
const callbacksSchema = z.object({
  loopbackUrl: z.url(),
  paths: z.record(z.string(), z.string().nullable()),
})
const fair: Fate = { kind: 'pass' }
const fairLine: LineFate = { cutAfter: Number.POSITIVE_INFINITY, mute: false }
/** Resets the printer: the first bytes of every job, and of nothing else. */
const jobStart = Buffer.from([0x1b, 0x40])
/** As the practice shop is called: the heading of its receipts. */
const shopName = 'Mama Neema Duka'

/** @param folder where the world file is written */
export async function createCrashWorld(
  folder: string,
  timeScale: number,
  chance: Chance,
): Promise<CrashWorld> {
  const deps = { clock: systemClock(), random: systemRandomness() }
  const host = await createSimulatorHost({ ...deps, timeScale, autoAnswer: answerOf })
  for (const account of host.accounts())
    if (account.provider === 'green-api') await linkWhatsApp(host, account)
  const printer = await createVirtualPrinter({ clock: deps.clock, columns: 48 })
  const papers = createPaperLedger(printer, shopName)
  const apiKey = `kaunta_${deps.random.secret(32)}`
  const file = join(folder, 'world.json')
  let weather: Weather | null = null
  let reached: (point: WorldPoint) => void = () => {}
  let callbackTarget: string | null = null

  const answered = new Map<string, number>()

  const line = await createPrinterProxy({
    target: printer,
    fate: () => weather?.paper(chance) ?? fairLine,
    received(bytes) {
      if (Buffer.from(bytes).includes(jobStart)) reached('paper begun')
    },
    answered(bytes) {
      // A status has its fixed bits set; the answer to a completion request has not.
      if (bytes.some((byte) => (byte & 0x90) === 0)) reached('paper answered')
    },
    // Half a command stays in a printer until it is switched off and on, as the question after such a paper says.
    cut: () => void printer.powerCycle(),
  })
  const isEffect = ({ method, path }: Passage) =>
    method !== 'GET' && effectPaths.some((known) => known.test(path.split('?')[0] ?? ''))
  const tell = (passage: Passage, effect: WorldPoint, question: WorldPoint | null) => {
    const point = isEffect(passage) ? effect : question
    if (point !== null) reached(point)
  }
  const way = await createFaultProxy({
    target: () => host.url,
    fate: (passage) => (weather === null ? fair : weather[isEffect(passage) ? 'effect' : 'question'](chance)),
    received: (passage) => tell(passage, 'effect received', 'question received'),
    answered: (passage) => tell(passage, 'effect accepted', null),
    returned: (passage) => tell(passage, 'effect answered', 'question answered'),
  })
  const wayBack = await createFaultProxy({
    target: () => callbackTarget,
    fate: () => fair,
    received: () => reached('callback sent'),
    answered({ path, body }, status) {
      if (status < 200 || status > 299) return
      const digest = createHash('sha256').update(`${path}\n${body}`).digest('hex')
      answered.set(digest, (answered.get(digest) ?? 0) + 1)
    },
    returned: () => reached('callback answered'),
  })
  host.mapAddress(publicAddress, wayBack.url)
  const networks = drawNetworks(chance)
  const accounts = host.accounts().map((one) => ({
    ...one,
    baseUrl: `${way.url}/${one.provider}`,
    settings: { ...one.settings, ...countryOf(networks, one.provider) },
  }))
  writeFileSync(
    file,
    JSON.stringify({
      simulatorUrl: host.url,
      publicAddress,
      accounts,
      printerAddress: { host: line.host, port: line.port },
      apiKey,
    }),
  )

  return {
    file,
    apiKey,
    channels: new Set(accounts.map((one) => one.provider)),
    networks,
    payByHand: host.payByHand,
    answeredCallbacks: () => answered,
    ledger: host.ledger,
    papers: papers.whole,
    async setWeather(next) {
      weather = next
      await host.setFaults({
        callback: next?.callback(chance) ?? 'now',
        providers: Object.fromEntries(
          accounts.map(({ provider }) => [provider, next?.provider(chance) ?? 'none']),
        ),
      })
    },
    onPoint(next) {
      reached = next
    },
    connect() {
      const { loopbackUrl, paths } = callbacksSchema.parse(
        JSON.parse(readFileSync(`${file}.callbacks`, 'utf8')),
      )
      callbackTarget = loopbackUrl
      for (const [provider, path] of Object.entries(paths)) {
        host.setReportUrl(provider, path === null ? null : publicAddress + path)
      }
    },
    async close() {
      await Promise.all([way.close(), wayBack.close(), host.close(), line.close(), printer.close()])
    },
  }
}

/** The account of the one network that serves two countries says which. */
function countryOf(networks: readonly CrashNetwork[], provider: string): { readonly country?: string } {
  if (provider !== 'airtel-money') return {}
  const own = networks.find((one) => one.provider === provider)
  return { country: own?.currency === 'KES' ? 'KE' : 'TZ' }
}

/** Most customers pay; some refuse or mistype, so that every end of a payment is met. */
function answerOf(phone: string): { kind: 'pin'; pin: string } | { kind: 'cancel' } {
  if (phone.endsWith('8')) return { kind: 'pin', pin: '0000' }
  return phone.endsWith('9') ? { kind: 'cancel' } : { kind: 'pin', pin: '1234' }
}
