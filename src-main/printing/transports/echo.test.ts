import { describe, expect, it } from 'vitest'
import { createEchoWatch } from './echo.ts'

const bytes = (...some: number[]) => Uint8Array.from(some)

describe('a line that sends everything back', () => {
  it('is known by its first bytes, however they are cut', () => {
    for (const pieces of [
      [bytes(0x10, 4, 1)],
      [bytes(0x10), bytes(4), bytes(1)],
      [bytes(0x10, 4), bytes(1, 0x12)],
    ]) {
      const watch = createEchoWatch()
      watch.sent(bytes(0x10, 4, 1))
      for (const piece of pieces) expect([...watch.heard(piece)]).toEqual([])
      expect(watch.echoes()).toBe(true)
      expect([...watch.heard(bytes(0x12, 0x00))]).toEqual([])
    }
  })

  it('is known by what it sends back later, when its first bytes were lost', () => {
    const watch = createEchoWatch()
    watch.sent(bytes(0x10, 4, 1))
    watch.sent(Buffer.from('DUKA LA ASHA\nJUMLA 3,200\n'))
    expect([...watch.heard(bytes(0x04, 0x01))]).toEqual([0x04, 0x01])
    expect([...watch.heard(Buffer.from('LA ASHA\nJU'))]).toEqual([])
    expect(watch.echoes()).toBe(true)
  })

  it('is no printer that answers, also when an answer begins as a question does or repeats it', () => {
    const watch = createEchoWatch()
    watch.sent(bytes(0x10, 4, 1))
    // Automatic status of ESC/POS: its first byte is that of the question.
    expect([...watch.heard(bytes(0x10))]).toEqual([])
    expect([...watch.heard(bytes(0x00, 0x00, 0x00))]).toEqual([0x10, 0, 0, 0])
    watch.sent(bytes(0x1b, 0x1d, 0x03, 0x01, 0x21, 0x18, 0x1b, 0x40))
    const answer = [0x1b, 0x1d, 0x03, 0x01, 0x21, 0x18, 0x05, 0x00]
    expect([...watch.heard(bytes(...answer))]).toEqual(answer)
    expect(watch.echoes()).toBe(false)
  })
})
