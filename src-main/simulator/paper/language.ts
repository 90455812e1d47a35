import type { PaperItem } from '../../../src-preload/contract/paper.ts'
import type { CommandLength } from './command-length.ts'
import type { DotImage } from './pictures.ts'
import type { MechanismState } from './status.ts'

/** What a language's commands lead to. */
export interface LanguageOutput {
  item(item: PaperItem): void
  answer(bytes: Uint8Array): void
  /** The mechanism as it is now. */
  state(): MechanismState
}

/** How a printer reads bytes: where commands start, how long they are, and what they do. */
export interface PrinterLanguage {
  /** A command starts with this byte. */
  starts(byte: number): boolean
  lengthOf(command: readonly number[]): CommandLength
  /** False when the command, or what it holds, means nothing. */
  run(command: readonly number[]): boolean
  /** A byte outside of commands; false when it means nothing. */
  character(byte: number): boolean
  /** A byte as it arrives, before those that wait ahead of it: for questions that are answered at once. */
  arrived(byte: number): void
  /** The mechanism changed: tells it where the host asked to be told. */
  changed(): void
}

/** Pictures that stay in the printer when it is switched off, by key. */
export type StoredPictures = Map<string, DotImage>
