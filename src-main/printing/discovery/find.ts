import type { FoundPrinter } from '../../../src-preload/contract/printer-models.ts'
import type { Clock } from '../../ports.ts'
import { describe } from '../transports/line.ts'
import { announcedSource } from './announced.ts'
import { deviceSource, serialSource, usbSource } from './cables.ts'
import { knock } from './knock.ts'
import { guessModel, type KnownModel } from './model-guess.ts'
import type { FindInput, Found } from './port.ts'
import { queueSource } from './queues.ts'
import type { Source, Surroundings } from './source.ts'

export { localSubnets } from './subnets.ts'

export interface FindOptions {
  readonly clock: Clock
  /** Models to recognise by their names. */
  readonly models: readonly KnownModel[]
  readonly signal?: AbortSignal | undefined
  /** IPv4 address of the only interface to listen on for announcements; every one where it is left out. */
  readonly multicastInterface?: string | undefined
  /** Ports and queues of this machine; for tests. */
  readonly local?: readonly Source[]
}

/** Longest time for one source, ms; the knocking bounds itself below it. */
const sourceMs = 20_000

function knockSource(subnet: string, port: number): Source {
  return {
    name: 'network',
    async look(surroundings) {
      const { open, cut } = await knock(subnet, port, surroundings)
      const found = open.map(
        (host): FoundPrinter => ({
          source: 'network',
          connection: { kind: 'network', host, port },
          name: `${host}:${port}`,
          model: null,
        }),
      )
      return { found, missed: cut }
    },
  }
}

function bounded<T>(clock: Clock, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(sourceMs, () => reject(new Error(`no answer within ${sourceMs} ms`)))
    work.finally(stop).then(resolve, reject)
  })
}

async function ask(source: Source, surroundings: Surroundings): Promise<Found> {
  try {
    const { found, missed } = await bounded(surroundings.clock, source.look(surroundings))
    return { found, missed: missed === null ? [] : [{ source: source.name, detail: missed }] }
  } catch (error) {
    return { found: [], missed: [{ source: source.name, detail: describe(error) }] }
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

/**
 * Looks for printers: at this machine's ports and queues, by announcement and, where a subnet is given, by a connection
 * to each of its addresses, over which not one byte is sent. Each source fails alone, into `missed`. Never rejects.
 */
export async function findPrinters(input: FindInput, options: FindOptions): Promise<Found> {
  const { clock, models, signal } = options
  const surroundings: Surroundings = { clock, signal, guess: (words) => guessModel(words, models) }
  const local = options.local ?? [usbSource(), deviceSource(), serialSource(), queueSource()]
  const sources = [
    // First, for announcements bring a name.
    ...(input.announced ? [announcedSource(input.port, options.multicastInterface)] : []),
    ...(input.subnet === undefined ? [] : [knockSource(input.subnet, input.port)]),
    ...local,
  ]
  const answers = await Promise.all(sources.map((source) => ask(source, surroundings)))
  return {
    found: withoutDoubles(answers.flatMap((answer) => answer.found)),
    missed: answers.flatMap((answer) => answer.missed),
  }
}
