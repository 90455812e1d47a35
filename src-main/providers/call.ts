import type { HttpClient, HttpRequest, HttpResult } from '../http/client.ts'
import { createRedactor, type Redact } from '../http/redaction.ts'
import type { Clock } from '../ports.ts'
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
  /** After every exchange: did the call get through to the provider's machine at all? */
  onResult?(seen: { readonly left: boolean }): void
}

/**
 * Joins a provider's declaration with one account and a network: what comes back can be used without knowing that
 * there is a token, a wrong clock or a secret. Abilities never throw; every `detail` in them is free of secrets and
 * phone numbers. A token that the provider refuses is fetched anew once and the call repeated once, for the refusal
 * itself proves that the call did nothing.
 */
export function connectProvider(
  declaration: ProviderDeclaration,
  account: ConnectedAccount,
  deps: CallDeps,
): Abilities {
  const clean = createRedactor(Object.values(account.secrets))
  const time = correctedClock(deps.clock)

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
  const tokens = declaration.session === undefined ? null : keepToken(declaration.session, deps.clock, open)

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
        const token = tokens === null ? accepted(null) : await tokens.get()
        if (!token.ok) return token
        const first = await attempt(token.value)
        if (tokens === null || token.value === null || !tokens.refuses(first)) {
          return operation.outcome(first, input)
        }
        handedOver = false
        const renewed = await tokens.renew(token.value)
        if (!renewed.ok) return renewed
        return operation.outcome(await attempt(renewed.value), input)
      },
    )
  }

  return declaration.connect({ settings: account.settings, secrets: account.secrets, call })
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
function correctedClock(clock: Clock) {
  let offset = 0
  return {
    now: () => clock.now() + offset,
    learn(header: string | undefined) {
      const told = header === undefined ? Number.NaN : Date.parse(header)
      if (Number.isNaN(told)) return
      const difference = told - clock.now()
      offset = Math.abs(difference) < clockToleranceMs ? 0 : difference
    },
  }
}

interface KeptToken {
  readonly token: string
  /** Monotonic ms. */
  readonly until: number
}

/** One token at a time; callers that need a new one at once share the same fetch. */
function keepToken(
  session: Session,
  clock: Clock,
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
    kept = { token: opened.value.token, until: clock.monotonic() + opened.value.expiresInMs - renewBeforeMs }
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
    refuses: (result: HttpResult) => result.kind === 'reply' && session.refuses(result),
  }
}
