import { describe, expect, it } from 'vitest'
import { createReplyReader, statusReason } from './status.ts'

const kinds = (...bytes: number[]) => createReplyReader()(Uint8Array.from(bytes)).map((reply) => reply.kind)

describe('createReplyReader', () => {
  it.each([0x12, 0x16, 0x1a, 0x1e, 0x32, 0x72, 0x7e])('takes %i for a real-time status', (byte) => {
    expect(kinds(byte)).toEqual(['status'])
  })

  it.each([0x00, 0x03, 0x0c, 0x0f, 0x60])('takes %i for the end of a job', (byte) => {
    expect(kinds(byte)).toEqual(['processed'])
  })

  it('takes the four bytes of an automatic status for one, even split, and never for the end of a job', () => {
    const read = createReplyReader()
    expect(read(Uint8Array.of(0x14, 0x00)).map((reply) => reply.kind)).toEqual([])
    expect(read(Uint8Array.of(0x0c, 0x0f, 0x00)).map((reply) => reply.kind)).toEqual([
      'automatic',
      'processed',
    ])
  })

  it('tells flow control and noise apart', () => {
    expect(kinds(0x11, 0x13, 0x80)).toEqual(['flow', 'flow', 'unknown'])
  })
})

describe('statusReason', () => {
  it.each([
    [0x12, 0x12, 0x12, null],
    [0x16, 0x12, 0x1e, null],
    [0x1a, 0x16, 0x12, 'coverOpen'],
    [0x1a, 0x32, 0x7e, 'noPaper'],
    [0x12, 0x12, 0x72, 'noPaper'],
    [0x1a, 0x36, 0x7e, 'coverOpen'],
    [0x1a, 0x12, 0x12, 'printerOffline'],
    [0x12, null, null, null],
    [0x1a, null, null, 'printerOffline'],
  ])('reads %s, %s, %s as %s', (printer, offlineCause, paper, reason) => {
    expect(statusReason({ printer, offlineCause, paper })).toBe(reason)
  })
})
