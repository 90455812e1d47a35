import { mkdirSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
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

/** Lines kept while nothing can be written, so that what led there can be read afterwards. */
const linesKept = 500
const openAgainMs = 5_000

function isNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

/** A file that is opened anew when it could not be written, as on a full disk. */
function createSink(options: LogOptions) {
  let stream: ReturnType<typeof createStream> | null = null
  let triedAt = Number.NEGATIVE_INFINITY
  let waiting: string[] = []
  let told = false
  let closed = false

  const failed = (detail: string) => {
    stream = null
    if (!told) options.onFailure?.(detail)
    told = true
  }
  const open = () => {
    if (closed || performance.now() - triedAt < openAgainMs) return
    triedAt = performance.now()
    try {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 })
    } catch (error) {
      if (!isNoRoom(error)) throw error
      failed(String(error))
      return
    }
    const opened = createStream(fileName, {
      path: options.folder,
      size: `${options.fileBytes ?? fileBytesDefault}B`,
      rotate: filesKept - 1,
      mode: 0o600,
    })
    opened.on('error', (error) => {
      if (stream === opened) failed(error.message)
    })
    stream = opened
    const lines = waiting
    waiting = []
    for (const line of lines) opened.write(line)
  }
  open()
  return {
    write(line: string): void {
      if (stream === null || !stream.writable) open()
      if (stream?.writable === true) stream.write(line)
      else waiting = [...waiting, line].slice(-linesKept)
    },
    close(): Promise<void> {
      closed = true
      return stream === null ? Promise.resolve() : closeStream(stream)
    },
  }
}

/**
 * JSON lines in UTC in `folder`, at most 7 files of 5 MB. What cannot be written waits, the newest lines of it, until the
 * file can be opened again. Throws only when the folder cannot be made, for another reason than a full disk.
 */
export function createLog(options: LogOptions): OpenLog {
  const sink = createSink(options)
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
    sink,
  )
  const write = (level: LogLevel) => (event: string, fields?: LogFields) => {
    if (logger.isLevelEnabled(level)) logger[level]({ fields: maskValue(fields) }, maskText(event))
  }
  return {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close: sink.close,
  }
}

function closeStream(stream: ReturnType<typeof createStream>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (stream.closed) resolve()
  stream.once('close', resolve)
  stream.end()
  return promise
}
