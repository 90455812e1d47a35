import { describe, expect, it } from 'vitest'
import { systemClock } from '../../system-ports.ts'
import { createLine } from './line.ts'
import { createReplyReader, type PrinterReply } from './status.ts'
import { openUsb, printerInterface, type UsbHandle } from './usb.ts'

const clock = systemClock()
const wanted = { kind: 'usb' as const, vendorId: 0x04b8, productId: 0x0e28, serialNumber: null }
const options = { clock, connectTimeoutMs: 1_000, signal: undefined }

/** A device of the class asked for; what it does can be replaced. */
function device(
  changes: Partial<UsbHandle> = {},
  interfaceClass = 7,
): { handle: UsbHandle; calls: string[] } {
  const calls: string[] = []
  const note = async (call: string) => void calls.push(call)
  const endpoints = [
    { endpointNumber: 1, direction: 'out', type: 'bulk' },
    { endpointNumber: 2, direction: 'in', type: 'bulk' },
  ]
  const handle: UsbHandle = {
    vendorId: wanted.vendorId,
    productId: wanted.productId,
    serialNumber: 'A1',
    configurations: [
      {
        configurationValue: 1,
        interfaces: [{ interfaceNumber: 0, alternate: { interfaceClass, endpoints } }],
      },
    ],
    open: () => note('open'),
    close: () => note('close'),
    selectConfiguration: (value) => note(`configuration ${value}`),
    claimInterface: (number) => note(`claim ${number}`),
    detachKernelDriver: (number) => note(`detach ${number}`),
    nativeTransferOut: async (endpoint, _ms, data) => {
      calls.push(`out ${endpoint}: ${data.length}`)
      return data.length
    },
    nativeTransferIn: async () => null,
    ...changes,
  }
  return { handle, calls }
}

function listen(handles: UsbHandle[], heard: (reply: PrinterReply) => void = () => {}) {
  const { events, over } = createLine({
    clock,
    signal: undefined,
    read: createReplyReader(),
    heard,
    echoed: () => {},
  })
  return { over, opened: openUsb(() => Promise.resolve(handles))(wanted, events, options) }
}

// No machine of this project has a USB printer: these hold against a made-up one only.
describe('a USB printer (made up)', () => {
  it('is opened, taken from the kernel, written to, heard and closed again', async () => {
    const answers = [Uint8Array.of(0x12)]
    const { handle, calls } = device({ nativeTransferIn: async () => answers.shift() ?? null })
    const heard: PrinterReply[] = []
    const { over, opened } = listen([handle], (reply) => void heard.push(reply))
    const found = await opened
    if (!found.ok) throw new Error(found.detail)
    const line = over(found.wire)
    expect(line.twoWay).toBe(true)
    const handed = line.send(new Uint8Array(100))
    await expect.poll(() => line.accepted()).toBe(handed)
    await expect.poll(() => heard).toEqual([{ kind: 'status', byte: 0x12 }])
    await line.end()
    expect(calls).toEqual(['open', 'detach 0', 'configuration 1', 'claim 0', 'out 1: 100', 'close'])
  })

  it('that the system keeps from this user is forbidden, and closed', async () => {
    const { handle, calls } = device({
      claimInterface: () => Promise.reject(new Error('claimInterface error: Permission denied (errno 13)')),
    })
    expect(await listen([handle]).opened).toMatchObject({ ok: false, reason: 'printerForbidden' })
    expect(calls.at(-1)).toBe('close')
  })

  it('is offline when it is not plugged in, is another one, or is no printer', async () => {
    const other = device({ serialNumber: 'B2', productId: 1 })
    const keyboard = device({}, 3)
    expect(await listen([]).opened).toMatchObject({ reason: 'printerOffline' })
    expect(await listen([other.handle]).opened).toMatchObject({ reason: 'printerOffline' })
    expect(other.calls).toEqual([])
    expect(await listen([keyboard.handle]).opened).toMatchObject({ reason: 'printerOffline' })
    expect(keyboard.calls).toEqual(['open', 'close'])
  })

  it('that is pulled out loses the line', async () => {
    const { handle } = device({ nativeTransferOut: () => Promise.reject(new Error('no device')) })
    const { over, opened } = listen([handle])
    const found = await opened
    if (!found.ok) throw new Error(found.detail)
    const line = over(found.wire)
    const next = line.next(() => false, 5_000)
    line.send(new Uint8Array(1))
    expect(await next).toEqual({ kind: 'lost', detail: 'no device' })
    expect(line.accepted()).toBe(0)
    await line.end()
  })

  it('has its interface found by class, with or without a way back', () => {
    expect(printerInterface(device().handle)).toEqual({ configuration: 1, number: 0, out: 1, in: 2 })
    expect(printerInterface(device({}, 3).handle)).toBeNull()
  })
})
