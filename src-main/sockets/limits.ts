import type { TcpLimits } from './tcp-server.ts'

/** What one server gives to whoever connects. Times in milliseconds. */
export interface ServerLimits {
  /** Connections that have not said who they are; one more pushes the oldest of them out, and nobody else. */
  readonly strangers: number
  readonly headerBytes: number
  /** Until the headers are there. */
  readonly headersMs: number
  /** Until the whole request is there. */
  readonly requestMs: number
  /** Without a byte in either direction. */
  readonly idleMs: number
}

/** The page and the integrators. */
export const pageServerLimits: ServerLimits = {
  strangers: 64,
  headerBytes: 8192,
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 120_000,
}

/** The providers. */
export const callbackServerLimits: ServerLimits = {
  strangers: 256,
  headerBytes: 8192,
  headersMs: 5_000,
  requestMs: 10_000,
  idleMs: 30_000,
}

/** The simulated world: its networks hold a call for minutes. */
export const practiceServerLimits: ServerLimits = {
  strangers: 512,
  headerBytes: 16_384,
  headersMs: 60_000,
  requestMs: 300_000,
  idleMs: 600_000,
}

/** The practice printer serves one connection and lets the others wait. */
export const printerPortLimits: TcpLimits = { connections: 32, idleMs: 600_000 }

/** Connections of one owner: the page in all its tabs, and each API key. */
export const pageConnectionsMax = 64
export const keyConnectionsMax = 32

/** Bytes that may wait for a screen that does not read; then it is cut off, and asks anew when it comes back. */
export const unreadBytesMax = 64 * 1024 * 1024
/** Milliseconds that one message may wait for it. A stream goes only as fast as it is read, so that a deaf screen leaves few bytes. */
export const unreadMsMax = 60_000
