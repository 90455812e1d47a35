import type { Clock } from '../../ports.ts'
import type { Asked } from './ask.ts'
import type { PrinterLine } from './line.ts'
import type { Confirmation, Plan } from './plan.ts'
import type { PrintOutcome } from './port.ts'
import type { Witness } from './witness.ts'

/** Milliseconds, unless said otherwise. */
export interface Limits {
  readonly statusMs: number
  readonly idleMs: number
  readonly offlineMs: number
  /** For the first word of a printer that has said nothing before the job. */
  readonly muteMs: number
  /** For the proof, whatever the paper needs. */
  readonly proofMs: number
  /** Assumed slowest stretch of the line, bytes a second. */
  readonly bytesPerSecond: number
  /** Dots across the paper. */
  readonly dots: number
}

export interface Job {
  readonly line: PrinterLine
  readonly witness: Witness
  readonly ask: () => Promise<Asked>
  readonly plan: Plan
  readonly limits: Limits
  readonly clock: Clock
}

/** Small enough that a slow serial bridge takes one within the idle time. */
const pieceBytes = 1_024
/** 100 mm of paper a second at 8 dots a mm. */
const dotsPerSecond = 800
/** Dots of feed before the knife, and of one line of text. */
const feedDots = 600
const lineDots = 30

/** Milliseconds that a job may need from its first byte to its last line, estimated on the high side (facts §6). */
export function paperTimeMs(job: Uint8Array, limits: Pick<Limits, 'bytesPerSecond' | 'dots'>): number {
  const lines = job.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0)
  const dots = feedDots + lines * lineDots + job.length / (limits.dots / 8)
  return Math.ceil((job.length / limits.bytesPerSecond + dots / dotsPerSecond) * 1000)
}

/** Waits until so many bytes were taken; longer while the printer says that it needs a person. */
async function taken({ line, witness, limits, clock }: Job, handed: number): Promise<string | null> {
  const until = clock.monotonic() + limits.offlineMs
  while (line.accepted() < handed) {
    const event = await line.next(() => line.accepted() >= handed, limits.idleMs)
    if (event?.kind === 'lost') return event.detail
    if (event === null && (witness.reason() === null || clock.monotonic() >= until)) {
      const why = witness.reason()
      return `the printer took no more bytes for ${limits.idleMs} ms${why === null ? '' : `: ${why}`}`
    }
  }
  return null
}

/** Hands over bytes piece by piece; null when all of them were taken, else what went wrong. */
async function handOver(job: Job, bytes: Uint8Array): Promise<string | null> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const stuck = await taken(job, job.line.send(bytes.subarray(at, at + pieceBytes)))
    if (stuck !== null) return stuck
  }
  return null
}

/** What is known when a wait for the proof has ended without it: done (null), hopeless (why), or worth another wait. */
async function takeStock(
  job: Job,
  until: number,
): Promise<string | null | { readonly waitMs: number | 'paper' }> {
  const { witness, limits, clock } = job
  const wasTroubled = witness.takeTrouble()
  const asked = await job.ask()
  if (witness.proved()) return null
  if (asked.kind === 'lost') return asked.detail
  if (asked.kind === 'mute') return 'the printer does not report'
  const { reason } = asked.condition
  const late = clock.monotonic() >= until
  if (reason !== null) return late ? `${reason}, ${asked.text}` : { waitMs: limits.idleMs }
  // It took all of the job, says that it is well, and had its time: it knows no process ids.
  if (witness.weaklyProved()) return null
  return wasTroubled && !late ? { waitMs: 'paper' } : `no completion, ${asked.text}`
}

/** Null when the printer has said anything yet: who was only slow to answer can still tell of the paper. */
async function awaitWord({ line, witness, limits }: Job): Promise<string | null> {
  if (witness.spoke()) return null
  const event = limits.muteMs > 0 ? await line.next(() => witness.spoke(), limits.muteMs) : null
  if (event?.kind === 'lost') return event.detail
  return event === null ? 'the printer does not report' : null
}

/** Waits for the proof, longer while the printer needs a person. Null when it came. */
async function awaitProof(job: Job, bytes: Uint8Array): Promise<string | null> {
  const { line, witness, limits, clock } = job
  const mute = await awaitWord(job)
  if (mute !== null) return mute
  const paperMs = Math.min(limits.proofMs, paperTimeMs(bytes, limits) + limits.idleMs)
  const until = clock.monotonic() + Math.min(limits.proofMs, limits.offlineMs)
  let waitMs = paperMs
  for (;;) {
    if (witness.proved()) return null
    const event = await line.next(() => witness.proved(), waitMs)
    if (event?.kind === 'lost') return event.detail
    if (event !== null) return null
    const stock = await takeStock(job, until)
    if (stock === null || typeof stock === 'string') return stock
    waitMs = stock.waitMs === 'paper' ? paperMs : stock.waitMs
  }
}

/** Sends the opening; answers how the job will be confirmed, or why it cannot go on. */
async function openJob(job: Job): Promise<Confirmation | string> {
  const { plan, witness, line, limits } = job
  let met: Confirmation | null = null
  witness.expect(
    (reply) => {
      met ??= plan.offers.find((offer) => offer.heard(reply))?.confirmation ?? null
      return met !== null
    },
    () => false,
  )
  const stuck = await handOver(job, plan.opening)
  if (stuck !== null) return stuck
  if (plan.offers.length > 0 && !witness.proved()) {
    const event = await line.next(() => witness.proved(), limits.idleMs)
    if (event?.kind === 'lost') return event.detail
  }
  return met ?? plan.otherwise
}

function whyUnproved({ line, plan }: Job): string {
  if (!line.twoWay) return 'sent; this connection cannot hear the printer'
  return plan.offers.length === 0
    ? 'sent; this printer does not say when it has printed'
    : 'sent; this printer does not count what it has printed'
}

/** Sends a job to a printer that was asked before. From its first byte on, only the printer's word makes it printed. */
export async function sendJob(job: Job, bytes: Uint8Array): Promise<PrintOutcome> {
  const { line, witness, plan } = job
  const before = line.accepted()
  const extra = plan.opening.length - plan.headBytes
  const unknown = (detail: string): PrintOutcome => ({
    kind: 'unknown',
    detail,
    bytesAccepted: Math.max(0, Math.min(bytes.length, line.accepted() - before - extra)),
  })
  const confirmation = await openJob(job)
  if (typeof confirmation === 'string') return unknown(confirmation)
  const { closing, proof, weakProof } = confirmation
  const rest = Buffer.concat([bytes.subarray(plan.headBytes), Uint8Array.from(closing)])
  const last = Math.max(0, Math.floor((rest.length - 1) / pieceBytes) * pieceBytes)
  const stuck = await handOver(job, rest.subarray(0, last))
  if (stuck !== null) return unknown(stuck)
  // Only an answer that comes after the last piece left can belong to this job.
  witness.expect(proof, weakProof)
  const stuckAtEnd = await handOver(job, rest.subarray(last))
  if (stuckAtEnd !== null && !witness.proved()) return unknown(stuckAtEnd)
  const missing = closing.length === 0 ? whyUnproved(job) : await awaitProof(job, bytes)
  const outcome: PrintOutcome = missing === null ? { kind: 'printed' } : unknown(missing)
  if (plan.after.length > 0) line.send(Uint8Array.from(plan.after))
  return outcome
}
