import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../fixtures/chance.ts'
import { checkFile, databaseFile, hasSchema, type Remains, readMotion, takeRemains } from './data-file.ts'
import { createProducer, type Producer } from './producer.ts'
import { type Product, startProduct } from './product.ts'
import type { Profile } from './profiles.ts'
import { judge, type Verdict } from './referee.ts'
import { type CrashWorld, createCrashWorld, type Weather, type WorldPoint, worldPoints } from './world.ts'

export interface RoundOptions {
  /** The built server.js. */
  readonly script: string
  readonly kills: number
  readonly timeScale: number
  readonly weather: Weather
  readonly profile: Profile
  readonly chance: Chance
  /** Providers in use; left out: all. */
  readonly providers?: readonly string[]
  /** Judge after each kill, and end the round at the first fault found. */
  readonly stopAtFault?: boolean
  /** Told after each kill. */
  readonly onKill?: (done: number) => void
}

export interface RoundResult extends Verdict {
  readonly kills: number
  /** Kills by the moment they were aimed at. */
  readonly points: Readonly<Record<string, number>>
  /** What `integrity_check` and the receipt numbers said after a kill, where that was not "ok". */
  readonly damaged: readonly string[]
  readonly intents: number
  readonly acknowledged: number
  readonly refused: readonly string[]
  readonly breakdowns: readonly string[]
}

/** Where a run of the product ends. */
type Aim =
  | { readonly kind: 'starting' | 'working'; readonly afterMs: number }
  | {
      readonly kind: 'point'
      readonly point: WorldPoint | 'acknowledged'
      /** Which coming of it, from 1. */
      readonly coming: number
      readonly delayMs: number
    }

const startPatienceMs = 120_000
const drainPatienceMs = 90_000

/** What belongs to one round. */
interface Round extends RoundOptions {
  readonly dataFolder: string
  readonly scratch: string
  readonly world: CrashWorld
  readonly producer: Producer
}

/**
 * Kills the product `kills` times over one data folder and one world, lets it end its work in fair weather, and judges
 * its record by the world's ledger.
 * @throws Error when the product does not start, ends by itself, or does not end in order
 */
export async function runRound(options: RoundOptions): Promise<RoundResult> {
  const folder = mkdtempSync(join(tmpdir(), 'kaunta-crash-'))
  const world = await createCrashWorld(folder, options.timeScale, options.chance)
  const used = options.providers ?? [...world.channels]
  const channels = new Set(used.filter((one) => world.channels.has(one)))
  const producer = createProducer({ ...options, channels, world })
  const [dataFolder, scratch] = [join(folder, 'data'), join(folder, 'scratch')]
  try {
    const round = { ...options, dataFolder, scratch, world, producer }
    const hits = await killAll(round)
    if (options.stopAtFault !== true) await finish(round)
    const file = databaseFile(dataFolder)
    const verdict = checkFile(file)
    if (verdict !== 'ok') hits.damaged.push(`at the end: ${verdict}`)
    return {
      ...hits,
      ...judgeRound(file, world, producer),
      intents: producer.intents.length,
      acknowledged: producer.intents.filter((intent) => intent.acknowledged !== null).length,
      refused: producer.intents.flatMap(({ key, refused }) =>
        refused === null ? [] : [`${key}: ${refused}`],
      ),
      breakdowns: producer.breakdowns,
    }
  } finally {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function killAll(round: Round) {
  const { world, producer, dataFolder } = round
  const damaged: string[] = []
  const points: Record<string, number> = {}
  let look: Remains | null = null
  let kills = 0
  while (kills < round.kills) {
    await world.setWeather(round.weather)
    const product = startProduct({ ...round, world: world.file })
    // The copy of the last remains is examined while the next product starts.
    const verdict = look?.check() ?? 'ok'
    if (verdict !== 'ok') damaged.push(`after kill ${kills}: ${verdict}`)
    const aimed = await killOnce(product, world, round)
    points[aimed] = (points[aimed] ?? 0) + 1
    look = takeRemains(dataFolder, round.scratch)
    kills += 1
    round.onKill?.(kills)
    if (round.stopAtFault === true && look !== null && hasFault(look.file, world, producer)) break
  }
  return { kills, points, damaged }
}

function judgeRound(file: string, world: CrashWorld, producer: Producer): Verdict {
  return judge(file, {
    intents: producer.intents,
    contradictions: producer.contradictions,
    ledger: world.ledger(),
    answeredCallbacks: world.answeredCallbacks(),
    papers: world.papers(),
  })
}

function hasFault(file: string, world: CrashWorld, producer: Producer): boolean {
  // Nobody was served yet, or what they were told is gone with the tables.
  if (!hasSchema(file)) return producer.intents.some(({ acknowledged }) => acknowledged !== null)
  const { lost, duplicated } = judgeRound(file, world, producer)
  return lost.length + duplicated.length > 0
}

function drawAim(chance: Chance, { workMs, comings, points = worldPoints }: Profile): Aim {
  if (chance.hits(0.1)) return { kind: 'starting', afterMs: chance.upTo(300) }
  if (chance.hits(0.3)) return { kind: 'working', afterMs: chance.upTo(workMs) }
  // Half of the aimed kills come at the very moment, half while the product acts upon it.
  const delayMs = chance.hits(0.5) ? 0 : chance.upTo(4)
  const coming = 1 + Math.floor(chance.upTo(comings))
  return { kind: 'point', point: chance.pick([...points, 'acknowledged' as const]), coming, delayMs }
}

/** @returns the moment that the kill hit */
async function killOnce(
  product: Product,
  world: CrashWorld,
  { producer, chance, profile }: Round,
): Promise<string> {
  const aim = drawAim(chance, profile)
  if (aim.kind === 'starting') {
    await Promise.race([sleep(aim.afterMs), product.ended])
    product.kill()
    return confirmKilled(product, 'starting')
  }
  const line = await startedLine(product)
  world.connect()
  const over = new AbortController()
  let hit = 'working'
  const end = (moment: string) => {
    if (over.signal.aborted) return
    hit = moment
    product.kill()
    over.abort()
  }
  let first = true
  let comings = 0
  const reach = (point: WorldPoint | 'acknowledged') => {
    if (aim.kind === 'working' && point === 'acknowledged' && first) {
      first = false
      setTimeout(() => end('working'), aim.afterMs)
    }
    if (aim.kind !== 'point' || aim.point !== point) return
    comings += 1
    if (comings !== aim.coming) return
    if (aim.delayMs === 0) end(point)
    else setTimeout(() => end(point), aim.delayMs)
  }
  world.onPoint(reach)
  const timer = setTimeout(() => end('in vain'), profile.patienceMs)
  await Promise.all([producer.work(line, over.signal, () => reach('acknowledged')), product.ended])
  clearTimeout(timer)
  world.onPoint(() => {})
  return confirmKilled(product, hit)
}

async function startedLine(product: Product) {
  const line = await Promise.race([product.started, sleep(startPatienceMs, null, { ref: false })])
  if (line !== null) return line
  product.kill()
  const { code, errors } = await product.ended
  throw new Error(`the product did not start (exit code ${String(code)}): ${errors}`)
}

/** A product that ended by itself was not killed: that would be a fault of its own. */
async function confirmKilled(product: Product, hit: string): Promise<string> {
  const { code, signal, errors } = await product.ended
  if (signal !== 'SIGKILL') throw new Error(`the product ended by itself (${String(code)}): ${errors}`)
  return hit
}

/** The last run: fair weather, everything still owed goes out, and the product ends in order. */
async function finish(round: Round): Promise<void> {
  const { world, producer, dataFolder } = round
  await world.setWeather(null)
  const product = startProduct({ ...round, world: world.file })
  const line = await startedLine(product)
  world.connect()
  await producer.work(line, AbortSignal.timeout(drainPatienceMs), () => {})
  await settleDown(databaseFile(dataFolder))
  const { code, errors } = await product.end()
  if (code !== 0) throw new Error(`the product did not end in order (exit code ${String(code)}): ${errors}`)
}

/** Milliseconds without a change after which nothing more is expected; longer where the providers are still asked. */
const quietMs = { ended: 1_000, open: 14_000 } as const

/**
 * Returns when nothing moves any more, in the outbox and in what comes by itself; what ought to move and does not for
 * `drainPatienceMs` is stuck. How long all of it takes is the machine's affair.
 */
async function settleDown(file: string): Promise<void> {
  let before = readMotion(file)
  let since = performance.now()
  for (;;) {
    await sleep(250)
    const now = readMotion(file)
    const same =
      now.moving === before.moving && now.open === before.open && now.unreported === before.unreported
    if (!same) since = performance.now()
    before = now
    const ended = now.open > 0 ? quietMs.open : quietMs.ended
    if (performance.now() - since >= (now.moving > 0 ? drainPatienceMs : ended)) return
  }
}
