import { mkdirSync } from 'node:fs'
import pino from 'pino'
import { createStream } from 'rotating-file-stream'
import type { Clock } from '../ports.ts'
import { maskText, maskValue } from './masks.ts'

/**
 * What a room writes about itself. `event` is a fixed phrase in English ("prompt raised"); what varies goes into
 * `fields`, where phone numbers are masked and fields named like a secret or a text are removed.
 */
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

export type LogFields = Readonly<Record<string, unknown>>

/** A log that holds an open file. */
export interface OpenLog extends Log {
  /** Resolves when every line is in the file. Later lines are dropped. */
  close(): Promise<void>
}

export type LogLevel = 'info' | 'warn' | 'error'

export interface LogOptions {
  /** Absolute path; made if missing. */
  readonly folder: string
  /** Lines below it are dropped. */
  readonly level: LogLevel
  /** Without one, the machine's clock. */
  readonly clock?: Pick<Clock, 'now'>
  /** Bytes after which a file is put aside; for tests. */
  readonly fileBytes?: number
  /** Told once when the file cannot be written, for example on a full disk; the log itself never throws for it. */
  readonly onFailure?: (detail: string) => void
}

const fileBytesDefault = 5 * 1024 * 1024
const filesKept = 7

/** `kaunta.log` is being written; `kaunta.1.log` is the newest one put aside. */
function fileName(index: number | Date | null): string {
  return typeof index === 'number' && index > 0 ? `kaunta.${index}.log` : 'kaunta.log'
}

/**
 * JSON lines in UTC in `folder`, at most 7 files of 5 MB.
 * Throws only when the folder cannot be made.
 */
export function createLog(options: LogOptions): OpenLog {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const bytes = options.fileBytes ?? fileBytesDefault
  const stream = createStream(fileName, {
    path: options.folder,
    size: `${bytes}B`,
    rotate: filesKept - 1,
    mode: 0o600,
  })
  let failed = false
  stream.on('error', (error) => {
    if (!failed) options.onFailure?.(error.message)
    failed = true
  })
  const { clock } = options
  const logger = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'event',
      timestamp: clock
        ? () => `,"time":"${new Date(clock.now()).toISOString()}"`
        : pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => void (stream.writable && stream.write(line)) },
  )
  const write = (level: LogLevel) => (event: string, fields?: LogFields) => {
    if (logger.isLevelEnabled(level)) logger[level]({ fields: maskValue(fields) }, maskText(event))
  }
  return {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close: () => closeStream(stream),
  }
}

function closeStream(stream: ReturnType<typeof createStream>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (stream.closed) resolve()
  stream.once('close', resolve)
  stream.end()
  return promise
}
