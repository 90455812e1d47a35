import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { expect, it } from 'vitest'
import type { Client } from '../e2e/control.ts'
import { letIn, openScreenSocket } from '../fixtures/let-in.ts'
import { startServer } from '../fixtures/server.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'

const faulty = new URL('../fixtures/fault-at-a-signal.ts', import.meta.url).href

it('after an error that nobody foresaw it starts again, once, and the open page goes on and says so', async () => {
  const dataFolder = tempFolder()
  const server = await startServer({ dataFolder, nodeArguments: ['--import', faulty] })
  const held = await letIn(server.url)
  const connect = async (): Promise<{ client: Client; socket: WebSocket }> => {
    const socket = await openScreenSocket(server.origin, held)
    return { socket, client: createORPCClient(new RPCLink({ websocket: socket })) }
  }
  const before = await connect()
  const sale = await before.client.sales.current()
  await before.client.sales.saveDraft({
    id: sale.id,
    lines: [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 320_000 }],
  })
  const gone = new Promise((resolve) => before.socket.addEventListener('close', resolve))
  const fault = () => process.kill(-(server.process.pid ?? 0), 'SIGUSR2')
  fault()
  await gone

  // The same port, the same cookie, the same secret: the page finds the next run by itself.
  const after = await until(connect)
  const status = await after.client.live.status()
  expect(status.warnings.map(({ en }) => en.split('.')[0])).toEqual([
    'Kaunta met a fault and started itself again',
  ])
  expect((await after.client.sales.current()).lines).toHaveLength(1)
  expect(status.recovered).toBeNull()
  // The key that the POS holds is still good.
  const rest = await fetch(`${server.apiUrl}/outbox`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  })
  expect(rest.status).toBe(200)

  // So soon a second time it would only go round in circles: it ends, and says so by its code.
  const ended = new Promise((resolve) => server.process.once('exit', resolve))
  fault()
  expect(await ended).toBe(1)
  await server.stop('SIGKILL')
}, 120_000)

async function until<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (tries === 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
