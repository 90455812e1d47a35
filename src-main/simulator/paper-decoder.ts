import type { PaperItem } from '../../src-preload/contract/paper.ts'
import { escPosTables, starTables } from './paper/code-tables.ts'
import { escPos } from './paper/escpos.ts'
import type { StoredPictures } from './paper/language.ts'
import { createPaperLine } from './paper/line.ts'
import { starPrnt } from './paper/starprnt.ts'
import { type MechanismState, soundMechanism } from './paper/status.ts'

/** What the decoder gives: paper, and answers that belong at this place of the stream. */
export interface PaperDecoderOutput {
  item(item: PaperItem): void
  answer(bytes: Uint8Array): void
  /** How the mechanism is, for what asks; absent: nothing is wrong. */
  state?(): MechanismState
}

export interface PaperDecoderOptions {
  readonly language?: 'escpos' | 'starprnt'
  /** Pictures that stay when the printer is switched off. */
  readonly stored?: StoredPictures
}

export interface PaperDecoder {
  push(byte: number): void
  /** A byte as it arrives, before those that wait ahead of it: questions that are answered at once. */
  arrived(byte: number): void
  /** The mechanism changed. */
  changed(): void
  /** What there is of a command that has not come whole. */
  pending(): readonly number[]
  /** Whoever spoke is gone inside a command: what there was of it is shown as unreadable and forgotten. */
  abandon(): void
}

/** The start of what was not understood, in hexadecimal. */
export function unreadable(bytes: readonly number[]): PaperItem {
  return { kind: 'unreadable', bytes: Buffer.from(bytes.slice(0, 64)).toString('hex') }
}

/**
 * Reads a printer's language byte by byte as a printer does, so that it does not matter how the stream is cut into
 * packets. Written from the printer makers' command lists, not from the encoder, which it is there to check.
 * @param widthDots printable dots across the paper
 */
export function createPaperDecoder(
  widthDots: number,
  output: PaperDecoderOutput,
  options: PaperDecoderOptions = {},
): PaperDecoder {
  const star = options.language === 'starprnt'
  const line = createPaperLine(widthDots, star ? starTables : escPosTables, (item) => output.item(item))
  const heard = {
    item: (item: PaperItem) => output.item(item),
    answer: (bytes: Uint8Array) => output.answer(bytes),
    state: () => output.state?.() ?? soundMechanism,
  }
  const language = star ? starPrnt(line, heard) : escPos(line, heard, options.stored ?? new Map())
  let command: number[] = []

  const take = () => {
    const whole = command
    command = []
    return whole
  }
  return {
    push(byte) {
      if (command.length === 0 && !language.starts(byte)) {
        if (!language.character(byte)) output.item(unreadable([byte]))
        return
      }
      command.push(byte)
      const length = language.lengthOf(command)
      if (length === 'more' || command.length < (length === 'unknown' ? 0 : length)) return
      const whole = take()
      if (length === 'unknown' || !language.run(whole)) output.item(unreadable(whole))
    },
    arrived: (byte) => language.arrived(byte),
    changed: () => language.changed(),
    pending: () => command,
    abandon() {
      if (command.length > 0) output.item(unreadable(take()))
    },
  }
}
