import { and, asc, eq } from 'drizzle-orm'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { Role } from '../../src-preload/contract/rights.ts'
import type { Desk, Staff } from '../../src-preload/contract/staff.ts'
import type { Database } from '../database/open.ts'
import type { Hub } from '../live/hub.ts'
import type { Clock, Randomness, Vault } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { createGuard } from './guard.ts'
import { createPins, isWeak } from './pin.ts'
import { createSession } from './session.ts'
import { staff } from './tables.ts'

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
  desk(): Desk
  /** @throws KauntaError PIN_WRONG, PIN_LOCKED */
  signIn(pin: string): Promise<Desk>
  lock(): Desk
  list(): Staff[]
  /** @throws KauntaError STAFF_NOT_FOUND, PIN_WEAK, PIN_TAKEN, LAST_MANAGER */
  save(input: StaffInput): Promise<Staff>
  /** Who is at the counter, for what is being written now; null while a machine asks, or nobody is there. */
  actor(): string | null
  /** Runs `work` as nobody's: what an integrator wants is not the cashier's doing. */
  asNobody<T>(work: () => T): T
  /**
   * Judges a call of the screen; one that `acts` shows that somebody is there.
   * @throws KauntaError NOT_SIGNED_IN, MANAGER_ONLY
   */
  admit(needs: Role, acts: boolean): void
  /**
   * A manager's word: the one at the counter where `always` is false, else the PIN's owner.
   * @returns the manager's id
   * @throws KauntaError MANAGER_PIN_MISSING, MANAGER_ONLY, PIN_WRONG, PIN_LOCKED, PIN_NOT_SET
   */
  approve(pin: string | undefined, always: boolean): Promise<string>
  nameOf(id: string | null): string | null
  /** Makes sure that there is a manager, and who is at the counter at the start. */
  start(): Promise<void>
}

export interface StaffDeps {
  readonly database: Database
  readonly clock: Clock
  readonly random: Randomness
  readonly hub: Hub
  readonly vault: Vault
  readonly shop: () => { readonly lockAfterMinutes: number; readonly language: Language }
  /** Practice: who works there; empty in a real shop. */
  readonly practice: readonly PracticePerson[]
}

type StaffRow = typeof staff.$inferSelect

export function createStaff(deps: StaffDeps): StaffRoom {
  const { database, clock, hub } = deps
  const { orm } = database.read
  const pins = createPins(deps.vault, deps.random)
  const guard = createGuard(database, clock)
  const session = createSession({
    clock,
    idleMinutes: () => (pinMissing ? null : deps.shop().lockAfterMinutes),
    onLocked: () => publish(),
  })
  let nobody = false
  let pinMissing = true
  let names = new Map<string, string>()
  // One try at a time: two at once would both be looked at before either counts.
  let turn: Promise<unknown> = Promise.resolve()

  const rows = () => orm.select().from(staff).orderBy(asc(staff.createdAt), asc(staff.id)).all()
  const active = () => rows().filter((row) => row.active)
  const rowOf = (id: string): StaffRow | undefined => orm.select().from(staff).where(eq(staff.id, id)).get()

  const desk = (): Desk => {
    const id = session.current()
    const row = id === null ? undefined : rowOf(id)
    return {
      staff: row?.active === true ? { id: row.id, name: row.name, role: row.role } : null,
      pinMissing,
      lockedForMs: guard.lockedForMs(),
      practicePins: deps.practice.map(({ name, role, pin }) => ({ name, role, pin })),
    }
  }
  const publish = (): Desk => {
    const now = desk()
    hub.publish({ topic: 'desk', desk: now })
    return now
  }

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
        publish()
        throw lockedMs > 0
          ? new KauntaError('PIN_LOCKED', { seconds: Math.ceil(lockedMs / 1_000) })
          : new KauntaError('PIN_WRONG', { left: guard.left() })
      }
      guard.passed(owner.role)
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
        .values({ id, name: person.name, role: person.role, pinHash, active: true, createdAt: tx.now })
        .run(),
    )
    return id
  }

  async function refresh(): Promise<void> {
    names = new Map(rows().map((row) => [row.id, row.name]))
    pinMissing = (await managersWithPin()).length === 0
  }

  /** @throws KauntaError LAST_MANAGER when nobody could approve anything any more */
  async function keepManager(input: StaffInput): Promise<void> {
    if (input.role === 'manager' && input.active) return
    const others = (await managersWithPin()).filter((row) => row.id !== input.id)
    const someManager = active().some((row) => row.role === 'manager' && row.id !== input.id)
    if (others.length === 0 && (!pinMissing || !someManager))
      throw new KauntaError('LAST_MANAGER', { field: 'role' })
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
    desk,
    async signIn(pin) {
      session.open((await tryPin(pin)).id)
      return publish()
    },
    lock() {
      // While nobody has a PIN there is no way back in, so there is no way out either.
      if (!pinMissing) session.close()
      return publish()
    },
    list: () => rows().map(present),
    async save(input) {
      const known = input.id === undefined ? undefined : rowOf(input.id)
      if (input.id !== undefined && known === undefined) throw new KauntaError('STAFF_NOT_FOUND')
      await keepManager(input)
      let pinHash = known?.pinHash ?? null
      if (input.pin !== undefined) {
        if (isWeak(input.pin)) throw new KauntaError('PIN_WEAK', { field: 'pin' })
        const owner = await ownerOf(input.pin)
        if (owner !== undefined && owner.id !== input.id) throw new KauntaError('PIN_TAKEN', { field: 'pin' })
        pinHash = await pins.hash(input.pin)
      }
      const values = { name: input.name, role: input.role, pinHash, active: input.active }
      const id = input.id ?? deps.random.id()
      database.transact((tx) =>
        tx.orm
          .insert(staff)
          .values({ id, ...values, createdAt: tx.now })
          .onConflictDoUpdate({ target: staff.id, set: values })
          .run(),
      )
      await refresh()
      publish()
      const saved = rowOf(id)
      if (saved === undefined) throw new KauntaError('STAFF_NOT_FOUND')
      return present(saved)
    },
    actor: () => (nobody ? null : session.current()),
    asNobody(work) {
      nobody = true
      try {
        return work()
      } finally {
        nobody = false
      }
    },
    admit(needs, acts) {
      const id = session.current()
      const row = id === null ? undefined : rowOf(id)
      if (row?.active !== true) throw new KauntaError('NOT_SIGNED_IN')
      if (acts) session.touch()
      if (needs === 'manager' && row.role !== 'manager') throw new KauntaError('MANAGER_ONLY')
    },
    async approve(pin, always) {
      const current = session.current()
      const atCounter = current === null ? undefined : rowOf(current)
      if (!always && atCounter?.role === 'manager') return atCounter.id
      if (pinMissing) throw new KauntaError('PIN_NOT_SET')
      if (pin === undefined) throw new KauntaError('MANAGER_PIN_MISSING', { field: 'managerPin' })
      const owner = await tryPin(pin)
      if (owner.role !== 'manager') throw new KauntaError('MANAGER_ONLY')
      return owner.id
    },
    nameOf: (id) => (id === null ? null : (names.get(id) ?? null)),
    async start() {
      if (rows().length === 0) {
        for (const person of deps.practice) await insert(person, await pins.hash(person.pin))
        const name = deps.shop().language === 'sw' ? 'Meneja' : 'Manager'
        if (deps.practice.length === 0) await insert({ name, role: 'manager' }, null)
      }
      await refresh()
      const [first] = orm
        .select()
        .from(staff)
        .where(and(eq(staff.role, 'manager'), eq(staff.active, true)))
        .orderBy(asc(staff.createdAt), asc(staff.id))
        .limit(1)
        .all()
      // A practice shop opens at once; a real one asks for a PIN as soon as there is one.
      if (first !== undefined && (pinMissing || deps.practice.length > 0)) session.open(first.id)
    },
  }
}
