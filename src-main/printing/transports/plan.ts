import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import {
  starAutomaticOff,
  starAutomaticOn,
  starCount,
  starCounterReset,
  starDocumentRequest,
} from './star.ts'
import { automaticOff, automaticOn, type PrinterReply, paperRequest, processIdRequest } from './status.ts'

type Match = (reply: PrinterReply) => boolean

/** How a job is confirmed. */
export interface Confirmation {
  /** Behind the job: asks for it. Empty where none can come. */
  readonly closing: readonly number[]
  readonly proof: Match
  /** Proves only that the printer took the job out of its buffer. */
  readonly weakProof: Match
}

/** What goes around a job on the wire, and what its printer must say for "printed". */
export interface Plan {
  /** Before the job; it holds the job's own reset, which would undo it. Puts nothing on the paper. */
  readonly opening: Uint8Array
  /** Bytes of the job that stand in the opening. */
  readonly headBytes: number
  /** What the opening asks for: the first that is heard says how the job is confirmed. */
  readonly offers: readonly { readonly heard: Match; readonly confirmation: Confirmation }[]
  /** Where nothing is offered or heard. */
  readonly otherwise: Confirmation
  /** After the end of it. */
  readonly after: readonly number[]
}

const none: Match = () => false
const isProcessed: Match = (reply) => reply.kind === 'processed'

/** `ESC @`, and `CAN` after it, which the Star encoder sends and which would reset the ETB counter. */
function headOf(job: Uint8Array): number {
  if (job[0] !== 0x1b || job[1] !== 0x40) return 0
  return job[2] === 0x18 ? 3 : 2
}

function counted(count: number): Match {
  return (reply) => reply.kind === 'condition' && reply.counted && reply.counter === count
}

const unconfirmed: Confirmation = { closing: [], proof: none, weakProof: none }

/** Two printable bytes, should a printer not know what they are for; CAN behind them throws them away. */
function starId(id: string): readonly [number, number] {
  const number = Number(id)
  return [0x21 + (number % 94), 0x21 + (Math.floor(number / 94) % 94)]
}

function document(step: 'asked' | 'printed', id: readonly [number, number]): Match {
  return (reply) =>
    reply.kind === 'document' && reply.step === step && reply.id[0] === id[0] && reply.id[1] === id[1]
}

/** By its document id, or, for printers that know none, by the ETB counter. */
function starPlan(job: Uint8Array, confirms: boolean, attempt: string): Plan {
  const headBytes = headOf(job)
  const head = job.subarray(0, headBytes)
  if (!confirms) {
    return { opening: Uint8Array.from(head), headBytes, offers: [], otherwise: unconfirmed, after: [] }
  }
  const id = starId(attempt)
  return {
    opening: Uint8Array.from([
      ...starDocumentRequest('asked', id),
      ...head,
      ...starAutomaticOn,
      ...starCounterReset,
      starCount,
    ]),
    headBytes,
    offers: [
      {
        heard: document('asked', id),
        confirmation: {
          closing: starDocumentRequest('printed', id),
          proof: document('printed', id),
          weakProof: none,
        },
      },
      {
        // The first count shows that no earlier job is waiting; only this job's own end can make it two.
        heard: counted(1),
        confirmation: { closing: [starCount], proof: counted(2), weakProof: none },
      },
    ],
    otherwise: unconfirmed,
    after: starAutomaticOff,
  }
}

function escposConfirmation(confirms: PrinterProfile['confirms'], id: string): Confirmation {
  if (confirms === 'processId') {
    return {
      closing: [...processIdRequest(id), ...paperRequest],
      proof: (reply) => reply.kind === 'processId' && reply.id === id,
      weakProof: isProcessed,
    }
  }
  if (confirms === 'paperQuery') return { closing: paperRequest, proof: isProcessed, weakProof: none }
  return unconfirmed
}

/**
 * @param answers the printer answered when it was asked how it is
 * @param twoWay an answer can come back at all
 * @param id four characters that name this attempt and no other of late
 */
export function planFor(
  job: Uint8Array,
  { language, confirms }: PrinterProfile,
  { answers, twoWay, id }: { readonly answers: boolean; readonly twoWay: boolean; readonly id: string },
): Plan {
  if (language === 'starprnt') return starPlan(job, twoWay && answers && confirms === 'starAsb', id)
  const headBytes = headOf(job)
  return {
    // A reset turns automatic status off again.
    opening: Uint8Array.from([...job.subarray(0, headBytes), ...(answers ? automaticOn : [])]),
    headBytes,
    offers: [],
    otherwise: escposConfirmation(twoWay ? confirms : 'none', id),
    after: answers ? automaticOff : [],
  }
}
