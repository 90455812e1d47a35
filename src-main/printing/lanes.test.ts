import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Connection } from '../../src-preload/contract/printer-models.ts'
import type { Printer } from '../../src-preload/contract/printing.ts'
import { quietFeed } from '../../test/fixtures/feed.ts'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { deadAddress, PrintShop } from '../../test/fixtures/print-shop.ts'
import { printerInput } from '../../test/fixtures/printer.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import type { Clock } from '../ports.ts'
import { systemClock } from '../system-ports.ts'
import { createPrinterMonitor } from './monitor.ts'
import { createLine } from './transports/line.ts'
import { openNetwork } from './transports/network.ts'
import { createScriptedPrinter, type Script } from './transports/scripted-printer.ts'
import { createReplyReader } from './transports/status.ts'

const clock = systemClock()
const shop = new PrintShop()
const paper = Buffer.from('\x1b@DUKA\nSukari 3,200\n\x1dVB\0', 'latin1')
const pulse = Buffer.of(0x1b, 0x70, 0, 0x32, 0xfa)
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

function monitorOf(over: Clock = clock, printers: readonly Printer[] = []) {
  const recovered: string[] = []
  const monitor = createPrinterMonitor({
    clock: over,
    feed: quietFeed(),
    printers: () => printers,
    onFault: () => {},
    recovered: (id) => void recovered.push(id),
  })
  return { monitor, recovered }
}

interface QueueSays {
  readonly heading: string
  readonly alerts: string
  readonly jobs: string
}

/** A print service of shell scripts, well at first. */
function fakeQueue() {
  const folder = tempFolder()
  const path = process.env.PATH
  const file = (name: string, text: string) => writeFileSync(join(folder, name), text, { mode: 0o755 })
  const say = ({
    heading = 'is idle.  enabled since now',
    alerts = 'none',
    jobs = '',
  }: Partial<QueueSays>) => {
    file('-l', `printer q ${heading}\n\tAlerts: ${alerts}\n`)
    file('-a', 'q accepting requests since now\n')
    file('-o', jobs)
  }
  say({})
  file('done', '')
  file('lpstat', `#!/bin/sh\ncat "${folder}/$1"\n`)
  file('lp', `#!/bin/sh\ncat >/dev/null; echo lp >>${folder}/done; echo 'request id is q-1 (0 file(s))'\n`)
  file('cancel', `#!/bin/sh\necho cancel >>${folder}/done\n`)
  process.env.PATH = `${folder}:${path}`
  cleanUps.push(() => {
    process.env.PATH = path
  })
  return {
    say,
    done: () => readFileSync(join(folder, 'done'), 'utf8').split('\n').filter(Boolean),
    printer: printerAt({ host: '', port: 1 }, { kind: 'queue', queue: 'q' }),
  }
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
        echoed: () => {},
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

describe("a drawer's pulse", () => {
  const drawer = { drawer: true, drawerOnCash: true }

  it('that had to wait for the printer beyond its life is not sent', async () => {
    const slow: Script = { ...good, paper: (say) => void setTimeout(() => say(0x00), 500) }
    const one = await printerWithOneLine(slow, 0)
    const { monitor } = monitorOf()
    const [first, late, intime] = await Promise.all([
      monitor.print(printerAt(one), paper, signal),
      monitor.print(printerAt(one), pulse, signal, Date.now() + 250),
      monitor.print(printerAt(one), pulse, signal, Date.now() + 60_000),
    ])
    expect([first, late]).toMatchObject([
      { kind: 'printed' },
      { kind: 'notStarted', reason: 'deadlinePassed' },
    ])
    expect(intime).toMatchObject({ kind: 'printed' })
    expect(
      one
        .received()
        .toString('latin1')
        .split(String.fromCharCode(...pulse)),
    ).toHaveLength(2)
  })

  it('that outlived its life while the printer was asked is not sent', async () => {
    const one = await printerWithOneLine({}, 0)
    const { monitor } = monitorOf()
    expect(await monitor.print(printerAt(one), pulse, signal, Date.now() + 150)).toMatchObject({
      reason: 'deadlinePassed',
    })
    expect(one.received().includes(pulse)).toBe(false)
  })

  it('waits but a moment for its proof, and not at all where none will come', async () => {
    const begun = performance.now()
    const { monitor } = monitorOf()
    for (const status of [() => 0x12, () => null]) {
      const one = await printerWithOneLine({ status }, 0)
      expect(await monitor.print(printerAt(one), pulse, signal, Date.now() + 60_000)).toMatchObject({
        kind: 'unknown',
        bytesAccepted: pulse.length,
      })
    }
    expect(performance.now() - begun).toBeLessThan(2_400)
  })

  it('ends as too late when a paper for another printer holds its own', async () => {
    const counter = await shop.virtualPrinter()
    const { id: fallbackId } = await shop.save(printerInput(counter, { receipts: true, ...drawer }))
    const kitchen = printerInput(await deadAddress(), { name: 'Jikoni', fallbackId })
    await shop.save({ ...kitchen, tickets: { lines: 'all', words: [] } })
    counter.runOutAfterBytes(60)
    const id = await shop.sale()
    await shop.client.sales.record({ id })
    await vi.waitFor(async () => {
      await shop.clock.advance(0)
      expect(await shop.client.printers.statuses()).toContainEqual(
        expect.objectContaining({ reason: 'noPaper' }),
      )
    })
    await shop.client.sales.finish({ id, cashGivenMinor: 7_000_000 })
    await vi.waitFor(async () => {
      await shop.clock.advance(0)
      const jobs = await shop.client.printing.list({})
      expect(jobs.map(({ sending }) => sending)).toEqual([true, true])
    })
    await shop.clock.advance(5_500)
    await counter.setFault('ready')
    await vi.waitFor(
      async () => {
        await shop.clock.advance(100)
        const jobs = await shop.client.printing.list({})
        expect(jobs).toMatchObject([{ state: 'failed', reason: 'deadlinePassed' }, { state: 'printed' }])
      },
      { timeout: 10_000 },
    )
    expect(counter.snapshot().paper.filter(({ kind }) => kind === 'drawer')).toEqual([])
  })

  it('is taken back from a queue that does not pass it on in time', async () => {
    const queue = fakeQueue()
    queue.say({ jobs: 'q-1 root 5 now' })
    const { monitor } = monitorOf()
    expect(await monitor.print(queue.printer, pulse, signal, Date.now() + 900)).toMatchObject({
      kind: 'notStarted',
      reason: 'deadlinePassed',
      detail: expect.stringMatching(/taken back$/),
    })
    expect(queue.done()).toEqual(['lp', 'cancel'])
  })
})

describe("a queue's alert", () => {
  it('of a job that is gone keeps nothing back, and of one that runs does', async () => {
    const queue = fakeQueue()
    const { monitor } = monitorOf()
    queue.say({ alerts: 'media-empty-error' })
    expect(await monitor.check(queue.printer)).toMatchObject({ reason: 'noPaper' })
    expect(await monitor.print(queue.printer, paper, signal)).toMatchObject({
      kind: 'unknown',
      detail: expect.stringMatching(/^sent as q-1/),
    })
    queue.say({ alerts: 'media-empty-error', heading: 'now printing q-7.  enabled since now' })
    expect(await monitor.print(queue.printer, paper, signal)).toMatchObject({
      kind: 'notStarted',
      reason: 'noPaper',
    })
    expect(queue.done()).toEqual(['lp'])
  })
})

describe('what a job shows of a printer that nobody asks', () => {
  it('stands until another job shows better, and then what waits may go', async () => {
    const queue = fakeQueue()
    const { monitor, recovered } = monitorOf()
    const stands = async (status: object) => {
      await monitor.print(queue.printer, paper, signal)
      expect(monitor.statuses()).toMatchObject([{ reports: false, ...status }])
    }
    queue.say({ heading: 'disabled since now -' })
    await stands({ reachable: false, reason: 'printerOffline' })
    queue.say({ alerts: 'media-empty-error', heading: 'now printing q-7.  enabled since now' })
    await stands({ reachable: true, reason: 'noPaper' })
    await monitor.print(queue.printer, paper, AbortSignal.abort())
    expect(monitor.statuses()).toMatchObject([{ reason: 'noPaper' }])
    expect(recovered).toEqual([])
    queue.say({ alerts: 'media-empty-error' })
    await stands({ reachable: true, reason: null })
    expect(recovered).toEqual(['p'])
  })

  it('is nothing when its queue gave the job back', async () => {
    const queue = fakeQueue()
    const { monitor } = monitorOf()
    queue.say({ heading: 'disabled since now -' })
    await monitor.print(queue.printer, paper, signal)
    queue.say({ jobs: 'q-1 root 5 now' })
    const controller = new AbortController()
    const printing = monitor.print(queue.printer, paper, controller.signal)
    await expect.poll(queue.done).toEqual(['lp'])
    controller.abort()
    expect(await printing).toMatchObject({ kind: 'unknown', takenBack: true })
    expect(monitor.statuses()).toMatchObject([{ reason: 'printerOffline' }])
  })
})

describe('a printer that is removed while it is asked', () => {
  it('does not come back with its answer', async () => {
    const manual = manualClock()
    const sockets: Socket[] = []
    const at = await listen((socket) => {
      sockets.push(socket.resume())
      socket.on('end', () => socket.end())
    })
    const printer = printerAt(at)
    const { monitor } = monitorOf(manual, [printer])
    monitor.start()
    await manual.advance(15_000)
    await expect.poll(() => sockets.length).toBe(1)
    monitor.forget(printer.id)
    // Behind the question of the round, as the device is used by one at a time.
    const asked = monitor.check({ ...printer, id: 'q' })
    await vi.waitFor(async () => {
      await manual.advance(300)
      expect(monitor.statuses()).toHaveLength(1)
    })
    expect(await asked).toMatchObject({ printerId: 'q', reachable: true })
    expect(monitor.statuses()).toMatchObject([{ printerId: 'q' }])
    monitor.stop()
  })
})
