/** What a printer of the tests answers; whatever is left out is not answered. */
export interface Script {
  /** `DLE EOT n`: n, and how many such questions were asked so far. */
  status?(question: number, asked: number): number | null
  /** `GS r 1`. */
  paper?(say: Say): void
  /** `GS ( H` function 48. */
  processId?(id: string, say: Say): void
  /** `GS a n`. */
  automatic?(mask: number, say: Say): void
  /** Star: `ESC ACK SOH`, `ESC RS a 1`, and ETB with the counter it has reached. */
  /** Star's `ESC GS ETX` 0 or 1 with a document's id. */
  document?(step: number, id: readonly number[], say: Say): void
  star?(cause: 'asked' | 'on' | 'counted', counter: number, say: Say): void
}

export type Say = (...bytes: number[]) => void

/** A printer for tests that finds the commands of the transports anywhere in what it is sent. */
export interface ScriptedPrinter {
  take(bytes: Uint8Array): void
  /** Everything that came, questions included. */
  received(): Uint8Array
}

/** `37 22 d1 d2 d3 d4 00`. */
export function processIdAnswer(id: string): number[] {
  return [0x37, 0x22, ...Buffer.from(id), 0x00]
}

/** Star's automatic status, version 3: nine bytes. */
export function starFrame({ printer = 0, error = 0, paper = 0, counter = 0, counted = false }): number[] {
  const spread = ((counter & 0x07) << 1) | ((counter & 0x18) << 2)
  return [0x23, 0x06, printer | (counted ? 0x02 : 0), error, 0, paper, 0, spread, 0]
}

export function createScriptedPrinter(script: Script, say: Say): ScriptedPrinter {
  const all: number[] = []
  let asked = 0
  let counter = 0
  const endsWith = (...wanted: (number | null)[]) =>
    all.length >= wanted.length &&
    wanted.every((byte, at) => byte === null || all[all.length - wanted.length + at] === byte)
  const epson = (byte: number) => {
    if (endsWith(0x10, 0x04, null)) {
      asked += 1
      const answer = script.status?.(byte, asked) ?? null
      if (answer !== null) say(answer)
    } else if (endsWith(0x1d, 0x72, 0x01)) script.paper?.(say)
    else if (endsWith(0x1d, 0x61, null)) script.automatic?.(byte, say)
    else if (endsWith(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, null, null, null, null)) {
      script.processId?.(String.fromCharCode(...all.slice(-4)), say)
    }
  }
  const star = () => {
    if (endsWith(0x1b, 0x06, 0x01)) script.star?.('asked', counter, say)
    else if (endsWith(0x1b, 0x1e, 0x61, 0x01)) script.star?.('on', counter, say)
    else if (endsWith(0x1b, 0x1e, 0x45, 0x00) || endsWith(0x18)) counter = 0
    else if (endsWith(0x1b, 0x1d, 0x03, null, null, null))
      script.document?.(all.at(-3) ?? 0, all.slice(-2), say)
    else if (endsWith(0x17)) {
      counter += 1
      script.star?.('counted', counter, say)
    }
  }
  return {
    take(bytes) {
      for (const byte of bytes) {
        all.push(byte)
        epson(byte)
        star()
      }
    },
    received: () => Uint8Array.from(all),
  }
}
