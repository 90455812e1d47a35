import type { HttpClient, HttpRequest, HttpResult } from '../http/client.ts'
import { createRedactor, type Redact } from '../http/redaction.ts'
import type { Clock } from '../ports.ts'
import { sleep } from '../sleep.ts'
import { accepted, type Outcome, refused } from './outcome.ts'
import type {
  Abilities,
  CallContext,
  Connection,
  ProviderDeclaration,
  Session,
  SettingValue,
} from './provider.ts'

/** A token is fetched anew this long before the provider would refuse it. */
const renewBeforeMs = 60_000

/** A Date header has whole seconds and travels a while: differences below this are no sign of a wrong clock. */
const clockToleranceMs = 3_000

/** Pauses before a token that is not yet taken is tried again; the last one repeats. */
const settlingPausesMs = [500, 1_000, 2_000, 4_000] as const

export interface ConnectedAccount {
  /** No slash at the end. */
  readonly baseUrl: string
  readonly settings: Readonly<Record<string, SettingValue>>
  readonly secrets: Readonly<Record<string, string>>
}

export interface CallDeps {
  readonly http: HttpClient
  readonly clock: Clock
  /** Milliseconds in place of the provider's own time-out; a request's own figure (long poll) stands above both. */
  readonly timeoutMs?: number
  /** Divides the time that a new token is given to settle; 1 in the real world. */
  readonly timeScale?: number
  /** After every exchange: did the call get through to the provider's machine at all? */
  onResult?(seen: { readonly left: boolean }): void
  /** After each reply with a Date header: the provider's clock is ahead of ours by so many ms. */
  onClockDifference?(ms: number): void
}

/**
 * Joins a provider's declaration with one account and a network: what comes back can be used without knowing that
 * there is a token, a wrong clock or a secret. Abilities never throw; every `detail` in them is free of secrets and
 * phone numbers. A token that the provider refuses is fetched anew once and the call repeated once, for the refusal
 * itself proves that the call did nothing. Where tokens need time to settle, a new one is tried again until then.
 */
export function connectProvider(
  declaration: ProviderDeclaration,
  account: ConnectedAccount,
  deps: CallDeps,
): Abilities {
  const clean = createRedactor(Object.values(account.secrets))
  const time = correctedClock(deps.clock, deps.onClockDifference)

  const context = (token: string | null): CallContext => ({ ...account, token, now: time.now() })

  const send = async (request: HttpRequest, signal: AbortSignal | undefined): Promise<HttpResult> => {
    const result = await deps.http.send(request, deps.timeoutMs ?? declaration.timeoutMs, signal)
    if (result.kind === 'reply') time.learn(result.headers.date)
    if (signal?.aborted !== true) deps.onResult?.({ left: result.kind !== 'notSent' })
    return result
  }

  const open = ({ open: operation }: Session) =>
    guarded(
      clean,
      operation.name,
      () => false,
      async () => operation.outcome(await send(operation.request(null, context(null)), undefined), null),
    )
  const { session } = declaration
  const tokens = session === undefined ? null : createTokenCache(session, deps, open)

  const call: Connection['call'] = (operation, input, signal) => {
    // Until a request is handed over, a fault of ours cannot have done anything.
    let handedOver = false
    const attempt = (token: string | null) => {
      const request = operation.request(input, context(token))
      handedOver = true
      return send(request, signal)
    }
    return guarded(
      clean,
      operation.name,
      () => handedOver,
      async () => {
        if (tokens === null) return operation.outcome(await attempt(null), input)
        let token = await tokens.get()
        if (!token.ok) return token
        let result = await attempt(token.value)
        if (tokens.refuses(result) && !tokens.isSettling(token.value)) {
          handedOver = false
          token = await tokens.renew(token.value)
          if (!token.ok) return token
          result = await attempt(token.value)
        }
        for (let round = 0; tokens.refuses(result) && tokens.isSettling(token.value); round += 1) {
          handedOver = false
          await tokens.pause(round, signal)
          result = await attempt(token.value)
        }
        tokens.learn(token.value, result)
        if (tokens.ends(result)) tokens.drop(token.value)
        return operation.outcome(result, input)
      },
    )
  }

  return declaration.connect({
    settings: account.settings,
    secrets: account.secrets,
    now: () => time.now(),
    call,
  })
}

/** Runs a call; turns a fault of an adapter into an outcome, and cleans every detail. */
async function guarded<T>(
  clean: Redact,
  name: string,
  mayHaveHappened: () => boolean,
  run: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    const outcome = await run()
    return outcome.ok
      ? outcome
      : { ok: false, error: { ...outcome.error, detail: clean(outcome.error.detail) } }
  } catch (fault) {
    const detail = clean(`${name}: ${fault instanceof Error ? fault.message : 'failed'}`)
    return mayHaveHappened()
      ? refused('unknownOutcome', 'unknownOutcome', detail)
      : refused('rejected', 'rejected', detail)
  }
}

/** Our clock, corrected by the provider's Date header (RFC 9110 §6.6.1): several of them sign the time. */
function correctedClock(clock: Clock, onDifference: CallDeps['onClockDifference']) {
  let offset = 0
  return {
    now: () => clock.now() + offset,
    learn(header: string | undefined) {
      const told = header === undefined ? Number.NaN : Date.parse(header)
      if (Number.isNaN(told)) return
      const difference = told - clock.now()
      offset = Math.abs(difference) < clockToleranceMs ? 0 : difference
      onDifference?.(difference)
    },
  }
}

interface KeptToken {
  readonly token: string
  /** Monotonic ms until which a refusal may only mean that the token is new; earlier once it was taken. */
  settled: number
  /** Monotonic ms. */
  readonly until: number
}

/** One token at a time; callers that need a new one at once share the same fetch. */
function createTokenCache(
  session: Session,
  { clock, timeScale = 1 }: Pick<CallDeps, 'clock' | 'timeScale'>,
  open: (session: Session) => Promise<Outcome<{ readonly token: string; readonly expiresInMs: number }>>,
) {
  let kept: KeptToken | null = null
  let opening: Promise<Outcome<string>> | null = null

  async function fetchToken(): Promise<Outcome<string>> {
    const opened = await open(session)
    if (!opened.ok) {
      // Asking for a token does nothing in the world: its silence is never an unknown outcome.
      return opened.error.kind === 'unknownOutcome'
        ? refused('temporary', 'temporary', opened.error.detail, opened.error.retryAfterMs)
        : opened
    }
    const now = clock.monotonic()
    kept = {
      token: opened.value.token,
      settled: now + (session.settlingMs ?? 0) / timeScale,
      until: now + opened.value.expiresInMs - renewBeforeMs,
    }
    return accepted(opened.value.token)
  }

  function shared(): Promise<Outcome<string>> {
    opening ??= fetchToken().finally(() => {
      opening = null
    })
    return opening
  }

  return {
    get: async (): Promise<Outcome<string>> =>
      kept !== null && clock.monotonic() < kept.until ? accepted(kept.token) : shared(),
    /** `refusedToken` is dropped; a newer one that another call fetched meanwhile is used as it is. */
    renew: async (refusedToken: string): Promise<Outcome<string>> => {
      if (kept !== null && kept.token !== refusedToken) return accepted(kept.token)
      kept = null
      return shared()
    },
    drop: (token: string) => {
      if (kept?.token === token) kept = null
    },
    refuses: (result: HttpResult) => result.kind === 'reply' && session.refuses(result),
    /** Whatever a 401 says of the request, the token beside it is not trusted again, unless it is known to be good. */
    ends: (result: HttpResult) =>
      result.kind === 'reply' && result.status === 401 && session.accepts?.(result) !== true,
    /** A token that was taken once has settled: its next refusal means that it ended. */
    learn: (token: string, result: HttpResult) => {
      if (kept?.token === token && result.kind === 'reply' && !session.refuses(result)) kept.settled = 0
    },
    isSettling: (token: string) => kept?.token === token && clock.monotonic() < kept.settled,
    pause: (round: number, signal: AbortSignal | undefined) =>
      sleep(clock, (settlingPausesMs[round] ?? 4_000) / timeScale, signal),
  }
}
