import { and, desc, eq, inArray, like, lt, ne, or, sql } from 'drizzle-orm'
import type { Effect, OutboxSummary } from '../../src-preload/contract/outbox.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { isReasonCode, type ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Transaction } from '../database/open.ts'
import { KauntaError } from '../problem.ts'
import { Dispatcher, type NewEffect, type OutboxDeps, type Recovered } from './dispatcher.ts'
import type { EffectRow, EffectState, RegisteredKind, Transition } from './kind.ts'
import type { LaneLimits } from './lanes.ts'
import { attempt, effect } from './tables.ts'

/** Counting stops here: what a shop reads above it is "many". */
const countCap = 10_000

export interface EffectFilter {
  readonly filter: 'unsent' | 'waiting' | 'all' | 'failed' | 'done'
  readonly text: string
  readonly limit: number
  readonly before?: string | undefined
}

const statesOf: Readonly<Record<EffectFilter['filter'], readonly EffectState[] | null>> = {
  unsent: ['queued', 'leased', 'unknown', 'failed'],
  waiting: ['queued', 'leased', 'unknown'],
  all: null,
  failed: ['failed'],
  done: ['done', 'cancelled'],
}

/** The outbox as other rooms use it. */
export interface Outbox {
  /**
   * How effects of a kind go out, told by the room that wants them, before `start`.
   * @throws Error where that name is taken, or after the start
   */
  register(kind: RegisteredKind): void
  /** Limits of the lanes named `prefix:subject`, told by the room that serves them. @throws Error where that prefix is taken */
  lanes(prefix: string, limits: (subject: string) => LaneLimits): void
  enqueue(tx: Transaction, effect: NewEffect): number
  start(): Recovered
  stop(ms: number): Promise<void>
  /** Held lanes (of this prefix) try again now. */
  nudge(prefix?: string, only?: 'offline'): void
  /** The wall clock was set by so many ms: what waits, waits as long as it would have. In the caller's transaction. */
  clockSet(tx: Transaction, byMs: number): void
  /** The newest time that anything which waits bears, epoch ms; null when nothing waits. */
  newestLive(): number | null
  /** A person put the accounts of these lanes right: they try at once, and nothing is said against them any more. */
  release(prefix: string): void
  /** Lanes that only a person can set going again, with what waits in them. */
  stopped(): Stop[]
  /** Why a lane is on hold, or null. */
  holdOf(lane: string): string | null
  summary(): OutboxSummary
  /** Newest first. */
  list(filter: EffectFilter): { rows: Effect[]; cursor: string | null }
  get(id: number): Effect & { history: Attempt[] }
  /** @throws KauntaError EFFECT_NOT_FOUND, EFFECT_NOT_RETRYABLE */
  retry(id: number): Effect
  /** @throws KauntaError EFFECT_NOT_FOUND, EFFECT_NOT_CANCELLABLE */
  cancel(id: number): Effect
  /** A person's word on an unknown effect. @throws KauntaError EFFECT_NOT_FOUND, EFFECT_NOT_RETRYABLE */
  decide(id: number, happened: boolean): Effect
  /** State, calls made and what holds these effects, for rooms that show them with their own rows. */
  brief(ids: readonly number[]): ReadonlyMap<number, Brief>
  /** Subjects of these lanes whose call is out, or ended without an answer. */
  inDoubt(lanes: readonly string[]): string[]
  /** Nobody else can say any more what became of an unknown effect, in the caller's transaction. */
  askPerson(tx: Transaction, id: number): void
  /** Ended without a call, and something new takes its place: it never goes out, in the caller's transaction. */
  supersede(tx: Transaction, id: number): void
  /** Other evidence (a callback, a statement) ends an unknown effect, in the caller's transaction. */
  conclude(tx: Transaction, id: number, to: 'done' | 'failed'): void
}

export interface Stop {
  readonly lane: string
  readonly reason: ReasonCode
  /** Epoch ms. */
  readonly since: number
  readonly waiting: number
}

export interface Brief {
  readonly state: EffectState
  readonly attempts: number
  /** Why it waits although nothing was tried yet: its lane is held. */
  readonly held: ReasonCode | null
  /** Who wanted it. */
  readonly staffName: string | null
}

type Attempt = ReturnType<typeof toAttempt>

export function createOutbox(deps: OutboxDeps): Outbox {
  const dispatcher = new Dispatcher(deps)
  const { database } = deps
  const { orm } = database.read
  const { statements } = dispatcher

  const count = (state: EffectState, extra = sql`1`): number => {
    const rows = orm
      .select({ n: sql<number>`count(*)` })
      .from(
        orm
          .select({ one: sql`1`.as('one') })
          .from(effect)
          .where(and(eq(effect.state, state), extra))
          .limit(countCap)
          .as('some'),
      )
      .get()
    return rows?.n ?? 0
  }

  /** What can go out again; a payment request that ended is the sale's to tell, and nothing unsent. */
  const again = () =>
    inArray(
      effect.kind,
      dispatcher
        .kinds()
        .filter(({ retryable }) => retryable)
        .map(({ name }) => name),
    )

  const must = (id: number): EffectRow => {
    const row = statements.byId.get(id)
    if (row === undefined) throw new KauntaError('EFFECT_NOT_FOUND', {})
    return row
  }

  /** What waits behind a held lane waits for the same reason, tried or not. */
  const heldReason = (row: { readonly state: EffectState; readonly lane: string }): ReasonCode | null => {
    const hold = row.state === 'queued' ? dispatcher.holdOf(row.lane) : null
    return isReasonCode(hold) ? hold : null
  }
  const toEffect = (row: typeof effect.$inferSelect): Effect => {
    const shown = present(row, {
      // One of another edition has only its code.
      label: dispatcher.kind(row.kind)?.label ?? {
        en: row.kind,
        sw: row.kind,
      },
      held: heldReason(row),
      staffName: deps.nameOf(row.staffId),
    })
    // A held lane has a next try of its own, after all that its effects were due for.
    const holdMs = row.state === 'queued' ? dispatcher.holdMs(row.lane) : null
    return holdMs === null
      ? shown
      : { ...shown, dueAt: Math.max(row.dueAt, deps.clock.now() + Math.ceil(holdMs)) }
  }

  const one = (id: number): Effect => {
    const row = orm.select().from(effect).where(eq(effect.id, id)).get()
    if (row === undefined) throw new KauntaError('EFFECT_NOT_FOUND', {})
    return toEffect(row)
  }

  /** Moves an effect that no call holds, with its domain row, in one transaction. */
  const move = (
    tx: Transaction,
    row: EffectRow,
    to: EffectState,
    by: Transition['by'],
    extra: { reason?: Transition['reason']; tries?: number } = {},
  ) => {
    const reason = extra.reason ?? null
    const { changes } = statements.settleFree.run({
      id: row.id,
      from: row.state,
      state: to,
      dueAt: tx.now,
      tries: extra.tries ?? row.tries,
      attempts: row.attempts,
      reason,
      detail: null,
      needsDecision: 0,
      now: tx.now,
    })
    if (changes === 0) throw new Error('an effect moved inside its own transaction')
    dispatcher.kind(row.kind)?.onTransition(tx, row, { to, by, reason, detail: null, needsDecision: false })
    tx.afterCommit(() => {
      deps.onChange()
      dispatcher.wakeLane(row.lane)
    })
  }

  const supersede = (tx: Transaction, row: EffectRow) =>
    move(tx, row, 'cancelled', 'person', { reason: 'replaced' })

  const requeue = (tx: Transaction, row: EffectRow) => {
    const lifeMs = dispatcher.kind(row.kind)?.lifeMs ?? 0
    statements.extend.run(tx.now + lifeMs, row.id)
    move(tx, row, 'queued', 'person', { tries: 0 })
  }

  return {
    register: (kind) => dispatcher.register(kind),
    lanes: (prefix, limits) => dispatcher.lanes(prefix, limits),
    enqueue: (tx, effect) => dispatcher.enqueue(tx, effect),
    start: () => ({ ...dispatcher.start(), waiting: count('queued') }),
    stop: (ms) => dispatcher.stop(ms),
    nudge: (prefix, only) => dispatcher.nudge(prefix, only ?? null),
    clockSet(tx, byMs) {
      statements.shift.run({ byMs })
      tx.afterCommit(() => dispatcher.ask())
    },
    newestLive: () => statements.newestLive.get() ?? null,
    release: (prefix) => dispatcher.release(prefix),
    stopped: () =>
      dispatcher.stopped().map((stop) => ({ ...stop, waiting: count('queued', eq(effect.lane, stop.lane)) })),
    holdOf: (lane) => dispatcher.holdOf(lane),
    summary: () => ({
      queued: count('queued'),
      sending: count('leased'),
      unknown: count('unknown'),
      needDecision: count('unknown', eq(effect.needsDecision, true)),
      failed: count('failed', again()),
    }),
    list({ filter, text, limit, before }) {
      const states = statesOf[filter]
      const words = text.trim()
      const rows = orm
        .select()
        .from(effect)
        .where(
          and(
            states === null ? undefined : inArray(effect.state, [...states]),
            filter === 'unsent' || filter === 'failed' ? or(ne(effect.state, 'failed'), again()) : undefined,
            before === undefined ? undefined : lt(effect.id, Number(before)),
            words === ''
              ? undefined
              : or(like(effect.title, `%${words}%`), like(effect.subjectId, `${words}%`)),
          ),
        )
        .orderBy(desc(effect.id))
        .limit(limit + 1)
        .all()
      const page = rows.slice(0, limit)
      return { rows: page.map(toEffect), cursor: rows.length > limit ? String(page.at(-1)?.id) : null }
    },
    get(id) {
      const history = orm.select().from(attempt).where(eq(attempt.effectId, id)).orderBy(attempt.number).all()
      return { ...one(id), history: history.map(toAttempt) }
    },
    retry(id) {
      const row = must(id)
      const kind = dispatcher.kind(row.kind)
      const redo = kind?.redo ?? null
      if (row.state !== 'queued' && !(endedUnsent(row, redo !== null) && kind?.retryable === true)) {
        throw new KauntaError('EFFECT_NOT_RETRYABLE', { state: row.state })
      }
      database.transact((tx) => {
        if (row.state === 'queued')
          statements.settleFree.run({ ...row, from: 'queued', dueAt: tx.now, now: tx.now })
        else if (redo === null) requeue(tx, row)
        else {
          supersede(tx, row)
          redo(tx, row)
        }
      })
      dispatcher.nudge(row.lane)
      return one(id)
    },
    cancel(id) {
      const row = must(id)
      if (row.state !== 'queued') throw new KauntaError('EFFECT_NOT_CANCELLABLE', { state: row.state })
      database.transact((tx) => move(tx, row, 'cancelled', 'person', { reason: 'cancelledHere' }))
      return one(id)
    },
    decide(id, happened) {
      const row = must(id)
      const kind = dispatcher.kind(row.kind)
      if (row.state !== 'unknown' || kind?.retryable !== true) {
        throw new KauntaError('EFFECT_NOT_RETRYABLE', { state: row.state })
      }
      database.transact((tx) => {
        if (happened) move(tx, row, 'done', 'person', { reason: 'personDecided' })
        else if (kind.redo === null) requeue(tx, row)
        else {
          // What takes its place is wanted now: this one is over, and nothing of it is left to do.
          move(tx, row, 'cancelled', 'person', { reason: 'personDecided' })
          kind.redo(tx, row)
        }
      })
      return one(id)
    },
    brief(ids) {
      const { id, state, attempts, lane, staffId } = effect
      const rows = orm
        .select({ id, state, attempts, lane, staffId })
        .from(effect)
        .where(inArray(effect.id, [...ids]))
        .all()
      return new Map(
        rows.map((row) => [
          row.id,
          {
            state: row.state,
            attempts: row.attempts,
            held: heldReason(row),
            staffName: deps.nameOf(row.staffId),
          },
        ]),
      )
    },
    inDoubt(lanes) {
      // One question for each state: each has an index of its own.
      return (['leased', 'unknown'] as const).flatMap((state) =>
        orm
          .select({ subject: effect.subjectId })
          .from(effect)
          .where(and(sql`${effect.state} = ${sql.raw(`'${state}'`)}`, inArray(effect.lane, [...lanes])))
          .all()
          .map(({ subject }) => subject),
      )
    },
    askPerson(tx, id) {
      const row = must(id)
      if (row.state !== 'unknown') return
      const reason = dispatcher.kind(row.kind)?.unresolvedReason ?? null
      statements.settleFree.run({ ...row, from: 'unknown', reason, needsDecision: 1, now: tx.now })
      tx.afterCommit(deps.onChange)
    },
    supersede(tx, id) {
      const row = must(id)
      if (endedUnsent(row, true)) supersede(tx, row)
    },
    conclude(tx, id, to) {
      const row = must(id)
      if (row.state === 'unknown') move(tx, row, to, 'provider')
    },
  }
}

/** Over without success. @param replaceable something else may have taken its place, for good */
function endedUnsent({ state, reason }: EffectRow, replaceable: boolean): boolean {
  if (state !== 'failed' && state !== 'cancelled') return false
  return !(replaceable && (reason === 'personDecided' || reason === 'replaced'))
}

/** What the row itself does not hold. */
interface Told {
  readonly label: Sentence
  readonly held: ReasonCode | null
  readonly staffName: string | null
}

function present(row: typeof effect.$inferSelect, told: Told): Effect {
  const waitsFor = row.state === 'queued' || (row.state === 'unknown' && !row.needsDecision)
  return {
    id: row.id,
    lane: row.lane,
    kind: row.kind,
    label: told.label,
    state: row.state,
    title: row.title,
    subjectId: row.subjectId,
    attempts: row.attempts,
    dueAt: waitsFor ? row.dueAt : null,
    deadlineAt: row.deadlineAt,
    reason: isReasonCode(row.reason) ? row.reason : told.held,
    detail: row.detail,
    needsDecision: row.needsDecision,
    staffName: told.staffName,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

function toAttempt(row: typeof attempt.$inferSelect) {
  return {
    number: row.number,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    outcome: row.outcome,
    reason: isReasonCode(row.reason) ? row.reason : null,
    detail: row.detail,
  }
}
