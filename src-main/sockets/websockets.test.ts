import { once } from 'node:events'
import { createServer } from 'node:http'
import { Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { systemClock } from '../system-ports.ts'
import { type Channel, openWebSockets } from './websockets.ts'

const addressSchema = z.object({ port: z.number() })

/** A channel, and the other end of it. */
async function open(unreadMs: number): Promise<{ channel: Channel; page: WebSocket }> {
  const sockets = openWebSockets(1_000, systemClock(), unreadMs)
  const joined = Promise.withResolvers<Channel>()
  const server = createServer().listen(0, '127.0.0.1')
  server.on('upgrade', (request, socket, head) => {
    if (socket instanceof Socket) sockets.accept(request, socket, head, joined.resolve)
  })
  await once(server, 'listening')
  const page = new WebSocket(`ws://127.0.0.1:${addressSchema.parse(server.address()).port}`)
  onTestFinished(() => {
    sockets.close()
    page.terminate()
    server.close()
  })
  await once(page, 'open')
  return { channel: await joined.promise, page }
}

it('a message is taken once the other end has room for it, in its order', async () => {
  const { channel, page } = await open(60_000)
  const heard: string[] = []
  page.on('message', (data) => heard.push(Buffer.isBuffer(data) ? data.toString() : ''))
  for (const word of ['one', 'two', 'three']) await channel.send(word)
  await expect.poll(() => heard).toEqual(['one', 'two', 'three'])
})

it('a screen that does not read is cut off, and whoever waited to tell it something goes on', async () => {
  const { channel, page } = await open(200)
  page.pause()
  const closed = new Promise<void>((resolve) => channel.onClose(resolve))
  const piece = 'x'.repeat(1024 * 1024)
  const tell = async (): Promise<number> => {
    for (let count = 0; count < 40; count += 1) await channel.send(piece)
    return page.readyState
  }
  const told = tell()
  await closed
  // It does not know yet: it has not read.
  expect(await told).toBe(WebSocket.OPEN)
})
