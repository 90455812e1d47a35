import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import { usualProfile } from '../../../test/fixtures/printer.ts'
import type { Clock } from '../../ports.ts'
import type { PrintOutcome, ReportedStatus, Target } from './port.ts'
import { checkPrinter, printTo } from './print.ts'
import {
  createScriptedPrinter,
  processIdAnswer,
  type Script,
  type ScriptedPrinter,
  starFrame,
} from './scripted-printer.ts'

/** Time that runs ten times as fast, so that waiting for paper costs the tests little. */
const clock: Clock = {
  now: () => Date.now() * 10,
  monotonic: () => performance.now() * 10,
  after(ms, run) {
    const timer = setTimeout(run, ms / 10)
    return () => clearTimeout(timer)
  },
}
/** 400 real milliseconds for an answer, however busy the machine. */
const patient = {
  clock,
  connectTimeoutMs: 20_000,
  statusTimeoutMs: 4_000,
  idleTimeoutMs: 4_000,
  offlineWaitMs: 8_000,
}
/** For printers that never confirm, and for those that never answer at all. */
const brisk = { ...patient, idleTimeoutMs: 400 }
const mute = { ...brisk, statusTimeoutMs: 400 }

const escpos: PrinterProfile = { ...usualProfile, confirms: 'processId' }
const byPaperQuery: PrinterProfile = { ...escpos, confirms: 'paperQuery' }
const star: PrinterProfile = { ...escpos, language: 'starprnt', confirms: 'starAsb' }

const receipt = Buffer.from(
  '\x1b@\x1c.\x1bM\0DUKA LA ASHA\nSukari 1kg            3,200\nJUMLA TZS             3,200\nAsante\n\x1dVB\0',
  'latin1',
)
const starReceipt = Buffer.from('\x1b@\x18DUKA LA ASHA\nJUMLA 3,200\n\x1bd3', 'latin1')
/** Four status questions come first. */
const questionBytes = 12

/** Listens and never accepts. */
const deafListener = `
require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
  require('node:fs').writeSync(1, String(this.address().port))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})`

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

/** A peer on 127.0.0.1 for each connection. */
async function peer(
  serve: (socket: Socket) => void,
): Promise<{ connection: Target['connection']; server: Server }> {
  const sockets: Socket[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.on('end', () => socket.end())
    serve(socket)
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
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { connection: { kind: 'network', host: '127.0.0.1', port }, server }
}

/** A printer by script, which resets the connection after so many bytes if told so. */
async function printer(script: Script, takes = Number.POSITIVE_INFINITY) {
  const printers: ScriptedPrinter[] = []
  const { connection } = await peer((socket) => {
    const made = createScriptedPrinter(script, (...bytes) => {
      if (!socket.destroyed) socket.write(Uint8Array.from(bytes))
    })
    printers.push(made)
    let left = takes
    socket.on('data', (bytes: Buffer) => {
      made.take(bytes.subarray(0, left))
      left -= bytes.length
      if (left <= 0) socket.resetAndDestroy()
    })
  })
  return { connection, received: () => printers.at(-1)?.received() ?? new Uint8Array(0) }
}

const ready: Script = { status: () => 0x12 }
const good: Script = {
  ...ready,
  processId: (id, say) => say(...processIdAnswer(id)),
  paper: (say) => say(0x00),
}
const starReady: Script = {
  star: (cause, counter, say) => say(...starFrame({ counter, counted: cause === 'counted' })),
}

/** The counter of other tills' jobs is heard too, and proves nothing. */
const starNumbering: Script = {
  star: (cause, counter, say) => say(...starFrame({ counter, counted: cause !== 'asked' })),
  document: (step, id, say) =>
    say(0x1b, 0x1d, 0x03, step, ...id, 1, 0, ...starFrame({ counter: 2, counted: true })),
}

function contains(haystack: Uint8Array, needle: Uint8Array): boolean {
  return Buffer.from(haystack).includes(Buffer.from(needle))
}

describe('confirmation by process id', () => {
  it('says printed when the id of this attempt comes back, and turns automatic status off again', async () => {
    const { connection, received } = await printer(good)
    expect(await printTo({ connection, profile: escpos }, receipt, patient)).toEqual({ kind: 'printed' })
    await expect.poll(() => received().slice(-3)).toEqual(Uint8Array.of(0x1d, 0x61, 0x00))
    // Turned on only after the job's own reset, which would undo it.
    expect(received().slice(questionBytes, questionBytes + 5)).toEqual(
      Uint8Array.of(0x1b, 0x40, 0x1d, 0x61, 0x0f),
    )
    expect(contains(received(), receipt.subarray(2))).toBe(true)
  })

  it('takes the id of another job for nothing', async () => {
    const { connection } = await printer({
      ...ready,
      processId: (_id, say) => say(...processIdAnswer('Z999')),
    })
    expect(await printTo({ connection, profile: escpos }, receipt, brisk)).toMatchObject({
      kind: 'unknown',
      bytesAccepted: receipt.length,
    })
  })

  it('is content with the paper query of a printer that knows no ids and says that it is well', async () => {
    const { connection } = await printer({ ...ready, paper: (say) => say(0x00) })
    expect(await printTo({ connection, profile: escpos }, receipt, brisk)).toEqual({ kind: 'printed' })
  })

  it('does not trust the paper query while the printer says that it has no paper', async () => {
    const { connection } = await printer({
      status: (question, asked) => (asked <= 4 || question !== 4 ? 0x12 : 0x72),
      paper: (say) => say(0x00),
    })
    const outcome = await printTo({ connection, profile: escpos }, receipt, brisk)
    expect(outcome).toMatchObject({ kind: 'unknown', bytesAccepted: receipt.length })
    expect(outcome.kind === 'unknown' ? outcome.detail : '').toContain('noPaper')
  })
})

describe('a line that only sends back what it is sent', () => {
  const profiles: readonly PrinterProfile[] = [
    escpos,
    byPaperQuery,
    { ...escpos, confirms: 'none' },
    star,
    { ...star, confirms: 'none' },
  ]
  /** All of it, without its first bytes, or byte by byte. */
  const ways = { whole: 0, late: 2, bytewise: 0 }

  it.each(
    profiles.flatMap((profile) =>
      Object.entries(ways).map(
        ([way, dropped]) => [profile.language, profile.confirms, way, profile, dropped] as const,
      ),
    ),
  )('proves nothing to %s by %s, %s', async (_language, _confirms, way, profile, dropped) => {
    const { connection } = await peer((socket) => {
      let left = dropped
      socket.on('data', (bytes: Buffer) => {
        const back = bytes.subarray(left)
        left = Math.max(0, left - bytes.length)
        if (way === 'bytewise') for (const byte of back) socket.write(Uint8Array.of(byte))
        else socket.write(back)
      })
    })
    const job = profile.language === 'starprnt' ? starReceipt : receipt
    const outcome = await printTo({ connection, profile }, job, { ...mute, offlineWaitMs: 800 })
    expect(outcome.kind).toBe('unknown')
    expect(await checkPrinter({ connection, profile }, { ...mute, offlineWaitMs: 800 })).toMatchObject({
      reachable: true,
      ...(dropped === 0 ? { reports: false } : {}),
    })
  })
})

describe('status before a job', () => {
  it.each([
    ['coverOpen', { 1: 0x1a, 2: 0x16 }],
    ['noPaper', { 1: 0x1a, 2: 0x32, 4: 0x7e }],
    ['noPaper', { 4: 0x72 }],
    ['cutterError', { 1: 0x1a, 2: 0x52, 3: 0x1a }],
    ['printerFault', { 1: 0x1a, 2: 0x52, 3: 0x32 }],
    ['printerHot', { 1: 0x1a, 2: 0x52, 3: 0x52 }],
    ['printerOffline', { 1: 0x1a }],
  ] as const)('sends nothing of the job and says %s', async (reason, answers: Record<number, number>) => {
    const { connection, received } = await printer({ ...good, status: (n) => answers[n] ?? 0x12 })
    const told: ReportedStatus[] = []
    const outcome = await printTo({ connection, profile: escpos }, receipt, {
      ...patient,
      onStatus: (status) => told.push(status),
    })
    expect(outcome).toMatchObject({ kind: 'notStarted', reason })
    expect(received()).toHaveLength(questionBytes)
    expect(told).toMatchObject([{ reachable: true, reports: true, reason }])
    expect(await checkPrinter({ connection, profile: escpos }, patient)).toMatchObject({
      reason,
      reports: true,
    })
  })

  it('tells that the paper is low, and how the drawer stands, and prints all the same', async () => {
    const { connection } = await printer({ ...good, status: (n) => (n === 4 ? 0x1e : 0x16) })
    const told: ReportedStatus[] = []
    const options = { ...patient, onStatus: (status: ReportedStatus) => told.push(status) }
    expect((await checkPrinter({ connection, profile: escpos }, patient)).reason).toBe('coverOpen')
    const low = await printer({ ...good, status: (n) => (n === 4 ? 0x1e : n === 1 ? 0x16 : 0x12) })
    expect(await printTo({ connection: low.connection, profile: escpos }, receipt, options)).toEqual({
      kind: 'printed',
    })
    expect(told[0]).toEqual({
      reachable: true,
      reports: true,
      reason: null,
      paperLow: true,
      drawerPinHigh: true,
    })
  })
})

describe('automatic status in the middle of a job', () => {
  it('is told at once and prolongs the wait until the person has put in paper', async () => {
    const told: (string | null)[] = []
    let empty = false
    const { connection } = await printer({
      status: (question) => (empty && question === 4 ? 0x72 : 0x12),
      automatic(mask, say) {
        if (mask === 0) return
        say(0x10, 0x00, 0x00, 0x00)
        setTimeout(() => {
          empty = true
          say(0x18, 0x00, 0x0c, 0x00)
        }, 20)
        setTimeout(() => {
          empty = false
          say(0x10, 0x00, 0x00, 0x00)
        }, 700)
      },
      processId: (id, say) => void setTimeout(() => say(...processIdAnswer(id)), 760),
    })
    const outcome = await printTo({ connection, profile: escpos }, receipt, {
      ...patient,
      offlineWaitMs: 60_000,
      onStatus: (status) => told.push(status.reason),
    })
    expect(outcome).toEqual({ kind: 'printed' })
    const changes = told.filter((reason, at) => at === 0 || reason !== told[at - 1])
    expect(changes).toEqual([null, 'noPaper', null])
  })

  it('takes none of its four bytes for an answer to the paper query', async () => {
    const { connection } = await printer({
      ...ready,
      automatic: (mask, say) => (mask === 0 ? undefined : say(0x10, 0x00, 0x00)),
      paper: (say) => say(0x00),
    })
    expect(await printTo({ connection, profile: byPaperQuery }, receipt, brisk)).toMatchObject({
      kind: 'unknown',
    })
  })
})

describe('confirmation by the paper query', () => {
  it('says printed when the answer comes after the last piece left', async () => {
    const { connection } = await printer(good)
    expect(await printTo({ connection, profile: byPaperQuery }, receipt, patient)).toEqual({
      kind: 'printed',
    })
  })

  it('takes no byte that came before for its answer', async () => {
    const { connection } = await peer((socket) => {
      const made = createScriptedPrinter(ready, (...bytes) => void socket.write(Uint8Array.from(bytes)))
      socket.write(Uint8Array.of(0x00))
      socket.on('data', (bytes: Buffer) => made.take(bytes))
    })
    expect(await printTo({ connection, profile: byPaperQuery }, receipt, brisk)).toMatchObject({
      kind: 'unknown',
      bytesAccepted: receipt.length,
    })
  })

  it('waits for a late answer as long as the sheet needs', async () => {
    const { connection } = await printer({ ...ready, paper: (say) => void setTimeout(() => say(0), 60) })
    expect(await printTo({ connection, profile: byPaperQuery }, receipt, patient)).toEqual({
      kind: 'printed',
    })
  })

  it('does not claim anything for a printer that cannot confirm', async () => {
    const { connection, received } = await printer(good)
    const profile: PrinterProfile = { ...escpos, confirms: 'none' }
    expect(await printTo({ connection, profile }, receipt, patient)).toEqual({
      kind: 'unknown',
      detail: 'sent; this printer does not say when it has printed',
      bytesAccepted: receipt.length,
    })
    await expect.poll(() => contains(received(), receipt.subarray(2))).toBe(true)
  })
})

describe('a Star printer', () => {
  it('says printed when the id of this document comes back as printed', async () => {
    const { connection, received } = await printer(starNumbering)
    expect(await printTo({ connection, profile: star }, starReceipt, patient)).toEqual({ kind: 'printed' })
    expect(contains(received(), starReceipt.subarray(3))).toBe(true)
  })

  it('is not believed when the id is of another document, or only reached and not printed', async () => {
    const wrong: Script = {
      ...starNumbering,
      document: (step, id, say) => say(0x1b, 0x1d, 0x03, step, ...(step === 0 ? id : [0x7f, 0x7f]), 0, 0),
    }
    const { connection } = await printer(wrong)
    const target = { connection, profile: star }
    expect(await printTo(target, starReceipt, brisk)).toMatchObject({ kind: 'unknown' })
    const hasty = await printer({
      ...starNumbering,
      document: (_step, id, say) => say(0x1b, 0x1d, 0x03, 0, ...id, 0, 0),
    })
    expect(await printTo({ ...target, connection: hasty.connection }, starReceipt, brisk)).toMatchObject({
      kind: 'unknown',
      bytesAccepted: starReceipt.length,
    })
  })

  it('without ids says printed when the counter that this job began has risen', async () => {
    const { connection, received } = await printer(starReady)
    expect(await printTo({ connection, profile: star }, starReceipt, patient)).toEqual({ kind: 'printed' })
    expect(contains(received(), starReceipt.subarray(3))).toBe(true)
  })

  it.each([
    ['coverOpen', { printer: 0x28 }],
    ['noPaper', { printer: 0x08, paper: 0x08 }],
    ['cutterError', { printer: 0x08, error: 0x08 }],
    ['printerFault', { printer: 0x08, error: 0x20 }],
    ['printerHot', { printer: 0x08, error: 0x40 }],
    ['printerOffline', { printer: 0x08 }],
  ] as const)('gets nothing of the job when it says %s', async (reason, bits) => {
    const { connection, received } = await printer({ star: (_cause, _n, say) => say(...starFrame(bits)) })
    expect(await printTo({ connection, profile: star }, starReceipt, patient)).toMatchObject({
      kind: 'notStarted',
      reason,
    })
    expect([...received()]).toEqual([0x1b, 0x06, 0x01])
  })

  it('is not believed when the count that arrives belongs to an earlier job', async () => {
    const { connection } = await printer({
      star: (cause, counter, say) =>
        say(...starFrame({ counter: cause === 'counted' ? 1 : counter, counted: cause === 'counted' })),
    })
    expect(await printTo({ connection, profile: star }, starReceipt, brisk)).toMatchObject({
      kind: 'unknown',
      bytesAccepted: starReceipt.length,
    })
  })

  it('that does not count is printed on, and not claimed', async () => {
    const { connection, received } = await printer({
      star: (cause, _counter, say) => (cause === 'asked' ? say(...starFrame({})) : undefined),
    })
    expect(await printTo({ connection, profile: star }, starReceipt, brisk)).toEqual({
      kind: 'unknown',
      detail: 'sent; this printer does not count what it has printed',
      bytesAccepted: starReceipt.length,
    })
    await expect.poll(() => contains(received(), starReceipt.subarray(3))).toBe(true)
  })
})

describe('a line that breaks', () => {
  it.each([
    ['processId', escpos, receipt, good],
    ['starAsb by counter', star, starReceipt, starReady],
    ['starAsb by document id', star, starReceipt, starNumbering],
  ] as const)(
    'at any byte is never printed, with %s',
    async (_name, profile, job, script) => {
      const jobFrom = profile.language === 'escpos' ? questionBytes : 3
      const seen = new Set<PrintOutcome['kind']>()
      for (let at = 1; at < jobFrom + job.length; at += 1) {
        const { connection, received } = await printer(script, at)
        const outcome = await printTo({ connection, profile }, job, patient)
        seen.add(outcome.kind)
        expect({ at, kind: outcome.kind }).not.toEqual({ at, kind: 'printed' })
        // Nothing started: the printer has no byte of the job, and the next attempt cannot make a second paper.
        if (outcome.kind === 'notStarted') expect(received().length).toBeLessThanOrEqual(jobFrom)
        if (at > jobFrom) expect(outcome.kind).toBe('unknown')
        await cleanUps.pop()?.()
      }
      expect([...seen].toSorted()).toEqual(['notStarted', 'unknown'])
    },
    120_000,
  )

  it('half-way is unknown when the printer closes its side and listens on', async () => {
    const { connection } = await peer((socket) => {
      const made = createScriptedPrinter(ready, (...bytes) => void socket.write(Uint8Array.from(bytes)))
      socket.on('data', (bytes: Buffer) => {
        made.take(bytes)
        if (made.received().length > questionBytes + 5) socket.end()
      })
    })
    expect(await printTo({ connection, profile: escpos }, receipt, patient)).toMatchObject({
      kind: 'unknown',
    })
  })

  it('is not started when nobody listens', async () => {
    const { connection, server } = await peer(() => {})
    await new Promise((resolve) => server.close(resolve))
    const target = { connection, profile: escpos }
    expect(await printTo(target, receipt, patient)).toMatchObject({
      kind: 'notStarted',
      reason: 'printerOffline',
    })
    expect(await checkPrinter(target, patient)).toMatchObject({ reachable: false, reason: 'printerOffline' })
  })

  it('is not started when nobody accepts in time, and leaves no attempt behind', async () => {
    const host = '127.0.0.1'
    const deaf = spawn(process.execPath, ['-e', deafListener])
    cleanUps.push(async () => void deaf.kill('SIGKILL'))
    const [said] = await once(deaf.stdout, 'data')
    const port = Number(String(said))
    // They fill the queue of those who wait to be accepted; the next one gets no answer at all.
    const waiting = Array.from({ length: 4 }, () => connect({ host, port }).on('error', () => {}))
    cleanUps.push(async () => {
      for (const socket of waiting) socket.destroy()
    })
    await once(waiting[0] ?? deaf, 'connect')
    await new Promise((resolve) => void setTimeout(resolve, 100))
    const target: Target = { connection: { kind: 'network', host, port }, profile: escpos }
    expect(await printTo(target, receipt, { ...patient, connectTimeoutMs: 1_500 })).toMatchObject({
      kind: 'notStarted',
      detail: 'no connection within 1500 ms',
    })
  })

  it('is not started when the printer serves another client and hangs up on this one', async () => {
    const { connection, server } = await peer((socket) => {
      if (server.listenerCount('taken') > 0) socket.resetAndDestroy()
      server.on('taken', () => {})
    })
    const first = printTo({ connection, profile: escpos }, receipt, { ...mute, statusTimeoutMs: 2_000 })
    const second = await printTo({ connection, profile: escpos }, receipt, patient)
    expect([second.kind, (await first).kind].toSorted()).toEqual(['notStarted', 'unknown'])
  })
})

describe('a printer that takes nothing, or says nothing', () => {
  it('is unknown after the idle time, with what this machine took', async () => {
    const { connection } = await peer((socket) => socket.pause())
    const huge = new Uint8Array(24 * 1024 * 1024).fill(0x20)
    const outcome = await printTo({ connection, profile: escpos }, huge, { ...mute, idleTimeoutMs: 4_000 })
    expect(outcome.kind).toBe('unknown')
    expect(outcome.kind === 'unknown' ? outcome.bytesAccepted : huge.length).toBeLessThan(huge.length)
  })

  it('gets its whole job when it is only slow', async () => {
    const long = Buffer.from(`\x1b@${'a line of text\n'.repeat(400)}`, 'latin1')
    const { connection } = await peer((socket) => {
      const made = createScriptedPrinter(good, (...bytes) => void socket.write(Uint8Array.from(bytes)))
      socket.on('data', (bytes: Buffer) => {
        socket.pause()
        made.take(bytes)
        setTimeout(() => socket.resume(), 2)
      })
    })
    expect(await printTo({ connection, profile: escpos }, long, patient)).toEqual({ kind: 'printed' })
  })

  it('that never answers is printed on, and not claimed', async () => {
    const { connection, received } = await printer({})
    expect(await printTo({ connection, profile: escpos }, receipt, mute)).toEqual({
      kind: 'unknown',
      detail: 'the printer does not report',
      bytesAccepted: receipt.length,
    })
    await expect.poll(() => contains(received(), receipt)).toBe(true)
    expect(await checkPrinter({ connection, profile: escpos }, mute)).toEqual({
      reachable: true,
      reports: false,
      reason: null,
      paperLow: false,
      drawerPinHigh: null,
    })
  })
})

describe('cancelling', () => {
  it('before the start leaves the printer alone', async () => {
    const { connection, received } = await printer(good)
    const signal = AbortSignal.abort()
    expect(await printTo({ connection, profile: escpos }, receipt, { ...patient, signal })).toMatchObject({
      kind: 'notStarted',
      reason: 'cancelledHere',
    })
    expect(received()).toHaveLength(0)
  })

  it('at any byte is not started before the job and unknown from its first byte on', async () => {
    const whole = questionBytes + receipt.length
    for (let at = 1; at <= whole; at += 1) {
      const controller = new AbortController()
      let heard = 0
      const { connection } = await peer((socket) => {
        const made = createScriptedPrinter(ready, (...bytes) => void socket.write(Uint8Array.from(bytes)))
        socket.on('data', (bytes: Buffer) => {
          heard += bytes.length
          if (heard >= at) controller.abort()
          made.take(bytes)
        })
      })
      const signal = controller.signal
      const outcome = await printTo({ connection, profile: escpos }, receipt, { ...patient, signal })
      const expected = heard <= questionBytes ? 'cancelledHere' : 'cancelled'
      expect({ at, outcome }).toMatchObject({
        outcome: outcome.kind === 'notStarted' ? { reason: expected } : { detail: expected },
      })
      if (at > questionBytes) expect(outcome.kind).toBe('unknown')
      await cleanUps.pop()?.()
    }
  }, 60_000)
})
