import type { HttpClient } from '../http/client.ts'
import type { Stop } from '../ports.ts'
import type { World } from '../providers/simulation.ts'
import { type CallbackFault, slowness } from './faults.ts'

type CallbackRequest = Parameters<World['callBack']>[0]

export interface CallbacksDeps {
  readonly http: HttpClient
  readonly timeScale: number
  readonly after: (ms: number, run: () => void) => Stop
  readonly fault: () => CallbackFault
  readonly line: () => 'on' | 'off' | 'slow'
}

/** The way back from the simulated world to the shop: only ever to this machine, whatever address was given. */
export interface Callbacks {
  readonly callBack: (request: CallbackRequest) => void
  /** Leads a public-looking address (and all below it) to a loopback one. */
  readonly map: (publicBase: string, loopbackUrl: string) => void
}

const methods = { POST: 'POST', PUT: 'PUT', GET: 'GET', DELETE: 'DELETE' } as const
const callbackTimeoutMs = 10_000

export function createCallbacks(deps: CallbacksDeps, addresses: Readonly<Record<string, string>>): Callbacks {
  const map = new Map(Object.entries(addresses))
  // One after the other, so that "now" keeps the order in which things happened.
  let queue: Promise<void> = Promise.resolve()

  const deliver = async (request: CallbackRequest) => {
    const url = reachable(map, request.url)
    const method = Object.entries(methods).find(([name]) => name === request.method)?.[1]
    // A shop without a line, or an address that leads nowhere, loses the callback; few networks repeat it.
    if (url === null || method === undefined || deps.line() === 'off') {
      request.answered?.(null)
      return
    }
    const { headers, body } = request
    const result = await deps.http.send({ url, method, headers, body }, callbackTimeoutMs)
    request.answered?.(result.kind === 'reply' ? { status: result.status, body: result.text } : null)
  }
  const send = (request: CallbackRequest, delayMs: number) => {
    const slow = deps.line() === 'slow' ? slowness.line : 0
    deps.after((delayMs + slow) / deps.timeScale, () => {
      queue = queue.then(() => deliver(request))
    })
  }

  return {
    callBack: (request) => {
      const fault = deps.fault()
      if (fault === 'never') return
      send(request, fault === 'late' ? slowness.lateCallback : 0)
      if (fault === 'twice') send(request, slowness.secondCallback)
    },
    map: (publicBase, loopbackUrl) => {
      map.set(publicBase.replace(/\/$/, ''), loopbackUrl.replace(/\/$/, ''))
    },
  }
}

/** The loopback address behind `url`; null when it would leave this machine. */
function reachable(map: ReadonlyMap<string, string>, url: string): string | null {
  const base = [...map.keys()]
    .filter((known) => url === known || url.startsWith(`${known}/`))
    .toSorted((a, b) => b.length - a.length)[0]
  const target = base === undefined ? url : `${map.get(base) ?? ''}${url.slice(base.length)}`
  if (!URL.canParse(target)) return null
  const { hostname } = new URL(target)
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]' ? target : null
}
