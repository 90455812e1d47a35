import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../fixtures/chance.ts'
import { createCommands } from './commands.ts'
import { openDoors } from './doors.ts'
import type { Command, Intent, Said } from './intent.ts'
import type { StartLine } from './product.ts'
import type { Profile } from './profiles.ts'
import type { CrashWorld } from './world.ts'

export interface Producer {
  readonly intents: readonly Intent[]
  /** Repeated requests that were answered with another thing than the first time. */
  readonly contradictions: readonly string[]
  /** Answers of 500 and above, which no input deserves. */
  readonly breakdowns: readonly string[]
  /** Asks for things until `stop` or until this run's share is done. @param acknowledged called when a yes was read */
  work(line: StartLine, stop: AbortSignal, acknowledged: () => void): Promise<void>
}

export interface ProducerDeps {
  /** Providers in use. */
  readonly channels: ReadonlySet<string>
  readonly profile: Profile
  readonly world: Pick<CrashWorld, 'networks' | 'payByHand'>
  readonly chance: Chance
}

const tillCount = 3
/** Milliseconds before a thing that Kaunta was not ready for is asked for again. */
const laterMs = 15

/** A shop that never gives up: it remembers what it asked for over every crash of Kaunta. */
export function createProducer({ channels, profile, world, chance }: ProducerDeps): Producer {
  const intents: Intent[] = []
  const waiting: Intent[] = []
  /** What Kaunta was not ready for: asked again when nothing else is to be done. */
  const postponed: Intent[] = []
  const contradictions: string[] = []
  const breakdowns: string[] = []

  const add = (command: Command): void => {
    const key = `${command.kind}-${intents.length}`
    const intent = { key, kind: command.kind, command, asked: 0, acknowledged: null, refused: null }
    intents.push(intent)
    waiting.push(intent)
  }
  const addSale = createCommands({
    channels,
    networks: world.networks.filter(({ provider }) => channels.has(provider)),
    profile,
    chance,
    payByHand: world.payByHand,
    add,
    count: () => intents.length,
  })

  const settle = (intent: Intent, said: Said): void => {
    const known = intent.acknowledged
    if (said.is === 'yes') {
      if (known !== null && known !== said.id) contradictions.push(`${intent.key}: ${known}, then ${said.id}`)
      intent.acknowledged = said.id
      if (known === null) intent.command.follow?.(said)
    } else if (said.is === 'broken') breakdowns.push(`${intent.key}: ${said.why}`)
    else if (said.is === 'no') {
      if (known === null) intent.refused = said.why
      else contradictions.push(`${intent.key}: ${said.why}`)
    }
  }

  const next = (budget: { sales: number }): Intent | undefined => {
    const known = intents[Math.floor(chance.upTo(intents.length))]
    const repeated = known !== undefined && known.acknowledged !== null && known.command.again === 'always'
    if (repeated && chance.hits(0.1)) return known
    if (waiting.length === 0 && budget.sales > 0) {
      budget.sales -= 1
      addSale()
    }
    return waiting.shift() ?? postponed.shift()
  }

  /** Must it be asked for again? */
  const isOpen = ({ acknowledged, refused }: Intent): boolean => acknowledged === null && refused === null

  return {
    intents,
    contradictions,
    breakdowns,
    async work(line, stop, acknowledged) {
      const budget = { sales: profile.salesPerRun }
      const doors = openDoors(line, stop)
      const till = async () => {
        while (!stop.aborted) {
          const intent = next(budget)
          if (intent === undefined) return
          let said: Said | null = null
          try {
            intent.asked += 1
            said = await intent.command.ask(doors, intent.key)
            settle(intent, said)
            if (said.is === 'yes') acknowledged()
          } catch {
            // No answer was read: the product died, or is dying. The next run is asked again.
            await sleep(1)
          }
          const postpone = said?.is === 'later' || said?.is === 'broken'
          if (isOpen(intent)) (postpone ? postponed : waiting).push(intent)
          if (postpone) await sleep(laterMs)
        }
      }
      await Promise.all(Array.from({ length: tillCount }, till))
      doors.close()
    },
  }
}
