import { type ClientContext, type ClientLink, createORPCClient, DynamicLink } from '@orpc/client'
import { RPCLink as MessagePortLink } from '@orpc/client/message-port'
import { RPCLink as WebSocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { RouterUtils } from '@orpc/tanstack-query'
import type { Contract } from '../src-preload/contract/index.ts'
import { notLetIn, pageSecretKept, pageSecretName } from '../src-preload/contract/letting-in.ts'

export type KauntaClient = ContractRouterClient<Contract>
/** Query keys and options of every procedure, for TanStack Query. */
export type KauntaQueries = RouterUtils<KauntaClient>

/** `lost` after a first success or refusal: the page keeps trying by itself. `refused`: it needs a new address. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

export interface Connection {
  readonly client: KauntaClient
  readonly state: () => ConnectionState
  /** Called at each change of state; answers how to stop listening. */
  readonly subscribe: (listener: () => void) => () => void
  readonly close: () => void
}

/** Kaunta itself cannot be reached from this page; the call was not made, or its answer is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

declare global {
  interface Window {
    readonly kaunta?: { readonly desktop: boolean }
  }
}

type Link = ClientLink<ClientContext>

interface Switchboard extends Connection {
  readonly set: (state: ConnectionState, link: Link | null) => void
}

/** One client for the page's whole life, over whichever link is alive at the moment of the call. */
function createSwitchboard(onClose: () => void): Switchboard {
  const listeners = new Set<() => void>()
  let state: ConnectionState = 'connecting'
  let link: Link | null = null
  // The page asks its first questions before the door has opened; only a door that did open can be lost.
  const decided = () =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (state === 'connecting') return
        listeners.delete(look)
        resolve()
      }
      listeners.add(look)
      look()
    })
  const alive = new DynamicLink(async () => {
    await decided()
    if (link === null) throw new ConnectionLost()
    return link
  })
  const client: KauntaClient = createORPCClient<KauntaClient>({
    call: (path, input, options) => alive.call(path, input, options),
  })
  return {
    client,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(next, nextLink) {
      link = nextLink
      if (state === next) return
      state = next
      for (const listener of listeners) listener()
    },
    close: onClose,
  }
}

const firstPauseMs = 250
const longestPauseMs = 5_000

/** Pause before the next attempt in ms: doubling, with a ceiling, so that a restarted Kaunta is found within seconds. */
export function reconnectPauseMs(failures: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10))
}

/**
 * The browser door.
 * @param url address of the contract's WebSocket, `ws://…/rpc`
 * @param secret what only this page holds; the door's cookie alone lets nobody in
 */
export function connectWebSocket(url: string, secret: string): Connection {
  let failures = 0
  let closed = false
  let timer: number | undefined
  let socket: WebSocket | undefined
  const switchboard = createSwitchboard(() => {
    closed = true
    window.clearTimeout(timer)
    socket?.close()
  })
  const open = () => {
    const attempt = new WebSocket(url)
    attempt.binaryType = 'arraybuffer'
    socket = attempt
    const link = new WebSocketLink({ websocket: attempt })
    attempt.addEventListener('open', () => {
      failures = 0
      attempt.send(secret)
      switchboard.set('open', link)
    })
    attempt.addEventListener('close', ({ code }) => {
      switchboard.set(code === notLetIn ? 'refused' : 'lost', null)
      if (closed || code === notLetIn) return
      timer = window.setTimeout(open, reconnectPauseMs(failures))
      failures += 1
    })
  }
  open()
  return switchboard
}

/** What the preload posts together with the port, and what the page posts once it listens. */
const portHandOver = 'kaunta:port'
const pageListens = 'kaunta:ready'

/** The desktop door: the preload hands over one MessagePort, again after the main process replaced it. */
export function connectMessagePort(host: Window): Connection {
  const receive = (event: MessageEvent<unknown>) => {
    const port = event.ports[0]
    if (event.source !== host || event.data !== portHandOver || port === undefined) return
    port.addEventListener('close', () => switchboard.set('lost', null))
    port.start()
    switchboard.set('open', new MessagePortLink({ port }))
  }
  const switchboard = createSwitchboard(() => host.removeEventListener('message', receive))
  host.addEventListener('message', receive)
  host.postMessage(pageListens, host.location.origin)
  return switchboard
}

/** The secret that came with the one-time address, kept for reloads and other tabs of this page's own address. */
function pageSecret({ document, localStorage, history }: Window): string {
  const given = document.querySelector<HTMLMetaElement>(`meta[name="${pageSecretName}"]`)
  if (given !== null) {
    localStorage.setItem(pageSecretKept, given.content)
    given.remove()
    history.replaceState(null, '', '/')
  }
  return localStorage.getItem(pageSecretKept) ?? ''
}

/** Picks the door this page was opened through. */
export function connect(host: Window): Connection {
  if (host.kaunta?.desktop === true) return connectMessagePort(host)
  const { protocol, host: authority } = host.location
  return connectWebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${authority}/rpc`, pageSecret(host))
}
