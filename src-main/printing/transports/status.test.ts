import { describe, expect, it } from 'vitest'
import { createStarReader } from './star.ts'
import { createReplyReader, statusCondition } from './status.ts'

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
      'condition',
      'processed',
    ])
  })

  it('tells flow control and noise apart', () => {
    expect(kinds(0x11, 0x13, 0x80)).toEqual(['flow', 'flow', 'unknown'])
  })
})

describe('statusCondition', () => {
  it.each([
    [0x12, 0x12, 0x12, 0x12, null],
    [0x16, 0x12, 0x12, 0x1e, null],
    [0x1a, 0x16, 0x12, 0x12, 'coverOpen'],
    [0x1a, 0x32, 0x12, 0x7e, 'noPaper'],
    [0x12, 0x12, null, 0x72, 'noPaper'],
    [0x1a, 0x36, null, 0x7e, 'coverOpen'],
    [0x1a, 0x52, 0x1a, 0x12, 'cutterError'],
    [0x1a, 0x52, 0x32, 0x12, 'printerFault'],
    [0x1a, 0x52, 0x52, 0x12, 'printerHot'],
    [0x1a, 0x52, null, 0x12, 'printerFault'],
    [0x1a, 0x12, 0x12, 0x12, 'printerOffline'],
    [0x12, null, null, null, null],
    [0x1a, null, null, null, 'printerOffline'],
  ])('reads %s, %s, %s, %s as %s', (printer, offlineCause, error, paper, reason) => {
    expect(statusCondition({ printer, offlineCause, error, paper }).reason).toBe(reason)
  })

  it('tells low paper and the level of the drawer, unless it was not told', () => {
    const said = { printer: 0x16, offlineCause: 0x12, error: 0x12, paper: 0x1e }
    expect(statusCondition(said)).toMatchObject({ paperLow: true, drawerPinHigh: true })
    expect(statusCondition({ ...said, printer: null }).drawerPinHigh).toBeNull()
  })
})

describe('the process id', () => {
  it('is read whole, across chunks, and its digits are no answers of their own', () => {
    const read = createReplyReader()
    expect(read(Uint8Array.of(0x37, 0x22, 0x30, 0x30))).toEqual([])
    expect(read(Uint8Array.of(0x30, 0x37, 0x00, 0x12))).toEqual([
      { kind: 'processId', id: '0007' },
      { kind: 'status', byte: 0x12 },
    ])
  })

  it('of a wrong shape is dropped whole', () => {
    expect(kinds(0x37, 0x22, 0x30, 0x00)).toEqual([])
    expect(kinds(0x37, 0x24, 0x30, 0x30, 0x30, 0x31, 0x00)).toEqual([])
  })
})

describe('automatic status', () => {
  it.each([
    [[0x30, 0, 0, 0], 'coverOpen'],
    [[0x18, 0, 0x0c, 0], 'noPaper'],
    [[0x18, 0x08, 0, 0], 'cutterError'],
    [[0x18, 0x20, 0, 0], 'printerFault'],
    [[0x18, 0x40, 0, 0], 'printerHot'],
    [[0x18, 0, 0, 0], 'printerOffline'],
    [[0x10, 0, 0x03, 0], null],
  ])('%j says %s', (bytes, reason) => {
    expect(createReplyReader()(Uint8Array.from(bytes))).toMatchObject([
      { kind: 'condition', condition: { reason } },
    ])
  })

  it('with a real-time answer between its bytes keeps both', () => {
    expect(kinds(0x10, 0x00, 0x12, 0x00, 0x00)).toEqual(['status', 'condition'])
  })
})

describe('createStarReader', () => {
  it('reads length, troubles and counter of a status in any chunks', () => {
    const read = createStarReader()
    expect(read(Uint8Array.of(0x11, 0x23, 0x06, 0x2a))).toEqual([{ kind: 'flow' }])
    // Counter 19 = 10 011 in binary: bits 6, 5 and 3 to 1.
    expect(read(Uint8Array.of(0x00, 0x00, 0x04, 0x00, 0x46, 0x00))).toEqual([
      {
        kind: 'condition',
        condition: { reason: 'coverOpen', paperLow: true, drawerPinHigh: false },
        counter: 19,
        counted: true,
      },
    ])
  })

  it('has no counter in the short status of old models', () => {
    expect(createStarReader()(Uint8Array.of(0x0f, 0x02, 0, 0, 0, 0, 0))).toMatchObject([{ counter: null }])
  })

  it('reads the id of a document, even one of zeros, and what follows it', () => {
    const read = createStarReader()
    expect(read(Uint8Array.of(0x1b, 0x1d, 0x03, 0x01, 0x21, 0x18))).toEqual([])
    expect(read(Uint8Array.of(0x05, 0x00, 0x1b, 0x1d, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00))).toEqual([
      { kind: 'document', step: 'printed', id: [0x21, 0x18] },
      { kind: 'document', step: 'asked', id: [0, 0] },
    ])
  })

  it('drops a status that something else interrupts', () => {
    expect(createStarReader()(Uint8Array.of(0x23, 0x06, 0x80, 0, 0)).map(({ kind }) => kind)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ])
  })
})
