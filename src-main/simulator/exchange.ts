import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Faults } from '../../src-preload/contract/practice.ts'
import type {
  Simulator,
  SimulatorReply,
  SimulatorRequest,
  WordedFault,
  World,
} from '../providers/simulation.ts'
import { heldMs, slowness } from './faults.ts'

const bodyLimit = 1024 * 1024

/** Answers one request as the provider would, under the faults of the moment. */
export async function answerRequest(
  deps: { readonly world: World; readonly faults: () => Faults },
  mount: { readonly provider: string; readonly simulator: Simulator },
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world } = deps
  const request = await readRequest(mount.provider, incoming)
  if (request === null) return write(world, response, { status: 413, body: '' })
  const fault = world.providerFault(mount.provider)
  if (deps.faults().line === 'slow') await wait(world, slowness.line)
  if (fault === 'slow') await wait(world, slowness.provider)
  if (isWorded(fault)) {
    const worded = mount.simulator.fault(fault, request)
    if (worded !== null) return write(world, response, worded)
  }
  const effect = mount.simulator.hasEffect(request)
  if (effect && fault === 'timeoutBeforeAccepting') return hold(world, response)
  const reply = await mount.simulator.handle(request)
  if (effect && fault === 'timeoutAfterAccepting') return hold(world, response)
  return write(world, response, reply)
}

function isWorded(fault: ReturnType<World['providerFault']>): fault is WordedFault {
  return fault === 'serverError' || fault === 'throttled' || fault === 'noBalance' || fault === 'wrongKey'
}

/** Null for a body above the limit. */
async function readRequest(provider: string, incoming: IncomingMessage): Promise<SimulatorRequest | null> {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  const chunks: Buffer[] = []
  let size = 0
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= bodyLimit) chunks.push(chunk)
  })
  await once(incoming, 'end')
  if (size > bodyLimit) return null
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.slice(provider.length + 1),
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks),
  }
}

function write(world: World, response: ServerResponse, reply: SimulatorReply): void {
  // The simulated provider's clock, not the machine's: adapters learn the time from this header.
  response.writeHead(reply.status, { ...reply.headers, date: new Date(world.now()).toUTCString() })
  response.end(reply.body)
}

/** The answer never comes; in the end the connection breaks. */
function hold(world: World, response: ServerResponse): void {
  const stop = world.after(heldMs / world.timeScale, () => response.destroy())
  response.once('close', stop)
}

function wait(world: World, ms: number): Promise<void> {
  return new Promise((resolve) => world.after(ms / world.timeScale, resolve))
}
