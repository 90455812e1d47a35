import { searchWays } from '../../../src-preload/contract/printer-facts.ts'
import type { FoundPrinter } from '../../../src-preload/contract/printer-models.ts'
import type { Clock } from '../../ports.ts'
import { announcedSource } from './announced.ts'
import { deviceSource, serialSource, usbSource } from './cables.ts'
import { knock } from './knock.ts'
import { guessModel, type KnownModel } from './model-guess.ts'
import type { FindInput, Found } from './port.ts'
import { queueSource } from './queues.ts'
import { CannotLook, missedBy, type Source, type Surroundings } from './source.ts'

export { localSubnets } from './subnets.ts'

export interface FindOptions {
  readonly clock: Clock
  /** Models to recognise by their names. */
  readonly models: readonly KnownModel[]
  readonly signal?: AbortSignal | undefined
  /** Networks this machine stands in, e.g. `192.168.1.0/24`. */
  readonly ownSubnets: readonly string[]
  /** While practising: the only address that stands for the shop's network. */
  readonly practice?: { readonly host: string; readonly port: number } | null
  /** IPv4 address of the only interface to listen on for announcements; every one where it is left out. */
  readonly multicastInterface?: string | undefined
  /** Ports and queues of this machine; for tests. */
  readonly local?: readonly Source[]
}

/** Longest time for one source, ms; the knocking bounds itself below it. */
const sourceMs = 20_000

function knockSource(name: 'network' | 'practice', places: readonly string[], port: number): Source {
  return {
    name,
    places: name === 'network' ? places : [],
    async look(surroundings) {
      if (places.length === 0) throw new CannotLook('noNetwork', 'no private IPv4 network')
      const { open, cut } = await knock(places, port, surroundings)
      const found = open.map(
        (host): FoundPrinter => ({
          source: name,
          connection: { kind: 'network', host, port },
          name: `${host}:${port}`,
          model: null,
        }),
      )
      return { found, missed: cut === null ? null : { why: 'incomplete', detail: cut } }
    },
  }
}

/** A way that is not gone while practising, and says so. */
function leftAlone(name: Source['name']): Source {
  return { name, look: () => Promise.reject(new CannotLook('practising', 'practice mode')) }
}

function bounded<T>(clock: Clock, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new CannotLook('late', `no answer within ${sourceMs} ms`))
    const stop = clock.after(sourceMs, late)
    work.finally(stop).then(resolve, reject)
  })
}

async function ask(source: Source, surroundings: Surroundings): Promise<Found> {
  const { name: way, places = [] } = source
  const told = (found: FoundPrinter[], missed: Found['tried'][number]['missed']): Found => ({
    found,
    tried: [{ way, places: [...places], found: found.length, missed }],
  })
  try {
    const { found, missed } = await bounded(surroundings.clock, source.look(surroundings))
    return told(found, missed)
  } catch (error) {
    return told([], missedBy(error))
  }
}

/** The same connection found twice is one printer, under the first name. */
function withoutDoubles(printers: readonly FoundPrinter[]): FoundPrinter[] {
  const seen = new Map<string, FoundPrinter>()
  for (const printer of printers) {
    const key = JSON.stringify(printer.connection)
    if (!seen.has(key)) seen.set(key, printer)
  }
  return [...seen.values()]
}

/** The ways beyond this machine that a search is to go. */
function networkWays(input: FindInput, options: FindOptions): Source[] {
  const practising = options.practice != null
  const announced = practising
    ? leftAlone('announced')
    : announcedSource(input.port, options.multicastInterface)
  const knocked =
    input.subnet === undefined && practising
      ? leftAlone('network')
      : knockSource('network', input.subnet === undefined ? options.ownSubnets : [input.subnet], input.port)
  return [
    ...(input.network ? [announced] : []),
    ...(input.network || input.subnet !== undefined ? [knocked] : []),
  ]
}

/**
 * Looks for printers: at this machine's ports and queues, and as far as it was asked to beyond them, where not one byte
 * is sent. Each source fails alone, into its own line of `tried`. Never rejects.
 */
export async function findPrinters(input: FindInput, options: FindOptions): Promise<Found> {
  const { clock, models, signal, practice = null } = options
  const surroundings: Surroundings = { clock, signal, guess: (words) => guessModel(words, models) }
  const sources = [
    ...(practice === null ? [] : [knockSource('practice', [`${practice.host}/32`], practice.port)]),
    // Before what was knocked at, for announcements bring a name.
    ...networkWays(input, options),
    ...(options.local ?? [usbSource(), deviceSource(), queueSource(), serialSource()]),
  ]
  const answers = await Promise.all(sources.map((source) => ask(source, surroundings)))
  return {
    found: withoutDoubles(answers.flatMap((answer) => answer.found)),
    tried: answers
      .flatMap((answer) => answer.tried)
      .toSorted((one, other) => searchWays.indexOf(one.way) - searchWays.indexOf(other.way)),
  }
}
