import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Clock } from '../ports.ts'
import { createVirtualPrinter, type VirtualPrinter, type VirtualPrinterOptions } from './paper-tape.ts'

const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

const open: VirtualPrinter[] = []
const sockets: Socket[] = []
async function printer(port?: number, options: Partial<VirtualPrinterOptions> = {}): Promise<VirtualPrinter> {
  const started = await createVirtualPrinter({
    clock,
    columns: 48,
    ...(port === undefined ? {} : { port }),
    ...options,
  })
  open.push(started)
  return started
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const started of open.splice(0)) await started.close()
})

async function dial({ host, port }: VirtualPrinter): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true })
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

function closed(socket: Socket): Promise<void> {
  socket.on('error', () => {})
  return new Promise((resolve) => {
    socket.once('close', () => resolve())
  })
}

async function ask(socket: Socket, ...bytes: number[]): Promise<string> {
  const answered = once(socket, 'data')
  socket.write(Uint8Array.from(bytes))
  const [answer] = await answered
  return Buffer.isBuffer(answer) ? answer.toString('hex') : 'nothing'
}

const kinds = (device: VirtualPrinter) => device.snapshot().paper.map((item) => item.kind)
const job = Buffer.from('\u001b@Duka\n\u001bE\u0001Jumla\u001bE\u0000\n\u001dVB\u0000', 'latin1')
const completion = [0x1d, 0x72, 1]
/** A paper of 20 lines, of which the roll's last 25 mm hold seven. */
const long = Buffer.from(
  `\u001b@${Array.from({ length: 20 }, (_, at) => `mstari ${at}\n`).join('')}\u001dVB\u0000`,
)
const processId = [0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x30, 0x30, 0x30, 0x31]

/** A loaded machine may take its time. */
const until = (check: () => void) => vi.waitFor(check, 15_000)

/** All that comes back, in hexadecimal. */
function listen(socket: Socket): () => string {
  let heard = ''
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('hex')
  })
  return () => heard
}

/** A clock that goes on when it is told to. */
function handClock() {
  let now = 0
  let due: { at: number; run: () => void }[] = []
  const byHand: Clock = {
    now: () => now,
    monotonic: () => now,
    after(ms, run) {
      const entry = { at: now + ms, run }
      due.push(entry)
      return () => {
        due = due.filter((one) => one !== entry)
      }
    },
  }
  const advance = (ms: number) => {
    for (const end = now + ms; now < end; now += 1) {
      const ready = due.filter(({ at }) => at <= now)
      due = due.filter(({ at }) => at > now)
      for (const { run } of ready) run()
    }
  }
  return { byHand, advance }
}

describe('the virtual printer', () => {
  it('prints what comes over TCP, answers when done and counts the paper', async () => {
    const device = await printer()
    const socket = await dial(device)
    expect(await ask(socket, ...job, ...completion)).toBe('00')
    expect(kinds(device)).toEqual(['line', 'line', 'cut'])
    expect(device.snapshot().columns).toBe(48)
    expect(device.jobs()).toBe(1)
    device.tear()
    expect([device.snapshot().paper, device.jobs()]).toEqual([[], 1])
  })

  it('gives the same paper however the stream is cut into packets', async () => {
    const device = await printer()
    const socket = await dial(device)
    await ask(socket, ...job, ...completion)
    const whole = device.snapshot().paper
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: job.length - 1 }), { maxLength: 12 }),
        async (cuts) => {
          device.tear()
          const ends = [...cuts.toSorted((a, b) => a - b), job.length]
          let from = 0
          for (const end of ends) {
            socket.write(job.subarray(from, end))
            // No delay and a turn of the event loop: the pieces leave as packets of their own.
            if (end !== job.length) await new Promise((resolve) => setImmediate(resolve))
            from = end
          }
          expect(await ask(socket, ...completion)).toBe('00')
          expect(device.snapshot().paper).toEqual(whole)
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each([
    ['ready', '12', '12', '12'],
    ['noPaper', '1a', '32', '7e'],
    ['coverOpen', '1a', '16', '12'],
    ['paperLow', '12', '12', '1e'],
    ['cutterError', '1a', '52', '12'],
    ['slow', '12', '12', '12'],
    ['noPaperSoon', '12', '12', '12'],
  ] as const)('tells how it is when %s', async (fault, one, two, four) => {
    const device = await printer()
    await device.setFault(fault)
    const socket = await dial(device)
    expect([
      await ask(socket, 0x10, 4, 1),
      await ask(socket, 0x10, 4, 2),
      await ask(socket, 0x10, 4, 4),
    ]).toEqual([one, two, four])
  })

  it('names the cutter among its errors', async () => {
    const device = await printer()
    const socket = await dial(device)
    expect(await ask(socket, 0x10, 4, 3)).toBe('12')
    await device.setFault('cutterError')
    expect(await ask(socket, 0x10, 4, 3)).toBe('1a')
  })

  it.each(['noPaper', 'coverOpen', 'cutterError'] as const)(
    'keeps a job while %s and prints it afterwards, once',
    async (fault) => {
      const device = await printer()
      await device.setFault(fault)
      const socket = await dial(device)
      socket.write(Uint8Array.from([...job, ...completion]))
      expect(await ask(socket, 0x10, 4, 1)).toBe('1a')
      expect(device.snapshot().paper).toEqual([])
      const done = once(socket, 'data')
      await device.setFault('ready')
      await done
      expect([device.jobs(), kinds(device)]).toEqual([1, ['line', 'line', 'cut']])
    },
  )

  it('prints and says nothing when silent', async () => {
    const device = await printer()
    await device.setFault('silent')
    const socket = await dial(device)
    let heard = 0
    socket.on('data', (bytes) => (heard += bytes.length))
    const over = closed(socket)
    socket.end(Uint8Array.from([0x10, 4, 1, ...job, ...completion]))
    await over
    expect([heard, device.jobs()]).toEqual([0, 1])
  })

  it('goes off the network and comes back on the same port', async () => {
    const device = await printer()
    const before = await dial(device)
    const dropped = closed(before)
    await device.setFault('off')
    await dropped
    await expect(dial(device)).rejects.toThrow('ECONNREFUSED')
    await device.setFault('ready')
    expect(await ask(await dial(device), 0x10, 4, 1)).toBe('12')
  })

  it('serves one connection at a time', async () => {
    const device = await printer()
    const first = await dial(device)
    expect(await ask(first, 0x10, 4, 1)).toBe('12')
    const second = await dial(device)
    const answered = once(second, 'data')
    second.write(Uint8Array.from([...job, ...completion]))
    expect(await ask(first, 0x10, 4, 1)).toBe('12')
    expect(device.jobs()).toBe(0)
    first.end()
    await answered
    expect(device.jobs()).toBe(1)
  })

  it('tells its listeners of changes until they stop listening', async () => {
    const device = await printer()
    let told = 0
    const heard = new Promise<void>((resolve) => {
      const stop = device.subscribe(() => {
        told += 1
        stop()
        resolve()
      })
    })
    const socket = await dial(device)
    await ask(socket, ...job, ...completion)
    await heard
    await ask(socket, ...job, ...completion)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(told).toBe(1)
  })

  it('refuses a port that is taken', async () => {
    const device = await printer()
    await expect(printer(device.port)).rejects.toThrow('EADDRINUSE')
  })

  it('breaks the connection at a chosen byte and holds only what came before', async () => {
    const device = await printer()
    device.disconnectAfterBytes(8)
    const socket = await dial(device)
    const over = closed(socket)
    socket.write(job)
    await over
    expect([kinds(device), device.jobs()]).toEqual([['line', 'unreadable'], 0])
  })
})

describe('the virtual printer on a bad day', () => {
  it('tells of itself when it was asked to: at once, at every change, and no more after that', async () => {
    const device = await printer()
    const socket = await dial(device)
    const heard = listen(socket)
    const told = async (hex: string) => until(() => expect(heard()).toBe(hex))
    await device.setFault('paperLow')
    socket.write(Uint8Array.of(0x1d, 0x61, 0x0f))
    await told('10000300')
    await device.setFault('noPaper')
    await told('1000030018000f00')
    // Pace is nothing that a printer tells.
    await device.setFault('slow')
    await told('1000030018000f0010000000')
    await device.setFault('ready')
    await device.setFault('coverOpen')
    await told('1000030018000f001000000038000000')
    await device.setFault('ready')
    await told('1000030018000f00100000003800000010000000')
    await ask(socket, 0x1d, 0x61, 0, ...completion)
    await device.setFault('noPaper')
    expect(await ask(socket, 0x10, 4, 1)).toBe('1a')
    expect(heard()).toBe('1000030018000f00100000003800000010000000001a')
  })

  it('says that a job is done when it is, and not before', async () => {
    const device = await printer()
    await device.setFault('noPaper')
    const socket = await dial(device)
    const heard = listen(socket)
    socket.write(Uint8Array.from([...job, ...processId]))
    expect(await ask(socket, 0x10, 4, 4)).toBe('7e')
    expect([heard(), device.jobs()]).toEqual(['7e', 0])
    await device.setFault('ready')
    await until(() => expect(heard()).toBe('7e37223030303100'))
    expect(device.jobs()).toBe(1)
  })

  it('ends its roll in the middle of a paper, and goes on with the next roll', async () => {
    const device = await printer()
    await device.setFault('noPaperSoon')
    const socket = await dial(device)
    const heard = listen(socket)
    socket.write(Uint8Array.from([...long, ...processId]))
    await until(() => expect(device.snapshot().fault).toBe('noPaper'))
    expect([kinds(device), device.jobs()]).toEqual([Array(7).fill('line'), 0])
    expect(await ask(socket, 0x10, 4, 4)).toBe('7e')
    await device.setFault('ready')
    await until(() => expect(heard()).toBe('7e37223030303100'))
    expect([kinds(device), device.jobs()]).toEqual([[...Array(20).fill('line'), 'cut'], 1])
  })

  it('prints the same paper wherever the roll ends', async () => {
    const device = await printer()
    const socket = await dial(device)
    await ask(socket, ...job, ...completion)
    const whole = device.snapshot().paper
    for (let at = 1; at < job.length; at += 1) {
      device.tear()
      device.runOutAfterBytes(at)
      const answered = once(socket, 'data')
      socket.write(Uint8Array.from([...job, ...completion]))
      await until(() => expect(device.snapshot().fault).toBe('noPaper'))
      expect(device.snapshot().paper.length).toBeLessThan(whole.length)
      await device.setFault('ready')
      await answered
      expect(device.snapshot().paper).toEqual(whole)
    }
    expect(device.jobs()).toBe(job.length)
  })

  it('breaks off in the middle of a paper, keeps the half, and is there again', async () => {
    const device = await printer()
    await device.setFault('breaksOff')
    const socket = await dial(device)
    const over = closed(socket)
    socket.write(Uint8Array.from([...long, ...processId]))
    await over
    expect([kinds(device), device.jobs(), device.snapshot().fault]).toEqual([
      Array(7).fill('line'),
      0,
      'ready',
    ])
    expect(await ask(await dial(device), ...job, ...completion)).toBe('00')
    expect([kinds(device), device.jobs()]).toEqual([[...Array(9).fill('line'), 'cut'], 1])
  })

  it('crawls, takes no more than it can hold, and still says how it is', async () => {
    const { byHand, advance } = handClock()
    const device = await printer(undefined, { clock: byHand })
    await device.setFault('slow')
    const socket = await dial(device)
    const heard = listen(socket)
    socket.write(Buffer.concat([Buffer.from(`${'x'.repeat(9)}\n`.repeat(300)), Buffer.from(processId)]))
    expect(await ask(socket, 0x10, 4, 1)).toBe('12')
    expect(device.snapshot().paper).toHaveLength(0)
    advance(1_001)
    // 1,000 bytes a second.
    expect(device.snapshot().paper).toHaveLength(100)
    expect(heard()).toBe('12')
    advance(3_000)
    await until(() => expect(heard()).toBe('1237223030303100'))
    expect(device.snapshot().paper).toHaveLength(300)
  })

  it('does not hear what stands behind a full buffer until there is room', async () => {
    const device = await printer(undefined, { bufferBytes: 64 })
    await device.setFault('coverOpen')
    const socket = await dial(device)
    const heard = listen(socket)
    expect(await ask(socket, 0x10, 4, 1)).toBe('1a')
    socket.write('x'.repeat(100))
    socket.write(Uint8Array.from([0x10, 4, 1, ...completion]))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(heard()).toBe('1a')
    await device.setFault('ready')
    await until(() => expect(heard()).toBe('1a1200'))
    expect(device.stuckBytes()).toBe(0)
  })

  it('takes the next job for the rest of a half picture, until it is switched off', async () => {
    const device = await printer()
    const picture = [0x1d, 0x76, 0x30, 0, 8, 0, 50, 0]
    const first = await dial(device)
    const over = closed(first)
    first.end(Uint8Array.from([...picture, 0xff]))
    await over
    expect([kinds(device), device.stuckBytes()]).toEqual([['unreadable'], 9])
    const second = await dial(device)
    second.write(job)
    expect(await ask(second, 0x10, 4, 1)).toBe('12')
    expect([kinds(device), device.stuckBytes()]).toEqual([['unreadable'], 9 + job.length + 3])
    const gone = closed(second)
    await device.powerCycle()
    await gone
    expect(device.stuckBytes()).toBe(0)
    expect(await ask(await dial(device), ...job, ...completion)).toBe('00')
    expect([kinds(device).slice(-3), device.jobs()]).toEqual([['line', 'line', 'cut'], 1])
  })

  it('forgets what it held when it is switched off, but not the pictures that it keeps', async () => {
    const device = await printer()
    const keep = [0x1d, 0x28, 0x4c, 12, 0, 0x30, 67, 48, 0x4b, 0x31, 1, 8, 0, 1, 0, 49, 0xf0]
    const show = [0x1d, 0x28, 0x4c, 6, 0, 0x30, 69, 0x4b, 0x31, 1, 1]
    const before = await dial(device)
    await ask(before, ...keep, ...completion)
    await device.setFault('noPaper')
    before.write(job)
    expect(await ask(before, 0x10, 4, 1)).toBe('1a')
    await device.setFault('off')
    await device.setFault('ready')
    expect(await ask(await dial(device), ...show, ...completion)).toBe('00')
    expect([kinds(device), device.jobs()]).toEqual([['image'], 0])
  })

  it('keeps half a command when the line broke inside it', async () => {
    const device = await printer()
    device.disconnectAfterBytes(1)
    const socket = await dial(device)
    const over = closed(socket)
    socket.write(Uint8Array.of(0x1b, 0x40))
    await over
    expect(device.stuckBytes()).toBe(1)
    // The reset of the next job is eaten: its second byte is printed as a letter.
    await ask(await dial(device), ...job, ...completion)
    const first = device.snapshot().paper.find((item) => item.kind === 'line')
    expect(first?.kind === 'line' ? first.runs[0]?.text : '').toBe('@Duka')
  })
})

describe('the virtual printer as a Star', () => {
  const request = [0x1b, 0x06, 0x01]
  const starJob = Buffer.from('\u001b@Duka\n\u001bEJumla\u001bF\n\u001bd\u0003')

  it('prints, counts and says how it is, also while it cannot print', async () => {
    const device = await printer(undefined, { language: 'starprnt' })
    const socket = await dial(device)
    const heard = listen(socket)
    const told = async (hex: string) => until(() => expect(heard()).toBe(hex))
    socket.write(Uint8Array.from([0x1b, 0x1e, 0x61, 1, ...starJob, 0x17]))
    const counted = ['230600000000000000', '230602000000000200']
    await told(counted.join(''))
    expect([kinds(device), device.jobs()]).toEqual([['line', 'line', 'cut'], 1])
    await device.setFault('noPaper')
    await told([...counted, '23060800000c000200'].join(''))
    socket.write(Uint8Array.from([...starJob, 0x17]))
    expect(await ask(socket, ...request)).toBe('23060800000c000200')
    expect(device.jobs()).toBe(1)
    const done = once(socket, 'data')
    await device.setFault('cutterError')
    await done
    expect(await ask(socket, ...request)).toBe('230608080000000200')
    await device.setFault('ready')
    await until(() => expect(heard().endsWith('230602000000000400')).toBe(true))
    expect(device.jobs()).toBe(2)
  })

  it('speaks the language it is switched to', async () => {
    const device = await printer()
    device.setLanguage('starprnt')
    expect(await ask(await dial(device), ...starJob, ...request)).toBe('230600000000000000')
    expect(device.jobs()).toBe(1)
    device.setLanguage('escpos')
    device.tear()
    const socket = await dial(device)
    sockets[0]?.end()
    expect(await ask(socket, ...job, ...completion)).toBe('00')
    expect(kinds(device)).toEqual(['line', 'line', 'cut'])
  })
})
