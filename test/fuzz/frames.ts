import type { Chance } from '../fixtures/chance.ts'

/** One WebSocket frame by its parts (RFC 6455 §5.2), right or wrong. */
interface FrameParts {
  /** First byte: FIN, RSV1-3, opcode. */
  readonly head: number
  readonly masked: boolean
  readonly payload: Buffer
  /** The length that the frame claims, where it is not its own. */
  readonly claims?: number
}

function frame({ head, masked, payload, claims = payload.length }: FrameParts): Buffer {
  const mask = masked ? 0x80 : 0
  const length =
    claims < 126
      ? Buffer.from([head, mask | claims])
      : claims < 65_536
        ? Buffer.from([head, mask | 126, claims >> 8, claims & 255])
        : Buffer.concat([Buffer.from([head, mask | 127]), bigEndian(claims)])
  return masked ? Buffer.concat([length, Buffer.alloc(4), payload]) : Buffer.concat([length, payload])
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

/** A text as a browser sends it. */
export function textFrame(text: string): Buffer {
  return frame({ head: 0x81, masked: true, payload: Buffer.from(text) })
}

/** Frames that break the protocol, each in another way. */
export function wrongFrame(chance: Chance): Buffer {
  const payload = Buffer.from('{"i":"1"}')
  return chance.pick<() => Buffer>([
    // unmasked
    () => frame({ head: 0x81, masked: false, payload }),
    // reserved opcodes
    () => frame({ head: 0x80 | chance.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), masked: true, payload }),
    // reserved bits
    () => frame({ head: 0x81 | chance.pick([0x10, 0x20, 0x40, 0x70]), masked: true, payload }),
    // not UTF-8
    () => frame({ head: 0x81, masked: true, payload: Buffer.from([0xc3, 0x28, 0xff]) }),
    // larger than anything the door takes, or than 2^53
    () => frame({ head: 0x82, masked: true, payload, claims: chance.pick([2 ** 31, 2 ** 40, 2 ** 53]) }),
    // a continuation of nothing, a message inside another
    () => frame({ head: 0x80, masked: true, payload }),
    () => Buffer.concat([frame({ head: 0x01, masked: true, payload }), textFrame('x')]),
    // control frames: too long, in pieces, with a code that may not be sent
    () => frame({ head: 0x89, masked: true, payload: Buffer.alloc(126) }),
    () => frame({ head: 0x09, masked: true, payload }),
    () => frame({ head: 0x88, masked: true, payload: Buffer.from([0x03, 0xed]) }),
    () => frame({ head: 0x88, masked: true, payload: Buffer.from([0x03]) }),
    // a message that is no call, and calls of nothing
    () => textFrame('nonsense'),
    () => textFrame('{"i":null,"p":{"u":5}}'),
    () => frame({ head: 0x82, masked: true, payload: Buffer.from([0, 1, 2, 255, 254]) }),
  ])()
}
