import { staffIdOf } from '../actor.ts'
import type { Database, Transaction } from '../database/open.ts'
import { troubleOf } from '../database/trouble.ts'
import type { Clock, Randomness, Stop } from '../ports.ts'
import { prepareStatements, type Statements } from './claim.ts'
import { createExecutor, type Executor } from './execute.ts'
import type { EffectRow, Ran, RegisteredKind, Transition } from './kind.ts'
import { createLane, type Lane, type LaneLimits, readyAt, room, type Trouble, take } from './lanes.ts'
import type { LaneHold } from './policy.ts'
import { createResolver, type Resolver } from './resolve.ts'
import { createOutcomeWriter, type Finished, type OutcomeWriter } from './write-outcome.ts'

export interface OutboxDeps {
  readonly database: Database
  readonly clock: Clock
  readonly random: Randomness
  /** What goes out is nobody's doing at that moment, whoever asked for it. */
  readonly asSystem: (work: () => void) => void
  readonly nameOf: (staffId: string | null) => string | null
  /** After each commit that moved effects. */
  readonly onChange: () => void
  /** Told of what a person must never be spared: a fault inside an executor. */
  readonly onFault: (what: string, error: unknown) => void
}

export interface NewEffect {
  readonly lane: string
  readonly kind: string
  readonly subjectId: string
  readonly title: string
  readonly payload: unknown
  /** Smaller goes first: 0 a customer waits · 5 usual. */
  readonly priority: number
  /** Milliseconds to its deadline, where that differs from its kind's. */
  readonly lifeMs?: number
}

export interface Recovered {
  readonly waiting: number
  readonly unknown: number
}

/** What was taken from a lane in one commit. */
interface Claimed {
  readonly lane: Lane
  /** `whole`: as many as there was room for, so more may be due. */
  readonly taken: { readonly live: readonly EffectRow[]; readonly whole: boolean }
}

/** After so long the disk may have room again, or the other program be done. */
const writeAgainMs = 1_000
/** A lane that Kaunta itself cannot serve is tried again this seldom. */
const faultHoldMs = 60_000
/** The longest sleep: timers beyond this are re-armed (setTimeout's limit is 24.8 days). */
const longestSleepMs = 3_600_000

/** The durable queue's engine. Leases and outcomes of one turn share a commit. */
export class Dispatcher {
  readonly statements: Statements
  readonly deps: OutboxDeps
  readonly #kinds = new Map<string, RegisteredKind>()
  readonly #limits = new Map<string, (subject: string) => LaneLimits>()
  readonly #lanes = new Map<string, Lane>()
  readonly #resolver: Resolver
  readonly #outcomes: OutcomeWriter
  readonly #executor: Executor
  #finished: Finished[] = []
  #pumpAsked = false
  #stopped = true
  #sleep: Stop = () => {}
  #leases = 0
  readonly #run: string
  #idle: (() => void)[] = []

  constructor(deps: OutboxDeps) {
    this.deps = deps
    this.#run = deps.random.id()
    this.statements = prepareStatements(deps.database.connection)
    const shared = {
      ...deps,
      statements: this.statements,
      kind: (name: string) => this.kind(name),
      wakeLane: (key: string) => this.wakeLane(key),
    }
    this.#resolver = createResolver(shared)
    this.#outcomes = createOutcomeWriter({
      ...shared,
      becameUnknown: (id, settleMs) => this.#resolver.became(id, settleMs),
    })
    this.#executor = createExecutor({
      ...shared,
      ended: (finished) => {
        this.#finished.push(finished)
        this.ask()
      },
      late: (effect, ran) => this.#recordLate(effect, ran),
    })
  }

  kind(name: string): RegisteredKind | undefined {
    return this.#kinds.get(name)
  }

  kinds(): readonly RegisteredKind[] {
    return [...this.#kinds.values()]
  }

  register(kind: RegisteredKind): void {
    if (this.#kinds.has(kind.name)) throw new Error(`the outbox has a kind called ${kind.name}`)
    if (!this.#stopped) throw new Error(`${kind.name} comes after what the last run left was taken up`)
    this.#kinds.set(kind.name, kind)
  }

  lanes(prefix: string, limits: (subject: string) => LaneLimits): void {
    if (this.#limits.has(prefix)) throw new Error(`the outbox has lanes called ${prefix}`)
    this.#limits.set(prefix, limits)
  }

  /** @throws Error for a lane that nobody registered */
  #owner(lane: string): () => LaneLimits {
    const [prefix = '', subject = ''] = lane.split(':')
    const limits = this.#limits.get(prefix)
    if (limits === undefined) throw new Error(`nobody has lanes called ${prefix}`)
    return () => limits(subject)
  }

  /** Writes the effect in the caller's own transaction; it goes out after that commits. */
  enqueue(tx: Transaction, effect: NewEffect): number {
    const kind = this.#kinds.get(effect.kind)
    if (kind === undefined) throw new Error(`no executor for ${effect.kind}`)
    this.#owner(effect.lane)
    const { lastInsertRowid } = this.statements.insert.run({
      lane: effect.lane,
      kind: effect.kind,
      subjectId: effect.subjectId,
      title: effect.title,
      priority: effect.priority,
      dueAt: tx.now,
      deadlineAt: tx.now + (effect.lifeMs ?? kind.lifeMs),
      payload: JSON.stringify(effect.payload),
      staffId: staffIdOf(tx.actor),
      now: tx.now,
    })
    tx.afterCommit(() => {
      // A lane that stands still moves nothing, and is one longer.
      this.deps.onChange()
      this.wakeLane(effect.lane)
    })
    return Number(lastInsertRowid)
  }

  /**
   * Begins to serve. Whatever was leased when the last process ended may have happened: it becomes unknown, never
   * queued.
   */
  start(): Recovered {
    this.#stopped = false
    const leased = this.statements.leased.all()
    if (leased.length === 0) this.#serve()
    else {
      this.deps.database
        .persist((tx) => {
          for (const effect of leased)
            this.#outcomes.toUnknown(tx, effect, 'the program ended during the call')
        })
        .then(() => this.#serve())
        .catch((error: unknown) => this.deps.onFault('taking up what the last run left', error))
    }
    return { waiting: this.#lanes.size, unknown: leased.length }
  }

  #serve(): void {
    for (const key of this.statements.lanes.all()) this.#lane(key)
    this.#resolver.takeUp()
    this.ask()
  }

  /** Something new may be due in this lane. */
  wakeLane(key: string): void {
    this.#lane(key).hasWork = true
    this.ask()
  }

  /** The world may be reachable again (line back, settings saved): held lanes try at once. */
  nudge(prefix = '', only: LaneHold['why'] | null = null): void {
    for (const lane of this.#lanes.values()) {
      if (!lane.key.startsWith(prefix) || (only !== null && lane.hold?.why !== only)) continue
      lane.hold = null
      lane.offlineRuns = 0
      lane.hasWork = true
    }
    this.#resolver.hurry()
    this.ask()
  }

  /** A person put these accounts right: they try at once, and nothing is said against them until they fail again. */
  release(prefix: string): void {
    for (const lane of this.#lanes.values()) if (lane.key.startsWith(prefix)) lane.trouble = null
    this.nudge(prefix)
    this.deps.onChange()
  }

  /** Lanes that only a person can set going again. */
  stopped(): readonly (Trouble & { readonly lane: string })[] {
    return [...this.#lanes.values()].flatMap(({ key, trouble }) =>
      trouble === null ? [] : [{ lane: key, ...trouble }],
    )
  }

  /** Milliseconds until a held lane tries by itself; null for one that is not held. */
  holdMs(key: string): number | null {
    const hold = this.#lanes.get(key)?.hold ?? null
    return hold === null ? null : Math.max(0, hold.until - this.deps.clock.monotonic())
  }

  holdOf(key: string): string | null {
    return this.#lanes.get(key)?.hold?.why ?? null
  }

  /** Lets calls in flight end, claims nothing more; after `ms` they are told to, and their leases left to tell the truth. */
  async stop(ms: number): Promise<void> {
    this.#stopped = true
    this.#sleep()
    await this.#ended(ms)
    await this.#ended(this.#executor.abort())
    if (this.#finished.length > 0) this.#pump()
  }

  /** Resolves when no call is out any more, or after `ms`. */
  async #ended(ms: number): Promise<void> {
    if (this.#executor.running === 0 || ms <= 0) return
    await new Promise<void>((resolve) => {
      const end = this.deps.clock.after(ms, resolve)
      this.#idle.push(() => {
        end()
        resolve()
      })
    })
  }

  /** Runs the pump once this turn is over, so that everything that ends in one turn shares a commit. */
  ask(): void {
    if (this.#pumpAsked) return
    this.#pumpAsked = true
    this.deps.asSystem(() =>
      setImmediate(() => {
        this.#pumpAsked = false
        this.#pump()
      }),
    )
  }

  #pump(): void {
    if (!this.deps.database.connection.open) return
    const monotonic = this.deps.clock.monotonic()
    const ready = this.#stopped
      ? []
      : [...this.#lanes.values()].filter((lane) => lane.hasWork && room(lane, monotonic) > 0)
    const finished = this.#finished
    if (finished.length === 0 && ready.length === 0) {
      this.#arm()
      return
    }
    this.#finished = []
    const claimed = this.#write(finished, ready)
    if (claimed === null) return
    for (const { lane, taken } of claimed) {
      lane.hasWork = taken.whole
      take(lane, taken.live.length)
      for (const effect of taken.live) this.#executor.execute(effect, lane)
    }
    if (finished.length > 0 || claimed.length > 0) this.deps.onChange()
    if (this.#executor.running === 0) for (const tell of this.#idle.splice(0)) tell()
    this.#arm()
  }

  /** One commit for what ended and what goes out next. @returns null when nothing was written: it is tried again soon */
  #write(finished: readonly Finished[], ready: readonly Lane[]): Claimed[] | null {
    const monotonic = this.deps.clock.monotonic()
    const claim = (tx: Transaction) =>
      ready.map((lane) => ({ lane, taken: this.#claim(tx, lane, room(lane, monotonic)) }))
    try {
      return this.deps.database.transact((tx) => {
        for (const item of finished) this.#outcomes.finish(tx, item)
        return claim(tx)
      })
    } catch (error) {
      if (troubleOf(error) === null) {
        this.deps.onFault('the outbox', error)
        this.#writeEach(finished)
        return ready.flatMap((lane) => this.#claimAlone(lane, monotonic))
      }
      this.#finished.unshift(...finished)
      this.#sleep()
      this.#sleep = this.deps.clock.after(writeAgainMs, () => this.#pump())
      return null
    }
  }

  /** A lane with something in it that cannot be taken keeps no other back. */
  #claimAlone(lane: Lane, monotonic: number): Claimed[] {
    try {
      const count = room(lane, monotonic)
      return [{ lane, taken: this.deps.database.transact((tx) => this.#claim(tx, lane, count)) }]
    } catch (error) {
      this.deps.onFault(`claiming from ${lane.key}`, error)
      lane.hold = { why: 'fault', until: monotonic + faultHoldMs }
      return []
    }
  }

  /** One outcome that cannot be written keeps no other back; its own effect stays leased, and is unknown at the next start. */
  #writeEach(finished: readonly Finished[]): void {
    for (const item of finished) {
      this.deps.database
        .persist((tx) => this.#outcomes.finish(tx, item))
        .catch((fault: unknown) => this.deps.onFault(`writing what became of a ${item.effect.kind}`, fault))
    }
  }

  #claim(tx: Transaction, lane: Lane, count: number): Claimed['taken'] {
    this.#leases += 1
    const leaseId = `${this.#run}:${this.#leases}`
    const rows = this.statements.claim.all({
      lane: lane.key,
      now: tx.now,
      leaseId,
      leaseUntil: tx.now + 120_000,
      count,
    })
    rows.sort((a, b) => a.priority - b.priority || a.dueAt - b.dueAt || a.id - b.id)
    const live: EffectRow[] = []
    for (const effect of rows) {
      if (effect.deadlineAt <= tx.now) {
        this.#outcomes.passDeadline(tx, effect)
        continue
      }
      this.statements.beginAttempt.run(effect.id, effect.attempts, leaseId, tx.now)
      this.#kinds.get(effect.kind)?.onTransition(tx, effect, leasedTransition)
      live.push(effect)
    }
    return { live, whole: rows.length >= count }
  }

  #recordLate(effect: EffectRow, ran: Ran): void {
    this.deps.database
      .persist((tx) => this.#outcomes.recordLate(tx, effect, ran))
      .catch((error: unknown) => this.deps.onFault('keeping a late answer', error))
  }

  #lane(key: string): Lane {
    const known = this.#lanes.get(key)
    if (known !== undefined) return known
    const lane = createLane(key, this.#owner(key)(), this.deps.clock)
    this.#lanes.set(key, lane)
    return lane
  }

  /** One timer for whatever comes next: no polling. */
  #arm(): void {
    this.#sleep()
    if (this.#stopped) return
    const monotonic = this.deps.clock.monotonic()
    const now = this.deps.clock.now()
    let wait = longestSleepMs
    for (const lane of this.#lanes.values()) {
      if (!lane.hasWork) {
        const due = this.statements.nextQueued.get(lane.key) ?? null
        if (due === null) continue
        lane.hasWork = due <= now
        if (!lane.hasWork) {
          wait = Math.min(wait, due - now)
          continue
        }
      }
      const at = readyAt(lane, monotonic)
      if (at !== null) wait = Math.min(wait, Math.max(0, at - monotonic))
    }
    if (wait < longestSleepMs) {
      this.#sleep = this.deps.clock.after(Math.ceil(wait), () => {
        for (const lane of this.#lanes.values()) lane.hasWork = true
        this.#pump()
      })
    }
    this.#resolver.ask()
  }
}

const leasedTransition: Transition = {
  to: 'leased',
  by: 'outbox',
  reason: null,
  detail: null,
  needsDecision: false,
}
