import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import { starAutomaticOff, starAutomaticOn, starCount, starCounterReset } from './star.ts'
import { automaticOff, automaticOn, type PrinterReply, paperRequest, processIdRequest } from './status.ts'

type Match = (reply: PrinterReply) => boolean

/** What goes around a job on the wire, and what its printer must say for "printed". */
export interface Plan {
  /** Before the job; it holds the job's own reset, which would undo it. Puts nothing on the paper. */
  readonly opening: Uint8Array
  /** Bytes of the job that stand in the opening. */
  readonly headBytes: number
  /** What must be heard before the job's remainder may count on being confirmed; null: nothing. */
  readonly opened: Match | null
  /** After the job: asks for its confirmation. Empty where none can come. */
  readonly closing: readonly number[]
  readonly proof: Match
  /** Proves only that the printer took the job out of its buffer. */
  readonly weakProof: Match
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

function starPlan(job: Uint8Array, confirms: boolean): Plan {
  const headBytes = headOf(job)
  // The first count shows that nothing of an earlier job is waiting; only the job's own end can make it two.
  const opening = [...starAutomaticOn, ...starCounterReset, starCount]
  return {
    opening: Uint8Array.from([...job.subarray(0, headBytes), ...(confirms ? opening : [])]),
    headBytes,
    opened: confirms ? counted(1) : null,
    closing: confirms ? [starCount] : [],
    proof: confirms ? counted(2) : none,
    weakProof: none,
    after: confirms ? starAutomaticOff : [],
  }
}

function escposClosing(
  confirms: PrinterProfile['confirms'],
  id: string,
): Pick<Plan, 'closing' | 'proof' | 'weakProof'> {
  if (confirms === 'processId') {
    return {
      closing: [...processIdRequest(id), ...paperRequest],
      proof: (reply) => reply.kind === 'processId' && reply.id === id,
      weakProof: isProcessed,
    }
  }
  if (confirms === 'paperQuery') return { closing: paperRequest, proof: isProcessed, weakProof: none }
  return { closing: [], proof: none, weakProof: none }
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
  if (language === 'starprnt') return starPlan(job, twoWay && answers && confirms === 'starAsb')
  const headBytes = headOf(job)
  return {
    // A reset turns automatic status off again.
    opening: Uint8Array.from([...job.subarray(0, headBytes), ...(answers ? automaticOn : [])]),
    headBytes,
    opened: null,
    ...escposClosing(twoWay ? confirms : 'none', id),
    after: answers ? automaticOff : [],
  }
}
