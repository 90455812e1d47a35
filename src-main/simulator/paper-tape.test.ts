import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Clock } from '../ports.ts'
import { createVirtualPrinter, type VirtualPrinter } from './paper-tape.ts'

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
async function printer(port?: number): Promise<VirtualPrinter> {
  const started = await createVirtualPrinter({ clock, columns: 48, ...(port === undefined ? {} : { port }) })
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

  it.each(['noPaper', 'coverOpen'] as const)(
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
