import type { Condition, PrinterReply } from './status.ts'

/** What a printer has said on one line. */
export interface Witness {
  hear(reply: PrinterReply): void
  /** Takes up how a printer said it is when it was asked. */
  note(condition: Condition): void
  /** From now on, replies of this kind prove the job. `weak` ones do only when nothing better comes. */
  expect(proof: (reply: PrinterReply) => boolean, weak: (reply: PrinterReply) => boolean): void
  /** Nobody is there to believe: what was heard was an echo. From now on nothing proves anything. */
  dismiss(): void
  /** Whether it has said anything at all that answers somebody. */
  spoke(): boolean
  proved(): boolean
  weaklyProved(): boolean
  /** What keeps the printer from printing, as far as it said. */
  reason(): Condition['reason']
  /** Whether anything kept it from printing since this was last called. */
  takeTrouble(): boolean
}

const never = () => false

/** @param told is told of each condition the printer reports */
export function createWitness(told: (condition: Condition) => void): Witness {
  let isProof: (reply: PrinterReply) => boolean = never
  let isWeak: (reply: PrinterReply) => boolean = never
  let strong = false
  let weak = false
  let last: Condition | null = null
  let troubled = false
  let spoke = false
  let dismissed = false
  const note = (condition: Condition) => {
    last = condition
    troubled ||= condition.reason !== null
    told(condition)
  }
  return {
    note,
    hear(reply) {
      if (dismissed) return
      spoke ||= reply.kind !== 'flow' && reply.kind !== 'unknown'
      strong ||= isProof(reply)
      weak ||= isWeak(reply)
      if (reply.kind === 'condition') note(reply.condition)
    },
    expect(proof, weakProof) {
      isProof = proof
      isWeak = weakProof
      strong = false
      weak = false
    },
    dismiss() {
      dismissed = true
      strong = false
      weak = false
      spoke = false
      last = null
    },
    spoke: () => spoke,
    proved: () => strong,
    weaklyProved: () => weak,
    reason: () => last?.reason ?? null,
    takeTrouble() {
      const was = troubled
      troubled = false
      return was
    },
  }
}
