import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Clock } from '../ports.ts'
import { createVirtualPrinter, type VirtualPrinter } from '../simulator/paper-tape.ts'
import { encodeDocument } from './encode.ts'
import { receiptDocument } from './receipt-document.ts'
import { sampleReceipt } from './sample-sale.ts'
import { checkPrinter, type PrinterAddress, type PrintOutcome, paperTimeMs, printTo } from './transport.ts'

/** Time that runs `speed` times as fast, so that waiting for paper costs the tests little. */
function clockAt(speed: number): Clock {
  return {
    now: () => Date.now() * speed,
    monotonic: () => performance.now() * speed,
    after(ms, run) {
      const timer = setTimeout(run, ms / speed)
      return () => clearTimeout(timer)
    },
  }
}
const clock = clockAt(20)
/** 200 real milliseconds for an answer, however busy the machine. */
const patient = { clock, statusTimeoutMs: 4_000, idleTimeoutMs: 4_000, offlineWaitMs: 8_000 }
const receipt = encodeDocument(receiptDocument(sampleReceipt), {
  paper: '58',
  cutter: true,
  drawer: true,
  drawerPin: 2,
})
/** Three status questions before a job, one completion request after it. */
const wireBytes = 9 + receipt.length + 3

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function virtualPrinter(): Promise<VirtualPrinter> {
  const printer = await createVirtualPrinter({ clock: clockAt(1), columns: 32 })
  cleanUps.push(() => printer.close())
  return printer
}

/** A peer on 127.0.0.1 that follows a script of the test, for what a printer would never do. */
async function peer(script: (socket: Socket) => void): Promise<PrinterAddress> {
  const sockets: Socket[] = []
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    script(socket)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  cleanUps.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  )
  const address = server.address()
  return { host: '127.0.0.1', port: typeof address === 'object' && address !== null ? address.port : 0 }
}

const kindsOn = (printer: VirtualPrinter) => printer.snapshot().paper.map((item) => item.kind)

describe('printTo', () => {
  it('says printed when the printer itself said so, with the whole paper out once', async () => {
    const printer = await virtualPrinter()
    expect(await printTo(printer, receipt, patient)).toEqual({ kind: 'printed' })
    expect(printer.jobs()).toBe(1)
    expect(kindsOn(printer)).not.toContain('unreadable')
    expect(kindsOn(printer).at(-1)).toBe('cut')
  })

  it('prints a job of many pieces', async () => {
    const printer = await virtualPrinter()
    const long = Uint8Array.from([...Buffer.from('a line of text\n'.repeat(1_000)), 0x1d, 0x56, 0x42, 0])
    expect(await printTo(printer, long, patient)).toEqual({ kind: 'printed' })
    expect(kindsOn(printer).filter((kind) => kind === 'line')).toHaveLength(1_000)
  })

  it.each([
    ['noPaper', 'noPaper'],
    ['coverOpen', 'coverOpen'],
    ['off', 'printerOffline'],
  ] as const)('sends nothing to a printer that is %s', async (fault, reason) => {
    const printer = await virtualPrinter()
    await printer.setFault(fault)
    expect(await printTo(printer, receipt, patient)).toMatchObject({ kind: 'notStarted', reason })
    await printer.setFault('ready')
    expect(await printTo(printer, receipt, patient)).toEqual({ kind: 'printed' })
    expect(printer.jobs()).toBe(1)
  })

  it('does not know what became of a job on a printer that never answers', async () => {
    const printer = await virtualPrinter()
    await printer.setFault('silent')
    expect(await printTo(printer, receipt, patient)).toEqual({
      kind: 'unknown',
      detail: 'the printer does not report',
      bytesAccepted: receipt.length,
    })
    expect(printer.jobs()).toBe(1)
  })

  it('waits while a person puts in paper and then says printed', async () => {
    const paused = await peerWithLateAnswer()
    expect(await printTo(paused, receipt, { ...patient, offlineWaitMs: 60_000 })).toEqual({ kind: 'printed' })
  })

  it('gives up as unknown when nobody puts in paper', async () => {
    const outOfPaper = await peer((socket) => answerStatus(socket, (asked) => (asked <= 3 ? 0x12 : 0x72)))
    const outcome = await printTo(outOfPaper, receipt, patient)
    expect(outcome).toMatchObject({ kind: 'unknown', bytesAccepted: receipt.length })
    expect(outcome.kind === 'unknown' ? outcome.detail : '').toContain('noPaper')
  })

  it('calls a printer that is fine but never confirms unknown, not printed', async () => {
    const mute = await peer((socket) => answerStatus(socket, () => 0x12))
    const outcome = await printTo(mute, receipt, patient)
    expect(outcome).toMatchObject({ kind: 'unknown', bytesAccepted: receipt.length })
    expect(outcome.kind === 'unknown' ? outcome.detail : '').toContain('no completion')
  })

  it('takes no byte that came before the job was sent for its completion', async () => {
    const hasty = await peer((socket) => {
      socket.write(Uint8Array.of(0x00))
      answerStatus(socket, () => 0x12)
    })
    expect(await printTo(hasty, receipt, patient)).toMatchObject({ kind: 'unknown' })
  })

  it('is unknown when the other side takes no more bytes', async () => {
    const stuck = await peer((socket) => socket.pause())
    const huge = new Uint8Array(24 * 1024 * 1024).fill(0x20)
    const outcome = await printTo(stuck, huge, { clock: clockAt(1), statusTimeoutMs: 20, idleTimeoutMs: 300 })
    expect(outcome.kind).toBe('unknown')
    expect(outcome.kind === 'unknown' ? outcome.bytesAccepted : huge.length).toBeLessThan(huge.length)
  })

  it('starts nothing when it was cancelled before, and does not know when cancelled in the middle', async () => {
    const printer = await virtualPrinter()
    const before = await printTo(printer, receipt, { ...patient, signal: AbortSignal.abort() })
    expect(before).toMatchObject({ kind: 'notStarted', reason: 'cancelledHere' })
    const controller = new AbortController()
    const mute = await peer((socket) => {
      let heard = 0
      answerStatus(socket, () => 0x12)
      socket.on('data', (bytes: Buffer) => {
        heard += bytes.length
        if (heard >= wireBytes) controller.abort()
      })
    })
    const middle = await printTo(mute, receipt, { ...patient, signal: controller.signal })
    expect(middle).toMatchObject({ kind: 'unknown', detail: 'cancelled' })
    expect(printer.jobs()).toBe(0)
  })

  it('never says printed, and never prints twice, when the line breaks at any byte', async () => {
    const printer = await virtualPrinter()
    const seen = new Map<PrintOutcome['kind'], number>()
    for (let at = 1; at <= wireBytes; at += 1) {
      const before = printer.jobs()
      printer.tear()
      printer.disconnectAfterBytes(at)
      const outcome = await printTo(printer, receipt, patient)
      seen.set(outcome.kind, (seen.get(outcome.kind) ?? 0) + 1)
      const papers = printer.jobs() - before
      // Nothing started means no paper, printed means that every byte arrived, and no break makes two papers of one.
      const allowed = {
        notStarted: at <= 9 && papers === 0,
        printed: at === wireBytes && papers === 1,
        unknown: papers <= 1,
      }
      expect({ at, papers, outcome, allowed: allowed[outcome.kind] }).toMatchObject({ allowed: true })
    }
    expect(seen.get('notStarted')).toBeGreaterThanOrEqual(8)
    expect(seen.get('unknown')).toBeGreaterThanOrEqual(receipt.length)
    printer.tear()
    expect(await printTo(printer, receipt, patient)).toEqual({ kind: 'printed' })
    expect(kindsOn(printer).slice(-1)).toEqual(['cut'])
  }, 120_000)

  it('allows more time for more paper', () => {
    expect(paperTimeMs(receipt)).toBeGreaterThan(paperTimeMs(receipt.subarray(0, 100)))
    expect(paperTimeMs(new Uint8Array(10_000))).toBeGreaterThan(1_000)
  })
})

/** Answers each `DLE EOT` with the byte that the script gives for the how-manieth question it is. */
function answerStatus(socket: Socket, byteFor: (asked: number) => number): void {
  let asked = 0
  let last: number[] = []
  socket.on('data', (bytes: Buffer) => {
    for (const byte of bytes) {
      last = [...last.slice(-1), byte]
      if (last[0] !== 0x10 || last[1] !== 0x04) continue
      asked += 1
      socket.write(Uint8Array.of(byteFor(asked)))
    }
  })
}

/** Ready when asked before the job, then out of paper for two rounds of questions, then done. */
function peerWithLateAnswer(): Promise<PrinterAddress> {
  return peer((socket) =>
    answerStatus(socket, (asked) => {
      if (asked === 9) setTimeout(() => socket.write(Uint8Array.of(0x00)), 20)
      return asked <= 3 ? 0x12 : 0x72
    }),
  )
}

describe('checkPrinter', () => {
  it.each([
    ['ready', { reachable: true, reason: null }],
    ['silent', { reachable: true, reason: null }],
    ['noPaper', { reachable: true, reason: 'noPaper' }],
    ['coverOpen', { reachable: true, reason: 'coverOpen' }],
    ['off', { reachable: false, reason: 'printerOffline' }],
  ] as const)('sees a printer that is %s, and prints nothing', async (fault, expected) => {
    const printer = await virtualPrinter()
    await printer.setFault(fault)
    expect(await checkPrinter(printer, patient)).toEqual(expected)
    expect(printer.snapshot().paper).toEqual([])
  })
})
