import { connect } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { PrinterProfile } from '../../src-preload/contract/printer-models.ts'
import { quietFeed } from '../../test/fixtures/feed.ts'
import { createSimulatorHost } from '../simulator/host.ts'
import { createVirtualPrinter } from '../simulator/paper-tape.ts'
import { systemClock, systemRandomness } from '../system-ports.ts'
import { createPracticeRoom } from './service.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function openRoom(profile: () => Pick<PrinterProfile, 'columns' | 'language'> | null = () => null) {
  const clock = systemClock()
  const world = await createSimulatorHost({ clock, random: systemRandomness(), timeScale: 100 })
  const printer = await createVirtualPrinter({ clock })
  closers.push(
    () => world.close(),
    () => printer.close(),
  )
  const feed = quietFeed()
  let recovered = 0
  const room = createPracticeRoom(world, printer, { feed, profile, recovered: () => (recovered += 1) })
  return { room, feed, printer, recovered: () => recovered }
}

/** Sends a paper and waits until the printer is done with the line. */
async function send({ host, port }: { readonly host: string; readonly port: number }, text: string) {
  const socket = connect({ host, port })
  socket.on('error', () => {})
  socket.end(Buffer.from(text, 'latin1'))
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
  })
}

describe('the practice room', () => {
  it('shows the fault that the printer has now, when one ended by itself or became another', async () => {
    const { room, printer } = await openRoom()
    const shown = () => room.snapshot().faults.printer
    await room.setFaults({ printer: 'breaksOff' })
    expect(shown()).toBe('breaksOff')
    await send(printer, 'mstari\n'.repeat(20))
    expect([shown(), room.snapshot().paper.length]).toEqual(['ready', 7])
    await room.setFaults({ printer: 'noPaperSoon' })
    await send(printer, 'mstari\n'.repeat(20))
    await vi.waitFor(() => expect(shown()).toBe('noPaper'), 10_000)
  })

  it('lets what waits go when the printer takes papers again, and only then', async () => {
    const { room, recovered } = await openRoom()
    for (const printer of ['noPaper', 'coverOpen', 'cutterError', 'off'] as const) {
      await room.setFaults({ printer })
    }
    expect(recovered()).toBe(0)
    for (const printer of ['ready', 'paperLow', 'slow'] as const) await room.setFaults({ printer })
    expect(recovered()).toBe(3)
  })

  it('has the roll and the language that the till’s profile names, also after a change', async () => {
    let profile: Pick<PrinterProfile, 'columns' | 'language'> | null = { columns: 32, language: 'starprnt' }
    const { room, feed, printer } = await openRoom(() => profile)
    expect(room.snapshot().paperColumns).toBe(32)
    await send(printer, '\u001bEDuka\n\u001bF')
    expect(room.snapshot().paper).toMatchObject([{ kind: 'line', runs: [{ text: 'Duka', bold: true }] }])
    profile = { columns: 42, language: 'escpos' }
    feed.tell('settings')
    printer.tear()
    await send(printer, '\u001bE\u0001Duka\n')
    expect(room.snapshot()).toMatchObject({
      paperColumns: 42,
      paper: [{ kind: 'line', runs: [{ text: 'Duka', bold: true }] }],
    })
  })
})
