import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Connection } from '../../src-preload/contract/printer-models.ts'
import type { Printer } from '../../src-preload/contract/printing.ts'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { printerInput } from '../../test/fixtures/printer.ts'
import { createHub } from '../live/hub.ts'
import type { Clock } from '../ports.ts'
import { systemClock } from '../system-ports.ts'
import { createPrinterMonitor } from './monitor.ts'
import { createLine } from './transports/line.ts'
import { openNetwork } from './transports/network.ts'
import { createScriptedPrinter, type Script } from './transports/scripted-printer.ts'
import { createReplyReader } from './transports/status.ts'

const clock = systemClock()
const paper = Buffer.from('\x1b@DUKA\nSukari 3,200\n\x1dVB\0', 'latin1')
const pulse = Uint8Array.of(0x1b, 0x70, 0, 0x32, 0xfa)
const { signal } = new AbortController()
const good: Script = { status: () => 0x12, paper: (say) => say(0x00) }

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

async function listen(serve: (socket: Socket) => void): Promise<{ host: string; port: number }> {
  const sockets: Socket[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    serve(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { host: '127.0.0.1', port: address.port }
}

/** A printer by script that takes one connection at a time and gives it up some milliseconds after we did. */
async function printerWithOneLine(script: Script, closesAfterMs: number) {
  let busy = false
  let refused = 0
  const received: Buffer[] = []
  const at = await listen((socket) => {
    if (busy) {
      refused += 1
      socket.resetAndDestroy()
      return
    }
    busy = true
    const printer = createScriptedPrinter(script, (...bytes) => {
      if (!socket.destroyed) socket.write(Uint8Array.from(bytes))
    })
    socket.on('data', (bytes: Buffer) => {
      received.push(bytes)
      printer.take(bytes)
    })
    socket.on('end', () => void setTimeout(() => socket.end(), closesAfterMs))
    socket.on('close', () => {
      busy = false
    })
  })
  return { ...at, refused: () => refused, received: () => Buffer.concat(received) }
}

function printerAt(at: { host: string; port: number }, connection?: Connection): Printer {
  const input = printerInput(at)
  return { id: 'p', ...input, receipts: true, connection: connection ?? input.connection }
}

function monitorOf(over: Clock = clock) {
  const mended: string[] = []
  const monitor = createPrinterMonitor({
    clock: over,
    hub: createHub(),
    printers: () => [],
    onFault: () => {},
    mended: (id) => void mended.push(id),
  })
  return { monitor, mended }
}

describe('a printer that takes one connection', () => {
  it('gets the next job once it has closed the last one', async () => {
    const one = await printerWithOneLine(good, 150)
    const { monitor } = monitorOf()
    const printer = printerAt(one)
    const outcomes = await Promise.all([
      monitor.print(printer, pulse, signal),
      monitor.print(printer, paper, signal),
      monitor.print(printer, paper, signal),
    ])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['printed', 'printed', 'printed'])
    expect(one.refused()).toBe(0)
  })

  it('is cut off when it does not close, and not waited for when it has', async () => {
    const manual = manualClock()
    const sockets: Socket[] = []
    const at = await listen((socket) => void sockets.push(socket.resume()))
    const open = async () => {
      const { events, over } = createLine({
        clock: manual,
        signal,
        read: createReplyReader(),
        heard: () => {},
      })
      const opened = await openNetwork(at, events, { clock: manual, connectTimeoutMs: 1_500, signal })
      if (!opened.ok) throw new Error(opened.detail)
      return over(opened.wire)
    }
    const line = await open()
    let ended = false
    const ending = line.end().then(() => {
      ended = true
    })
    await manual.advance(1_999)
    expect(ended).toBe(false)
    await manual.advance(1)
    await ending
    const second = await open()
    await expect.poll(() => sockets.length).toBe(2)
    sockets[1]?.end()
    expect(await second.next(() => false, 60_000)).toMatchObject({ kind: 'lost' })
    // The clock stands still: nothing is waited for any more.
    await second.end()
  })
})

describe('a printer that answers nothing', () => {
  it('holds up what waits behind its paper for no time to speak of', async () => {
    const mute = await printerWithOneLine({}, 0)
    const { monitor } = monitorOf()
    const begun = performance.now()
    expect(await monitor.print(printerAt(mute), paper, signal)).toEqual({
      kind: 'unknown',
      detail: 'the printer does not report',
      bytesAccepted: paper.length,
    })
    expect(performance.now() - begun).toBeLessThan(3_500)
    expect(mute.received().includes(paper)).toBe(true)
  })

  it('before its paper, and then does, is waited for', async () => {
    const slow: Script = {
      status: () => null,
      paper: (say) => {
        say(0x12)
        setTimeout(() => say(0x00), 1_500)
      },
    }
    const { monitor } = monitorOf()
    expect(await monitor.print(printerAt(await printerWithOneLine(slow, 0)), paper, signal)).toEqual({
      kind: 'printed',
    })
  })
})
