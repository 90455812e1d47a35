/** Bytes from the very first one that only an echo has in common with what was sent: no answer begins as a question does. */
const prefixBytes = 3
/** So many in a row, wherever they stand: more than the six that an answer of Star's repeats of its question. */
const runBytes = 8
/** Sent bytes that are remembered for it. */
const rememberedBytes = 4_096

/** Tells a line that sends everything back from a printer that answers. */
export interface EchoWatch {
  sent(bytes: Uint8Array): void
  /**
   * @returns what may be an answer: nothing while it may still turn out to be an echo, and nothing any more once it did
   */
  heard(bytes: Uint8Array): Uint8Array
  /** The line has sent back what was sent: nothing that ever came on it answers anything. */
  echoes(): boolean
}

export function createEchoWatch(): EchoWatch {
  let sent = Buffer.alloc(0)
  /** Received from the beginning on, as long as it equals what was sent from the beginning on. */
  let held: Buffer | null = Buffer.alloc(0)
  let recent = Buffer.alloc(0)
  let echoes = false

  const repeats = (bytes: Buffer): boolean => {
    for (let at = 0; at + runBytes <= bytes.length; at += 1)
      if (sent.includes(bytes.subarray(at, at + runBytes))) return true
    return false
  }

  return {
    sent(bytes) {
      const all = Buffer.concat([sent, bytes])
      sent = all.subarray(Math.max(0, all.length - rememberedBytes))
    },
    heard(bytes) {
      if (echoes) return new Uint8Array(0)
      recent = Buffer.concat([recent.subarray(-(runBytes - 1)), bytes])
      let answer: Buffer = Buffer.from(bytes)
      if (held !== null) {
        answer = Buffer.concat([held, bytes])
        const begins = answer.subarray(0, prefixBytes)
        if (sent.subarray(0, begins.length).equals(begins)) {
          held = answer
          echoes = answer.length >= prefixBytes
          return new Uint8Array(0)
        }
        held = null
      }
      echoes = repeats(recent)
      return echoes ? new Uint8Array(0) : answer
    },
    echoes: () => echoes,
  }
}
