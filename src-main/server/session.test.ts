import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { manualClock, steadyRandomness } from '../../test/fixtures/manual-clock.ts'
import { createSession } from './session.ts'

function get(url: string, method = 'GET'): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.url = url
  request.method = method
  return request
}

describe('the one-time address', () => {
  it('lets one browser in, for a minute and no longer', async () => {
    const clock = manualClock()
    const session = createSession(steadyRandomness(), clock, null)
    const [first, second, third] = [session.newPath(), session.newPath(), session.newPath()]
    expect(session.opens(get(first))).toBe(true)
    expect(session.opens(get(first))).toBe(false)
    await clock.advance(59_999)
    expect(session.opens(get(second))).toBe(true)
    await clock.advance(1)
    expect(session.opens(get(third))).toBe(false)
  })

  it('lives no longer by a clock that is set back, and opens to nothing but a page', async () => {
    const clock = manualClock()
    const session = createSession(steadyRandomness(), clock, null)
    const path = session.newPath()
    expect(session.opens(get(path, 'POST'))).toBe(false)
    expect(session.opens(get(`${path}x`))).toBe(false)
    clock.jumpWall(-3_600_000)
    await clock.advance(60_000)
    expect(session.opens(get(path))).toBe(false)
  })
})
