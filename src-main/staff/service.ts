import { AsyncLocalStorage } from 'node:async_hooks'
import { asc, eq } from 'drizzle-orm'
import type { Language, Sentence } from '../../src-preload/contract/paging.ts'
import type { Role } from '../../src-preload/contract/rights.ts'
import type { Desk, Staff } from '../../src-preload/contract/staff.ts'
import { type Actors, staffIdOf, system } from '../actor.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Seat } from '../implement.ts'
import type { Feed } from '../live/feed.ts'
import type { Log } from '../logging/log.ts'
import type { Clock, Randomness, Vault } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { createGuard } from './guard.ts'
import { createPins, isWeak } from './pin.ts'
import { createSeat, type StaffSeat } from './seat.ts'
import { powerChange, staff } from './tables.ts'

/** @param what a fixed word, such as `account.saved` @param subject whom or what it concerns, for a person */
export type WriteDown = (tx: Transaction, what: string, subject: string) => void

export interface StaffInput {
  readonly id?: string | undefined
  readonly name: string
  readonly role: Role
  readonly pin?: string | undefined
  readonly active: boolean
}

/** A person that practice mode is given, PIN and all. */
export interface PracticePerson {
  readonly name: string
  readonly role: Role
  readonly pin: string
}

export interface StaffRoom {
  /** A place for a new connection: nobody's, unless nobody has chosen a PIN, or it is a practice shop. */
  openSeat(): Seat
  /** The connection is gone. */
  closeSeat(seat: Seat): void
  desk(seat: Seat): Desk
  /** @throws KauntaError PIN_WRONG, PIN_LOCKED */
  signIn(seat: Seat, pin: string): Promise<Desk>
  lock(seat: Seat): Desk
  list(): Staff[]
  /** @throws KauntaError STAFF_NOT_FOUND, PIN_WEAK, PIN_TAKEN, LAST_MANAGER */
  save(input: StaffInput, written: WriteDown): Promise<Staff>
  /** Whose call it is in which something is being written now; null while a machine asks, and in what outlives a call. */
  actor(): string | null
  /** Makes a call as the doing of whoever sits there. */
  within<T>(seat: Seat, call: () => Promise<T>): Promise<T>
  /**
   * Judges a call of a screen; one that `acts` shows that somebody is there.
   * @throws KauntaError NOT_SIGNED_IN, MANAGER_ONLY
   */
  admit(seat: Seat, needs: Role, acts: boolean): void
  /**
   * A manager's PIN for a change of power (people, keys, accounts, settings of money), whoever sits there. While nobody
   * has chosen a PIN, and in practice mode, none is asked.
   * @returns writes down in the transaction of the change who made it
   * @throws KauntaError MANAGER_PIN_MISSING, MANAGER_ONLY, PIN_WRONG, PIN_LOCKED
   */
  approveChange(pin: string | undefined): Promise<WriteDown>
  /** What a manager must see: wrong PINs that were tried. */
  warnings(): Sentence[]
  /**
   * A manager's word: the one at the counter where `always` is false, else the PIN's owner.
   * @returns the manager's id
   * @throws KauntaError MANAGER_PIN_MISSING, MANAGER_ONLY, PIN_WRONG, PIN_LOCKED, PIN_NOT_SET
   */
  approve(pin: string | undefined, always: boolean): Promise<string>
  nameOf(id: string | null): string | null
  /** Is a manager at the counter of this call? */
  managed(): boolean
  /** Makes sure that there is a manager, and who is at the counter at the start. */
  start(): Promise<void>
}

export interface StaffDeps {
  readonly database: Database
  readonly clock: Clock
  readonly random: Randomness
  readonly feed: Feed
  readonly actors: Actors
  readonly vault: Vault
  readonly log: Log
  /** The picture changed that `warnings` gives. */
  readonly onWarning: () => void
  readonly shop: () => { readonly lockAfterMinutes: number; readonly language: Language }
  /** Practice: who works there; empty in a real shop. */
  readonly practice: readonly PracticePerson[]
}

type StaffRow = typeof staff.$inferSelect

/** From the third wrong PIN on, every screen says so. */
const tellFrom = 3

function wrongTriesWords(wrong: number): Sentence {
  return {
    en: `Wrong PINs were tried ${wrong} times since a manager last typed his own. A manager’s PIN clears this.`,
    sw: `PIN zimekosewa mara ${wrong} tangu meneja aandike yake. PIN ya meneja inaondoa onyo hili.`,
  }
}

/** A new person's row, before anybody said otherwise. */
const plain = { active: true, pinDigits: 4, triedSeen: 0 } as const

const nobodysSeat: Seat = { current: () => null, until: () => AbortSignal.abort() }

export function createStaff(deps: StaffDeps): StaffRoom {
  const { database, clock, feed } = deps
  const { orm } = database.read
  const pins = createPins(deps.vault, deps.random)
  const guard = createGuard(database, clock)
  const seats = new Map<Seat, StaffSeat>()
  /** At whose seat the call is made that is being answered. */
  const calls = new AsyncLocalStorage<Seat>()
  const atCounter = (): string | null => calls.getStore()?.current() ?? null
  /** What whoever sits there was told of wrong tries when he sat down. */
  const told = new Map<Seat, number>()
  let pinMissing = true
  /** Digits of every PIN; 0 where they differ, or there is none. */
  let pinDigits = 0
  let names = new Map<string, string>()
  // One try at a time: two at once would both be looked at before either counts.
  let turn: Promise<unknown> = Promise.resolve()

  const rows = () => orm.select().from(staff).orderBy(asc(staff.createdAt), asc(staff.id)).all()
  const active = () => rows().filter((row) => row.active)
  const rowOf = (id: string): StaffRow | undefined => orm.select().from(staff).where(eq(staff.id, id)).get()

  const must = (seat: Seat): StaffSeat => {
    const known = seats.get(seat)
    if (known === undefined) throw new KauntaError('NOT_SIGNED_IN')
    return known
  }
  const desk = (seat: Seat): Desk => {
    const id = seat.current()
    const row = id === null ? undefined : rowOf(id)
    return {
      staff: row?.active === true ? { id: row.id, name: row.name, role: row.role } : null,
      pinMissing,
      lockedForMs: guard.lockedForMs(),
      pinDigits,
      changesNeedPin: !pinMissing && deps.practice.length === 0,
      wrongTries: row?.active === true ? (told.get(seat) ?? 0) : 0,
      practicePins: deps.practice.map(({ name, role, pin }) => ({ name, role, pin })),
    }
  }
  /** Each screen reads its own desk: what is told is only that something about it changed. */
  const publish = (): void => feed.tell('desk')
  const nobodysDesk = (): Desk => desk(nobodysSeat)
  feed.shows({ desk: () => ({ topic: 'desk', desk: nobodysDesk() }) })

  async function managersWithPin(): Promise<StaffRow[]> {
    const found: StaffRow[] = []
    for (const row of active()) {
      if (row.role === 'manager' && row.pinHash !== null && (await pins.usable(row.pinHash))) found.push(row)
    }
    return found
  }

  async function ownerOf(pin: string): Promise<StaffRow | undefined> {
    const known = active().filter((row) => row.pinHash !== null)
    const fits = await Promise.all(known.map((row) => pins.fits(pin, row.pinHash ?? '')))
    return known.find((_row, index) => fits[index] === true)
  }

  /** @throws KauntaError PIN_WRONG, PIN_LOCKED, KEYCHAIN_UNREACHABLE */
  function tryPin(pin: string): Promise<StaffRow> {
    const attempt = turn.then(async () => {
      const waitMs = guard.lockedForMs()
      if (waitMs > 0) throw new KauntaError('PIN_LOCKED', { seconds: Math.ceil(waitMs / 1_000) })
      guard.begin()
      const owner = await ownerOf(pin).catch((error: unknown) => {
        guard.withdraw()
        throw error
      })
      if (owner === undefined) {
        const lockedMs = guard.lockedForMs()
        deps.log.warn('a wrong PIN was tried', { wrong: guard.wrong(), lockedMs })
        publish()
        deps.onWarning()
        throw lockedMs > 0
          ? new KauntaError('PIN_LOCKED', { seconds: Math.ceil(lockedMs / 1_000) })
          : new KauntaError('PIN_WRONG', { left: guard.left() })
      }
      guard.passed(owner.role)
      deps.onWarning()
      return owner
    })
    turn = attempt.catch(() => undefined)
    return attempt
  }

  async function insert(person: Omit<PracticePerson, 'pin'>, pinHash: string | null): Promise<string> {
    const id = deps.random.id()
    database.transact((tx) =>
      tx.orm
        .insert(staff)
        .values({ id, ...plain, name: person.name, role: person.role, pinHash, createdAt: tx.now })
        .run(),
    )
    return id
  }

  async function refresh(): Promise<void> {
    names = new Map(rows().map((row) => [row.id, row.name]))
    pinMissing = (await managersWithPin()).length === 0
    const lengths = new Set(active().flatMap((row) => (row.pinHash === null ? [] : [row.pinDigits])))
    const [only] = lengths
    pinDigits = lengths.size === 1 ? (only ?? 0) : 0
  }

  /** @throws KauntaError LAST_MANAGER when nobody could approve anything any more */
  async function ensureManagerLeft(input: StaffInput): Promise<void> {
    if (input.role === 'manager' && input.active) return
    const others = (await managersWithPin()).filter((row) => row.id !== input.id)
    const someManager = active().some((row) => row.role === 'manager' && row.id !== input.id)
    if (others.length === 0 && (!pinMissing || !someManager))
      throw new KauntaError('LAST_MANAGER', { field: 'role' })
  }

  /** The hash of a new PIN, or what was kept. @throws KauntaError PIN_WEAK, PIN_TAKEN */
  async function pinOf({ id, pin }: StaffInput, known: StaffRow | undefined) {
    if (pin === undefined) return { pinHash: known?.pinHash ?? null, pinDigits: known?.pinDigits ?? 4 }
    if (isWeak(pin)) throw new KauntaError('PIN_WEAK', { field: 'pin' })
    const owner = await ownerOf(pin)
    if (owner !== undefined && owner.id !== id) throw new KauntaError('PIN_TAKEN', { field: 'pin' })
    return { pinHash: await pins.hash(pin), pinDigits: pin.length }
  }

  /** Whoever sat down without a PIN, or works here no more, has to get up; who made the change stays. */
  function getUp({ active: stays }: StaffInput, id: string, wasMissing: boolean): void {
    const own = calls.getStore()
    for (const seat of seats.values()) {
      const gone = seat.current() === id && !stays
      if (gone || (wasMissing && !pinMissing && seat !== own)) seat.leave()
    }
  }

  const present = (row: StaffRow): Staff => ({
    id: row.id,
    name: row.name,
    role: row.role,
    pinSet: row.pinHash !== null,
    active: row.active,
    createdAt: row.createdAt,
  })

  return {
    openSeat() {
      const seat = createSeat({
        clock,
        idleMinutes: () => (pinMissing ? null : deps.shop().lockAfterMinutes),
        onLocked: publish,
      })
      seats.set(seat, seat)
      const first = firstManager()
      // A practice shop opens at once; a real one asks for a PIN as soon as there is one.
      if (first !== undefined && (pinMissing || deps.practice.length > 0)) seat.sit(first.id)
      return seat
    },
    closeSeat(seat) {
      seats.get(seat)?.leave()
      seats.delete(seat)
      told.delete(seat)
    },
    desk,
    async signIn(seat, pin) {
      const owner = await tryPin(pin)
      told.set(seat, guard.tried() - owner.triedSeen)
      database.transact((tx) =>
        tx.orm.update(staff).set({ triedSeen: guard.tried() }).where(eq(staff.id, owner.id)).run(),
      )
      must(seat).sit(owner.id)
      publish()
      return desk(seat)
    },
    lock(seat) {
      // While nobody has a PIN there is no way back in, so there is no way out either.
      if (!pinMissing) must(seat).leave()
      publish()
      return desk(seat)
    },
    list: () => rows().map(present),
    async save(input, written) {
      const known = input.id === undefined ? undefined : rowOf(input.id)
      if (input.id !== undefined && known === undefined) throw new KauntaError('STAFF_NOT_FOUND')
      await ensureManagerLeft(input)
      const { name, role } = input
      const values = { name, role, ...(await pinOf(input, known)), active: input.active }
      const id = input.id ?? deps.random.id()
      database.transact((tx) => {
        tx.orm
          .insert(staff)
          .values({ id, ...values, triedSeen: guard.tried(), createdAt: tx.now })
          .onConflictDoUpdate({ target: staff.id, set: values })
          .run()
        written(tx, input.pin === undefined ? 'staff.saved' : 'staff.savedWithPin', name)
      })
      const wasMissing = pinMissing
      await refresh()
      getUp(input, id, wasMissing)
      publish()
      const saved = rowOf(id)
      if (saved === undefined) throw new KauntaError('STAFF_NOT_FOUND')
      return present(saved)
    },
    actor() {
      return staffIdOf(deps.actors.current())
    },
    within: (seat, work) =>
      calls.run(seat, () => {
        const id = seat.current()
        return deps.actors.during(id === null ? system : { kind: 'staff', id }, work)
      }),
    admit(seat, needs, acts) {
      const id = seat.current()
      const row = id === null ? undefined : rowOf(id)
      if (row?.active !== true) throw new KauntaError('NOT_SIGNED_IN')
      if (acts) must(seat).touch()
      if (needs === 'manager' && row.role !== 'manager') throw new KauntaError('MANAGER_ONLY')
    },
    async approve(pin, always) {
      const current = atCounter()
      const sitting = current === null ? undefined : rowOf(current)
      if (!always && sitting?.role === 'manager') return sitting.id
      if (pinMissing) throw new KauntaError('PIN_NOT_SET')
      return (await managerOf(pin)).id
    },
    async approveChange(pin) {
      const free = pinMissing || deps.practice.length > 0
      const by = free ? atCounter() : (await managerOf(pin)).id
      return (tx, what, subject) => {
        const { id } = tx.orm
          .insert(powerChange)
          .values({ at: tx.now, staffId: by, what, subject })
          .returning({ id: powerChange.id })
          .get()
        tx.emit('power.changed', String(id), { what })
        deps.log.info('power changed', { what, staffId: by })
      }
    },
    warnings() {
      const wrong = guard.wrong()
      return wrong < tellFrom ? [] : [wrongTriesWords(wrong)]
    },
    nameOf: (id) => (id === null ? null : (names.get(id) ?? null)),
    managed() {
      const current = atCounter()
      return current !== null && rowOf(current)?.role === 'manager'
    },
    async start() {
      if (rows().length === 0) {
        for (const person of deps.practice) await insert(person, await pins.hash(person.pin))
        const name = deps.shop().language === 'sw' ? 'Meneja' : 'Manager'
        if (deps.practice.length === 0) await insert({ name, role: 'manager' }, null)
      }
      await refresh()
    },
  }

  function firstManager(): StaffRow | undefined {
    return active().find((row) => row.role === 'manager')
  }

  /** @throws KauntaError MANAGER_PIN_MISSING, MANAGER_ONLY, PIN_WRONG, PIN_LOCKED */
  async function managerOf(pin: string | undefined): Promise<StaffRow> {
    if (pin === undefined) throw new KauntaError('MANAGER_PIN_MISSING', { field: 'managerPin' })
    const owner = await tryPin(pin)
    if (owner.role !== 'manager') throw new KauntaError('MANAGER_ONLY')
    return owner
  }
}
