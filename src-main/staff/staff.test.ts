import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Role } from '../../src-preload/contract/rights.ts'
import { freshDatabase } from '../../test/fixtures/database.ts'
import { quietFeed } from '../../test/fixtures/feed.ts'
import { type ManualClock, manualClock, steadyRandomness } from '../../test/fixtures/manual-clock.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { createActors } from '../actor.ts'
import { memoryVault } from '../credentials/vault.ts'
import type { Database } from '../database/open.ts'
import type { Seat } from '../implement.ts'
import type { Vault } from '../ports.ts'
import { practicePeople } from '../settings/defaults.ts'
import { waitAfter } from './guard.ts'
import { createStaff, type PracticePerson, type StaffInput, type StaffRoom } from './service.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const manager = '7391'
const cashier = '8264'

let database: Database
let clock: ManualClock
let random: ReturnType<typeof steadyRandomness>
let vault: Vault
let lockAfterMinutes: number
let warned: string[]

beforeEach(() => {
  clock = manualClock()
  database = freshDatabase(clock.now)
  random = steadyRandomness()
  vault = { ...memoryVault('memory', null), kind: 'system' }
  lockAfterMinutes = 5
  warned = []
})

const actors = createActors()

/** The room as a start of the program makes it; the one before was killed. */
async function start(practice: readonly PracticePerson[] = []) {
  const shop = () => ({ lockAfterMinutes, language: 'sw' as const })
  const feed = quietFeed()
  const log = { info: () => {}, warn: (event: string) => void warned.push(event), error: () => {} }
  const room = createStaff({
    database,
    clock,
    random,
    vault,
    feed,
    actors,
    log,
    shop,
    practice,
    onWarning: () => {},
  })
  await room.start()
  return at(room, room.openSeat())
}

/** The room as one screen sees it. */
function at(room: StaffRoom, seat: Seat) {
  return {
    ...room,
    room,
    seat,
    desk: () => room.desk(seat),
    signIn: (pin: string) => room.signIn(seat, pin),
    lock: () => room.lock(seat),
    admit: (needs: Role, acts: boolean) => room.admit(seat, needs, acts),
    approve: (pin: string | undefined, always: boolean) => room.within(seat, () => room.approve(pin, always)),
    save: (input: StaffInput) => room.within(seat, async () => room.save(input, () => {})),
    actor: () => seat.current(),
  }
}
type Screen = ReturnType<typeof at>

/** A shop where a manager and a cashier have PINs, and nobody is at the counter. */
async function withPeople(): Promise<Screen> {
  const room = await start()
  const [first] = room.list()
  await room.save({ id: first?.id, name: 'Asha', role: 'manager', pin: manager, active: true })
  await room.save({ name: 'Juma', role: 'cashier', pin: cashier, active: true })
  room.lock()
  return room
}

const refusal = (call: Promise<unknown>) => refusalOf(call)
const hashes = () =>
  z
    .array(z.string().nullable())
    .parse(database.connection.prepare('SELECT pin_hash FROM staff ORDER BY created_at, id').pluck().all())

async function wrong(room: Screen, times: number): Promise<(string | null)[]> {
  const answers: (string | null)[] = []
  for (let time = 0; time < times; time += 1) answers.push(await refusal(room.signIn('0001')))
  return answers
}

describe('the first start', () => {
  it('makes one manager, who is at the counter without a PIN until there is one', async () => {
    const room = await start()
    expect(room.desk()).toMatchObject({ staff: { name: 'Meneja', role: 'manager' }, pinMissing: true })
    expect(room.lock().staff).not.toBeNull()
    const [first] = room.list()
    expect(await room.approve(undefined, false)).toBe(first?.id)
    expect(await refusal(room.approve('1111', true))).toBe('PIN_NOT_SET')
    await room.save({ id: first?.id, name: 'Asha', role: 'manager', pin: manager, active: true })
    expect(room.desk().pinMissing).toBe(false)
    expect((await start()).desk().staff).toBeNull()
    expect(room.list()).toHaveLength(1)
  })

  it('of a practice shop knows its people, tells their PINs, and opens at once', async () => {
    const room = await start(practicePeople)
    expect(room.desk()).toMatchObject({ staff: { name: 'Asha', role: 'manager' }, pinMissing: false })
    expect(room.desk().practicePins).toEqual([...practicePeople])
    for (const { pin, name } of practicePeople) expect((await room.signIn(pin)).staff?.name).toBe(name)
    const again = await start(practicePeople)
    expect([again.desk().staff?.name, again.list().length]).toEqual(['Asha', 2])
  })
})

describe('a PIN', () => {
  it('is kept as argon2id with a key from the keychain in it', async () => {
    await withPeople()
    for (const hash of hashes()) {
      const [, kind, version, cost] = (hash ?? '').split('$')
      expect([hash?.split('$')[0], kind, version, cost]).toEqual([
        'pepper:',
        'argon2id',
        'v=19',
        'm=19456,t=2,p=1',
      ])
      expect(hash).not.toContain(manager)
    }
    expect(new Set(hashes()).size).toBe(2)
  })

  it('fits nobody once that key is another', async () => {
    await withPeople()
    vault = { ...memoryVault('memory', null, { 'staff:pepper': 'AAAA' }), kind: 'system' }
    const room = await start()
    expect(await refusal(room.signIn(manager))).toBe('PIN_WRONG')
  })

  it.each(['locked', 'not there'] as const)(
    'lets nobody in while the keychain is %s, and counts no try',
    async (how) => {
      await withPeople()
      const open = vault
      vault =
        how === 'locked'
          ? { ...open, read: () => Promise.reject(new Error('locked')) }
          : memoryVault('memory', 'absent')
      const room = await start()
      expect(room.desk()).toMatchObject({ staff: null, pinMissing: false })
      for (let tries = 0; tries < 7; tries += 1) {
        expect(await refusal(room.signIn(manager))).toBe('KEYCHAIN_UNREACHABLE')
      }
      expect(() => room.admit('cashier', true)).toThrow(expect.objectContaining({ code: 'NOT_SIGNED_IN' }))
      vault = open
      expect((await (await start()).signIn(manager)).staff?.name).toBe('Asha')
    },
  )

  it('must be chosen anew when the keychain is there and its key is gone', async () => {
    await withPeople()
    vault = { ...memoryVault('memory', null), kind: 'system' }
    expect((await start()).desk()).toMatchObject({ pinMissing: true, staff: { role: 'manager' } })
  })

  it('is kept without a key, and says so, where there is no keychain', async () => {
    vault = memoryVault('memory', 'absent')
    const room = await withPeople()
    expect(hashes().every((hash) => hash?.startsWith('plain:$argon2id$v=19$m=19456,t=2,p=1$'))).toBe(true)
    expect((await room.signIn(manager)).staff?.name).toBe('Asha')
  })

  it.each(
    '0000 1111 1234 4321 9876 6789 0123 3210 2024 1987 1212 1221 2580 1357 7788 123456 20242024 135135 147147'.split(
      ' ',
    ),
  )('%s is too weak', async (pin) => {
    const room = await start()
    expect(await refusal(room.save({ name: 'Juma', role: 'cashier', pin, active: true }))).toBe('PIN_WEAK')
    expect(room.list()).toHaveLength(1)
  })

  it('belongs to one person: the PIN alone says who it is', async () => {
    const room = await withPeople()
    const second = room.save({ name: 'Neema', role: 'cashier', pin: cashier, active: true })
    expect(await refusal(second)).toBe('PIN_TAKEN')
    const juma = room.list().find(({ name }) => name === 'Juma')
    // His own again is no theft.
    const own = room.save({ id: juma?.id, name: 'Juma', role: 'cashier', pin: cashier, active: true })
    expect(await refusal(own)).toBeNull()
    expect((await room.signIn(cashier)).staff?.name).toBe('Juma')
    expect((await room.signIn(manager)).staff?.name).toBe('Asha')
  })

  it('stays when a change leaves it out, and ends with its person', async () => {
    const room = await withPeople()
    const juma = room.list().find(({ name }) => name === 'Juma')
    await room.save({ id: juma?.id, name: 'Juma Ali', role: 'cashier', active: true })
    expect((await room.signIn(cashier)).staff?.name).toBe('Juma Ali')
    expect(room.nameOf(juma?.id ?? '')).toBe('Juma Ali')
    await room.save({ id: juma?.id, name: 'Juma Ali', role: 'cashier', active: false })
    expect(room.desk().staff).toBeNull()
    expect(await refusal(room.signIn(cashier))).toBe('PIN_WRONG')
    const nobody = room.save({ id: random.id(), name: 'X', role: 'cashier', active: true })
    expect(await refusal(nobody)).toBe('STAFF_NOT_FOUND')
  })
})

describe('wrong PINs', () => {
  it('lock after five, for longer each time, and the right PIN does not pass meanwhile', async () => {
    const room = await withPeople()
    expect(await wrong(room, 5)).toEqual(['PIN_WRONG', 'PIN_WRONG', 'PIN_WRONG', 'PIN_WRONG', 'PIN_LOCKED'])
    expect(room.desk().lockedForMs).toBe(30_000)
    expect(await refusal(room.signIn(manager))).toBe('PIN_LOCKED')
    await clock.advance(29_999)
    expect(await refusal(room.signIn(manager))).toBe('PIN_LOCKED')
    await clock.advance(1)
    expect(await wrong(room, 1)).toEqual(['PIN_LOCKED'])
    expect(room.desk().lockedForMs).toBe(60_000)
    await clock.advance(60_000)
    expect((await room.signIn(manager)).staff?.name).toBe('Asha')
    expect([5, 6, 7, 8, 9, 10, 20].map(waitAfter)).toEqual([
      30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000,
    ])
  })

  it('stay counted over a kill, and over a clock that is set on or back by a day', async () => {
    const room = await withPeople()
    await wrong(room, 3)
    const second = await start()
    expect(await wrong(second, 2)).toEqual(['PIN_WRONG', 'PIN_LOCKED'])
    clock.jumpWall(dayMs)
    expect(await refusal(second.signIn(manager))).toBe('PIN_LOCKED')
    clock.jumpWall(-2 * dayMs)
    expect(await refusal(second.signIn(manager))).toBe('PIN_LOCKED')
    await clock.advance(20_000)
    const third = await start()
    expect(third.desk().lockedForMs).toBe(30_000)
    expect(await refusal(third.signIn(manager))).toBe('PIN_LOCKED')
    await clock.advance(30_000)
    expect((await third.signIn(manager)).staff?.name).toBe('Asha')
  })

  it('are counted before they are looked at: a kill during a try gives none away', async () => {
    const room = await withPeople()
    await wrong(room, 4)
    const cutOff = room.signIn('0001')
    // The kill: the answer never comes, and what is on disk is what the next start sees.
    await Promise.resolve()
    await Promise.resolve()
    const after = await start()
    expect(after.desk().lockedForMs).toBe(30_000)
    expect(await refusal(cutOff)).toBe('PIN_LOCKED')
  })

  it('are not forgiven by a cashier’s own PIN, and are by a manager’s', async () => {
    const room = await withPeople()
    await wrong(room, 4)
    expect((await room.signIn(cashier)).staff?.name).toBe('Juma')
    expect(await wrong(room, 1)).toEqual(['PIN_LOCKED'])
    await clock.advance(30_000)
    await room.signIn(cashier)
    expect(await wrong(room, 1)).toEqual(['PIN_LOCKED'])
    expect(room.desk().lockedForMs).toBe(60_000)
    await clock.advance(60_000)
    await room.signIn(manager)
    expect(await wrong(room, 4)).toEqual(['PIN_WRONG', 'PIN_WRONG', 'PIN_WRONG', 'PIN_WRONG'])
  })

  it('are not forgotten by waiting: a month of patience gives no more tries than the waits do', async () => {
    const room = await withPeople()
    await wrong(room, 4)
    await clock.advance(30 * dayMs)
    expect(await wrong(room, 5)).toEqual(Array.from({ length: 5 }, () => 'PIN_LOCKED'))
    let tries = 0
    for (const end = clock.monotonic() + dayMs / 2; clock.monotonic() < end; tries += 1) {
      await clock.advance(room.desk().lockedForMs)
      await refusal(room.signIn('0001'))
    }
    expect(tries).toBeLessThan(12 * 4 + 10)
  })

  it('are each written to the log, told to all from the third on, and to whoever sits down', async () => {
    const room = await withPeople()
    await room.signIn(cashier)
    await wrong(room, 2)
    expect(room.warnings()).toEqual([])
    await wrong(room, 1)
    expect(warned).toEqual(Array.from({ length: 3 }, () => 'a wrong PIN was tried'))
    expect(room.warnings().map(({ en }) => en)).toEqual([expect.stringContaining('3 times')])
    expect((await room.signIn(cashier)).wrongTries).toBe(3)
    expect(room.warnings()).toHaveLength(1)
    expect((await room.signIn(cashier)).wrongTries).toBe(0)
    expect((await room.signIn(manager)).wrongTries).toBe(3)
    expect(room.warnings()).toEqual([])
  })

  it('let less than a hundred tries pass in an hour, also with kills and a cashier’s PIN in between', async () => {
    let room = await withPeople()
    const end = clock.monotonic() + 60 * minuteMs
    let tries = 0
    for (let round = 1; clock.monotonic() < end; round += 1) {
      const { lockedForMs } = room.desk()
      if (lockedForMs > 0) await clock.advance(lockedForMs)
      await refusal(room.signIn('0001'))
      tries += 1
      if (round % 3 === 0) room = await start()
      if (round % 4 === 0 && room.desk().lockedForMs === 0) await room.signIn(cashier)
    }
    expect(tries).toBeGreaterThan(5)
    expect(tries).toBeLessThanOrEqual(100)
  })

  it('that are tried at once are tried one after the other', async () => {
    const room = await withPeople()
    const answers = await Promise.all(Array.from({ length: 8 }, () => refusal(room.signIn('0001'))))
    expect(answers.filter((answer) => answer === 'PIN_WRONG')).toHaveLength(4)
    expect(answers.filter((answer) => answer === 'PIN_LOCKED')).toHaveLength(4)
  })

  it('count where a manager’s word is asked for too', async () => {
    const room = await withPeople()
    await room.signIn(cashier)
    for (let time = 0; time < 4; time += 1)
      expect(await refusal(room.approve('0001', true))).toBe('PIN_WRONG')
    expect(await refusal(room.approve('0001', true))).toBe('PIN_LOCKED')
    expect(await refusal(room.approve(manager, true))).toBe('PIN_LOCKED')
  })
})

describe('who is at the counter', () => {
  it('is nobody after some minutes without a key', async () => {
    const room = await withPeople()
    await room.signIn(cashier)
    await clock.advance(4 * minuteMs)
    room.admit('cashier', true)
    await clock.advance(4 * minuteMs)
    expect(room.desk().staff?.name).toBe('Juma')
    await clock.advance(minuteMs)
    expect(room.desk().staff).toBeNull()
    expect(() => room.admit('cashier', true)).toThrow(expect.objectContaining({ code: 'NOT_SIGNED_IN' }))
  })

  it('is not kept there by a page that only looks', async () => {
    const room = await withPeople()
    await room.signIn(cashier)
    for (let minute = 0; minute < 4; minute += 1) {
      await clock.advance(minuteMs)
      room.admit('cashier', false)
    }
    await clock.advance(minuteMs)
    expect(() => room.admit('cashier', false)).toThrow(expect.objectContaining({ code: 'NOT_SIGNED_IN' }))
  })

  it('is nobody once the shift is over, whoever is still typing', async () => {
    lockAfterMinutes = 0
    const room = await withPeople()
    await room.signIn(cashier)
    for (let hour = 1; hour < 12; hour += 1) {
      await clock.advance(60 * minuteMs)
      room.admit('cashier', true)
    }
    await clock.advance(60 * minuteMs)
    expect(room.actor()).toBeNull()
  })

  it('does not change with the wall clock', async () => {
    const room = await withPeople()
    await room.signIn(cashier)
    clock.jumpWall(dayMs)
    expect(room.desk().staff?.name).toBe('Juma')
    clock.jumpWall(-2 * dayMs)
    await clock.advance(5 * minuteMs)
    expect(room.desk().staff).toBeNull()
  })

  it('is nobody after a lock, and after a restart', async () => {
    const room = await withPeople()
    await room.signIn(cashier)
    expect(room.lock().staff).toBeNull()
    await room.signIn(cashier)
    expect((await start()).desk().staff).toBeNull()
  })

  it('is not who a machine’s request is written down to, nor what goes on after the call', async () => {
    const { room, seat, actor, signIn, nameOf } = await withPeople()
    await signIn(cashier)
    const juma = actor()
    let later: Promise<string | null> = Promise.resolve(null)
    const ended = Promise.withResolvers<void>()
    await room.within(seat, async () => {
      expect(room.actor()).toBe(juma)
      expect(actors.asSystem(() => room.actor())).toBeNull()
      expect(() =>
        actors.asSystem(() => {
          throw new Error('broken')
        }),
      ).toThrow('broken')
      expect(room.actor()).toBe(juma)
      later = ended.promise.then(() => room.actor())
    })
    ended.resolve()
    expect(await later).toBeNull()
    expect(room.actor()).toBeNull()
    expect(nameOf(juma)).toBe('Juma')
  })

  it('is who asked, also where another sits there before the call is done', async () => {
    const { room, seat, actor, signIn, lock } = await withPeople()
    await signIn(manager)
    const asha = actor()
    const left = Promise.withResolvers<void>()
    const call = room.within(seat, async () => {
      await left.promise
      return room.actor()
    })
    lock()
    await signIn(cashier)
    expect(actor()).not.toBe(asha)
    left.resolve()
    expect(await call).toBe(asha)
  })

  it('sits at one screen only: another connection asks for the PIN itself, and its streams end when he leaves', async () => {
    const first = await withPeople()
    await first.signIn(cashier)
    const second = at(first.room, first.room.openSeat())
    expect(second.desk().staff).toBeNull()
    expect(() => second.admit('cashier', true)).toThrow(expect.objectContaining({ code: 'NOT_SIGNED_IN' }))
    await second.signIn(manager)
    expect([first.desk().staff?.name, second.desk().staff?.name]).toEqual(['Juma', 'Asha'])
    const stays = [first.seat.until(), second.seat.until()]
    first.lock()
    expect(stays.map(({ aborted }) => aborted)).toEqual([true, false])
    first.room.closeSeat(second.seat)
    expect(stays.map(({ aborted }) => aborted)).toEqual([true, true])
  })

  it('gets up everywhere else once the first PIN is chosen', async () => {
    const first = await start()
    const second = at(first.room, first.room.openSeat())
    expect([first.desk().staff?.name, second.desk().staff?.name]).toEqual(['Meneja', 'Meneja'])
    const [manager1] = first.list()
    await first.save({ id: manager1?.id, name: 'Asha', role: 'manager', pin: manager, active: true })
    expect([first.desk().staff?.name, second.desk().staff]).toEqual(['Asha', null])
  })

  it('changes power only with a manager’s PIN, and each change is written down with who', async () => {
    const { room, seat, signIn, list } = await withPeople()
    await signIn(manager)
    expect(await refusal(room.within(seat, () => room.approveChange(undefined)))).toBe('MANAGER_PIN_MISSING')
    expect(await refusal(room.within(seat, () => room.approveChange(cashier)))).toBe('MANAGER_ONLY')
    const write = await room.within(seat, () => room.approveChange(manager))
    database.transact((tx) => write(tx, 'account.saved', 'M-Pesa'))
    const asha = list().find(({ name }) => name === 'Asha')?.id
    const rows = database.connection.prepare('SELECT staff_id, what, subject FROM power_change').all()
    expect(rows).toEqual([{ staff_id: asha, what: 'account.saved', subject: 'M-Pesa' }])
    expect(() => database.connection.exec("UPDATE power_change SET what = 'nothing'")).toThrow(
      'does not change',
    )
  })

  it('may do what the role allows; a manager’s word is the PIN’s owner', async () => {
    const room = await withPeople()
    await room.signIn(cashier)
    expect(() => room.admit('manager', true)).toThrow(expect.objectContaining({ code: 'MANAGER_ONLY' }))
    expect(await refusal(room.approve(undefined, false))).toBe('MANAGER_PIN_MISSING')
    expect(await refusal(room.approve(cashier, false))).toBe('MANAGER_ONLY')
    const asha = room.list().find(({ name }) => name === 'Asha')?.id
    expect(await room.approve(manager, false)).toBe(asha)
    expect(room.desk().staff?.name).toBe('Juma')
    await room.signIn(manager)
    expect(await room.approve(undefined, false)).toBe(asha)
    expect(await refusal(room.approve(undefined, true))).toBe('MANAGER_PIN_MISSING')
    expect(await refusal(room.approve(cashier, true))).toBe('MANAGER_ONLY')
  })
})

describe('the last manager', () => {
  it('with a PIN stays: not sent away, not made a cashier', async () => {
    const room = await withPeople()
    const asha = room.list().find(({ name }) => name === 'Asha')
    const change = (role: 'manager' | 'cashier', active: boolean) =>
      refusal(room.save({ id: asha?.id, name: 'Asha', role, active }))
    expect(await change('cashier', true)).toBe('LAST_MANAGER')
    expect(await change('manager', false)).toBe('LAST_MANAGER')
    await room.save({ name: 'Neema', role: 'manager', active: true })
    // A manager without a PIN could approve nothing.
    expect(await change('manager', false)).toBe('LAST_MANAGER')
    const neema = room.list().find(({ name }) => name === 'Neema')
    await room.save({ id: neema?.id, name: 'Neema', role: 'manager', pin: '5937', active: true })
    expect(await change('cashier', true)).toBeNull()
    expect(room.list().filter(({ role }) => role === 'manager')).toHaveLength(1)
  })

  it('without a PIN stays too', async () => {
    const room = await start()
    const [first] = room.list()
    const away = room.save({ id: first?.id, name: 'Meneja', role: 'manager', active: false })
    expect(await refusal(away)).toBe('LAST_MANAGER')
  })
})
