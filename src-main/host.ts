import type { Router } from '@orpc/server'
import { type Contract, contract } from '../src-preload/contract/index.ts'
import type { Foundations } from './foundations.ts'
import type { CallContext } from './implement.ts'

export type ApiRouter = Router<Contract, CallContext>
export type IntegrationRouter = Router<Contract['integration'], CallContext>
/** What a capability answers to: its own parts of the contract. */
export type Procedures = { [Name in keyof Contract]?: Router<Contract[Name], CallContext> }

/** What every capability is made over, and what it joins the whole by. */
export interface Host extends Foundations {
  /** @throws Error where another capability answers to one of these */
  procedures(own: Procedures): void
  /** Called in the order of joining, once the outbox has taken up what the last run left. */
  onStart(run: () => void): void
  /** Called in the order of joining, before the outbox stops. */
  onStop(run: () => void): void
}

export interface JoinedHost extends Host {
  start(): void
  stop(): void
  /** @throws Error where a part of the contract is nobody's */
  routers(): { readonly router: ApiRouter; readonly integration: IntegrationRouter }
}

export function createHost(foundations: Foundations): JoinedHost {
  const parts: Procedures = {}
  const starts: (() => void)[] = []
  const stops: (() => void)[] = []
  return {
    ...foundations,
    procedures(own) {
      for (const name of Object.keys(own))
        if (name in parts) throw new Error(`two capabilities answer to ${name}`)
      Object.assign(parts, own)
    },
    onStart: (run) => void starts.push(run),
    onStop: (run) => void stops.push(run),
    start() {
      for (const run of starts) run()
    },
    stop() {
      for (const run of stops) run()
    },
    routers() {
      if (isWhole(parts)) return { router: parts, integration: parts.integration }
      const missing = Object.keys(contract).filter((name) => !(name in parts))
      throw new Error(`nobody answers to ${missing.join(', ')}`)
    },
  }
}

function isWhole(parts: Procedures): parts is Required<Procedures> & ApiRouter {
  return Object.keys(contract).every((name) => name in parts)
}
