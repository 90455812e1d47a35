import { describe, expect, it } from 'vitest'
import { freshDatabase } from '../../test/fixtures/database.ts'
import { type ManualClock, manualClock, settled } from '../../test/fixtures/manual-clock.ts'
import { type Script, stage } from '../../test/fixtures/outbox.ts'
import { accepted, type Outcome, type ProviderErrorKind, refused } from '../providers/outcome.ts'

function at({ clock = manualClock(), ...script }: Script & { readonly clock?: ManualClock } = {}) {
  const it = stage(
    freshDatabase(() => clock.now()),
    script,
    clock,
  )
  it.outbox.start()
  return it
}

/** Answers with the errors in turn, then accepts. */
function failing(...kinds: readonly ProviderErrorKind[]): (subject: string) => Promise<Outcome<string>> {
  const left = [...kinds]
  return (subject) => {
    const kind = left.shift()
    return Promise.resolve(kind === undefined ? accepted(subject) : refused(kind, 'temporary', kind))
  }
}

describe('sending', () => {
  it('serves a lane by priority, then by age', async () => {
    const { request, calls, clock, outbox, state } = at()
    const first = request('a')
    request('b')
    request('urgent', { priority: 0 })
    await clock.advance(0)
    expect(calls).toEqual(['urgent', 'a', 'b'])
    expect(state(first)).toBe('done')
    expect(outbox.get(first).history).toMatchObject([{ number: 1, outcome: 'accepted' }])
  })

  it('has the lease and the attempt on disk before the call goes out', async () => {
    const seen: unknown[] = []
    const clock = manualClock()
    const database = freshDatabase(() => clock.now())
    const { request, outbox } = stage(
      database,
      {
        execute: (subject) => {
          const row = database.connection
            .prepare(
              'SELECT e.state, a.number, a.ended_at FROM effect e JOIN attempt a ON a.effect_id = e.id',
            )
            .get()
          seen.push(row, database.connection.inTransaction)
          return Promise.resolve(accepted(subject))
        },
      },
      clock,
    )
    outbox.start()
    request('a')
    await settled()
    expect(seen).toEqual([{ state: 'leased', number: 1, ended_at: null }, false])
  })

  it('sends nothing of a transaction that was rolled back', async () => {
    const { database, outbox, calls, clock } = at()
    expect(() =>
      database.transact((tx) => {
        outbox.enqueue(tx, {
          lane: 'sms:a',
          kind: 'message',
          subjectId: 'x',
          title: 'x',
          payload: { subject: 'x' },
          priority: 5,
        })
        throw new Error('the sale failed')
      }),
    ).toThrow('the sale failed')
    await clock.advance(10_000)
    expect(calls).toEqual([])
  })

  it('keeps to the rate of its lane', async () => {
    const { request, calls, clock } = at({ limits: { perSecond: 2, burst: 1, concurrency: 4 } })
    for (const name of ['a', 'b', 'c', 'd']) request(name)
    await clock.advance(0)
    expect(calls).toHaveLength(1)
    await clock.advance(500)
    expect(calls).toHaveLength(2)
    await clock.advance(1000)
    expect(calls).toHaveLength(4)
  })

  it('lets one lane wait without holding another', async () => {
    const { request, calls, clock } = at({
      execute: (subject) =>
        subject === 'stuck' ? new Promise(() => {}) : Promise.resolve(accepted(subject)),
    })
    request('stuck', { lane: 'sms:a' })
    request('behind', { lane: 'sms:a' })
    request('free', { lane: 'whatsapp:b' })
    await clock.advance(100)
    expect(calls).toEqual(['stuck', 'free'])
  })
})

describe('trouble', () => {
  it('retries what is temporary, up to its limit, and keeps each attempt', async () => {
    const { request, clock, outbox, calls } = at({
      execute: failing('temporary', 'temporary', 'temporary', 'temporary'),
    })
    const id = request('a')
    await clock.advance(120_000)
    expect(calls).toEqual(['a', 'a', 'a'])
    expect(outbox.get(id)).toMatchObject({ state: 'failed', attempts: 3 })
    expect(outbox.get(id).history.map((attempt) => attempt.outcome)).toEqual([
      'retryable',
      'retryable',
      'retryable',
    ])
  })

  it('offline costs no attempt, keeps the order, and goes on by itself', async () => {
    let online = false
    const { request, clock, outbox, calls, state } = at({
      execute: (subject) =>
        Promise.resolve(online ? accepted(subject) : refused('offline', 'offline', 'no line')),
    })
    const ids = ['a', 'b', 'c'].map((name) => request(name))
    await clock.advance(60_000)
    expect(new Set(calls)).toEqual(new Set(['a']))
    expect(outbox.get(ids[0] ?? 0)).toMatchObject({ state: 'queued', attempts: 0, reason: 'offline' })
    expect(outbox.get(ids[0] ?? 0).history).toEqual([])
    calls.length = 0
    online = true
    await clock.advance(20_000)
    expect(calls).toEqual(['a', 'b', 'c'])
    expect(ids.map(state)).toEqual(['done', 'done', 'done'])
  })

  it('goes on at once when told that the line is back', async () => {
    let online = false
    const { request, clock, outbox, state } = at({
      execute: (subject) =>
        Promise.resolve(online ? accepted(subject) : refused('offline', 'offline', 'no line')),
    })
    const id = request('a')
    await clock.advance(60_000)
    online = true
    outbox.nudge('', 'offline')
    await clock.advance(0)
    expect(state(id)).toBe('done')
  })

  it('tells of what is put behind others on a lane that stands still', async () => {
    const counts: number[] = []
    const here: { outbox?: ReturnType<typeof at>['outbox'] } = {}
    const { request, clock, outbox } = at({
      execute: failing('credentials'),
      onChange: () => counts.push(here.outbox?.stopped()[0]?.waiting ?? 0),
    })
    here.outbox = outbox
    request('a')
    await clock.advance(1_000)
    expect(counts.at(-1)).toBe(1)
    request('b')
    await settled()
    expect(counts.at(-1)).toBe(2)
  })

  it('holds the lane, not the messages, when the key or the balance is refused', async () => {
    const { request, clock, outbox, calls, state } = at({ execute: failing('credentials') })
    const id = request('a')
    request('b')
    await clock.advance(60_000)
    expect(calls).toEqual(['a'])
    expect(outbox.holdOf('sms:a')).toBe('credentials')
    expect(state(id)).toBe('queued')
    outbox.nudge('sms:a')
    await clock.advance(0)
    expect(calls).toEqual(['a', 'a', 'b'])
  })

  it('fails what waited past its deadline in place of sending it late', async () => {
    let online = false
    const { request, clock, outbox, calls, moves } = at({
      execute: (subject) =>
        Promise.resolve(online ? accepted(subject) : refused('offline', 'offline', 'no line')),
    })
    const id = request('a', { lifeMs: 30_000 })
    await clock.advance(31_000)
    online = true
    calls.length = 0
    outbox.nudge()
    await clock.advance(0)
    expect(calls).toEqual([])
    expect(outbox.get(id)).toMatchObject({ state: 'failed', reason: 'deadlinePassed' })
    expect(moves.at(-1)).toBe('a failed deadlinePassed')
    outbox.retry(id)
    await clock.advance(0)
    expect(calls).toEqual(['a'])
  })

  it('keeps an item that it cannot read, with its text', async () => {
    const { request, clock, outbox, calls, database } = at()
    const id = request('a', { payload: { nonsense: true } })
    request('b')
    await clock.advance(0)
    expect(calls).toEqual(['b'])
    expect(outbox.get(id)).toMatchObject({ state: 'failed', reason: 'unreadable' })
    expect(database.connection.prepare('SELECT payload FROM effect WHERE id = ?').pluck().get(id)).toBe(
      '{"nonsense":true}',
    )
  })

  it('takes a fault of its own for an unknown outcome', async () => {
    const { request, clock, faults, state } = at({ execute: () => Promise.reject(new Error('bug')) })
    const id = request('a')
    await clock.advance(0)
    expect(state(id)).toBe('unknown')
    expect(faults).toHaveLength(1)
  })
})

describe('unknown outcomes', () => {
  const unanswered: Script['execute'] = () =>
    Promise.resolve(refused('unknownOutcome', 'unknownOutcome', 'no reply'))

  it('asks only after the consistency window, and is done when it had happened', async () => {
    const { request, clock, calls, state } = at({
      execute: unanswered,
      resolve: (subject) => Promise.resolve({ kind: 'happened', data: subject }),
    })
    const id = request('a')
    await clock.advance(9_000)
    expect([calls, state(id)]).toEqual([['a'], 'unknown'])
    await clock.advance(2_000)
    expect([calls, state(id)]).toEqual([['a', '? a'], 'done'])
  })

  it('sends again only when the provider says, after the window, that it knows nothing', async () => {
    let first = true
    const { request, clock, calls, state } = at({
      execute: (subject) => {
        const outcome = first ? refused('unknownOutcome', 'unknownOutcome', 'no reply') : accepted(subject)
        first = false
        return Promise.resolve(outcome)
      },
    })
    const id = request('a')
    await clock.advance(11_000)
    expect([calls, state(id)]).toEqual([['a', '? a', 'a'], 'done'])
  })

  it('asks at once when the line returns, however long the pause had grown, and not within the consistency window', async () => {
    let answers = false
    const { request, clock, calls, state, outbox } = at({
      execute: unanswered,
      resolve: (subject) =>
        Promise.resolve(
          answers
            ? { kind: 'happened', data: subject }
            : { kind: 'askLater', error: { kind: 'temporary', reason: 'temporary', detail: '' } },
        ),
    })
    const early = request('a')
    await clock.advance(3_600_000)
    const late = request('b')
    await clock.advance(1_000)
    answers = true
    const before = calls.length
    outbox.nudge()
    await clock.advance(0)
    expect([calls.slice(before), state(early), state(late)]).toEqual([['? a'], 'done', 'unknown'])
    await clock.advance(9_500)
    expect([calls.at(-1), state(late)]).toEqual(['? b', 'done'])
  })

  it('asks every few seconds while there is no line: the first answer is the news that it is back', async () => {
    const { request, clock, calls } = at({
      execute: unanswered,
      resolve: () =>
        Promise.resolve({ kind: 'askLater', error: { kind: 'offline', reason: 'offline', detail: '' } }),
    })
    request('a')
    await clock.advance(3_600_000)
    const asked = calls.length
    await clock.advance(16_000)
    expect(calls.length).toBeGreaterThan(asked)
  })

  it('goes on asking while nobody answers, and never sends meanwhile', async () => {
    const { request, clock, calls, state } = at({
      execute: unanswered,
      resolve: () =>
        Promise.resolve({ kind: 'askLater', error: { kind: 'offline', reason: 'offline', detail: '' } }),
    })
    const id = request('a')
    await clock.advance(3_600_000)
    expect(state(id)).toBe('unknown')
    expect(calls.filter((call) => call === 'a')).toHaveLength(1)
    expect(calls.filter((call) => call === '? a').length).toBeGreaterThan(2)
  })

  it('waits for a person where the provider cannot be asked', async () => {
    const { request, clock, calls, outbox, state } = at({ execute: unanswered, settleMs: null })
    const [yes, no] = [request('yes'), request('no')]
    await clock.advance(3_600_000)
    expect(calls).toEqual(['yes', 'no'])
    expect(outbox.get(yes)).toMatchObject({
      state: 'unknown',
      needsDecision: true,
      reason: 'needsDecision',
      dueAt: null,
    })
    outbox.decide(yes, true)
    outbox.decide(no, false)
    await clock.advance(0)
    expect(state(yes)).toBe('done')
    expect(calls).toEqual(['yes', 'no', 'no'])
  })

  it('calls a lease that ended without an outcome unknown, and keeps late news as evidence only', async () => {
    let answer: (outcome: Outcome<string>) => void = () => {}
    const { request, clock, outbox, state } = at({
      execute: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
      resolve: () =>
        Promise.resolve({ kind: 'askLater', error: { kind: 'offline', reason: 'offline', detail: '' } }),
    })
    const id = request('a')
    await clock.advance(61_000)
    expect(state(id)).toBe('unknown')
    answer(accepted('a'))
    await clock.advance(0)
    expect(state(id)).toBe('unknown')
    expect(outbox.get(id).history).toMatchObject([
      { outcome: 'accepted', detail: expect.stringContaining('after the lease') },
    ])
  })
})

describe('starting again', () => {
  it('makes unknown, never queued, whatever was leased when the program ended', async () => {
    const clock = manualClock()
    const database = freshDatabase(() => clock.now())
    const before = stage(database, { execute: () => new Promise(() => {}) }, clock)
    before.outbox.start()
    const id = before.request('a')
    before.request('b')
    await clock.advance(0)
    expect(before.state(id)).toBe('leased')
    // No goodbye: the old dispatcher is simply never heard of again.
    const after = stage(
      database,
      { resolve: (subject) => Promise.resolve({ kind: 'happened', data: subject }) },
      clock,
    )
    expect(after.outbox.start()).toEqual({ waiting: 1, unknown: 1 })
    expect(after.state(id)).toBe('unknown')
    expect(after.outbox.get(id).history).toMatchObject([{ outcome: 'unknown' }])
    await clock.advance(11_000)
    expect(after.calls).toEqual(['b', '? a'])
    expect(after.state(id)).toBe('done')
  })

  it.each([
    [5_000, 400, 'queued'],
    [5_000, 6_000, 'leased'],
    [0, 0, 'leased'],
  ])(
    'waits %i ms at its end for a call that needs %i ms to leave nothing behind: %s',
    async (endMs, needs, end) => {
      const clock = manualClock()
      const { request, outbox, state } = at({
        clock,
        kind: { endMs },
        execute: (_subject, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              clock.after(needs, () => resolve(refused('offline', 'cancelledHere', 'nothing went out')))
            })
          }),
      })
      const id = request('a')
      await clock.advance(0)
      const atTheEnd = outbox.stop(1_000).then(() => state(id))
      await clock.advance(1_000 + needs)
      expect(await atTheEnd).toBe(end)
    },
  )

  it('lets a holder of an old lease change nothing', async () => {
    let answer: (outcome: Outcome<string>) => void = () => {}
    const clock = manualClock()
    const database = freshDatabase(() => clock.now())
    const before = stage(
      database,
      {
        execute: () =>
          new Promise((resolve) => {
            answer = resolve
          }),
      },
      clock,
    )
    before.outbox.start()
    const id = before.request('a')
    await clock.advance(0)
    const after = stage(database, { settleMs: null }, clock)
    after.outbox.start()
    answer(accepted('a'))
    await clock.advance(0)
    expect(after.outbox.get(id)).toMatchObject({ state: 'unknown', needsDecision: true })
  })
})

describe('a person at the outbox', () => {
  it('cancels what waits, and cannot cancel what went', async () => {
    const { request, clock, outbox, calls, state } = at({ execute: failing('credentials') })
    request('first')
    const id = request('a')
    await clock.advance(0)
    outbox.cancel(id)
    expect(state(id)).toBe('cancelled')
    outbox.nudge()
    await clock.advance(0)
    expect(calls).toEqual(['first', 'first'])
    expect(() => outbox.cancel(id)).toThrow(expect.objectContaining({ code: 'EFFECT_NOT_CANCELLABLE' }))
    outbox.retry(id)
    await clock.advance(0)
    expect(calls.at(-1)).toBe('a')
  })

  it('cannot retry what may have happened', async () => {
    const { request, clock, outbox } = at({
      settleMs: null,
      execute: () => Promise.resolve(refused('unknownOutcome', 'unknownOutcome', '')),
    })
    const id = request('a')
    await clock.advance(0)
    expect(() => outbox.retry(id)).toThrow(expect.objectContaining({ code: 'EFFECT_NOT_RETRYABLE' }))
  })

  it('finds what is unsent, newest first, a page at a time', async () => {
    const { request, clock, outbox } = at({ execute: failing('rejected', 'credentials') })
    for (const name of ['0712 345 678', '0713 000 000', '0714 000 000']) request(name)
    await clock.advance(0)
    const page = outbox.list({ filter: 'unsent', text: '', limit: 2 })
    expect(page.rows.map((row) => row.title)).toEqual(['0714 000 000', '0713 000 000'])
    const rest = outbox.list({ filter: 'unsent', text: '', limit: 2, before: page.cursor ?? '' })
    expect(rest.rows.map((row) => [row.title, row.state])).toEqual([['0712 345 678', 'failed']])
    expect(outbox.list({ filter: 'all', text: '0713', limit: 9 }).rows).toHaveLength(1)
    expect(outbox.summary()).toMatchObject({ queued: 2, failed: 1, unknown: 0 })
  })
})

describe('its owners', () => {
  it('have each name once, and tell it before what the last run left is taken up', () => {
    const { outbox, kind } = stage(freshDatabase())
    expect(() => outbox.register(kind)).toThrow('has a kind called message')
    expect(() => outbox.lanes('sms', () => ({ perSecond: 1, burst: 1, concurrency: 1 }))).toThrow(
      'has lanes called sms',
    )
    outbox.start()
    expect(() => outbox.register({ ...kind, name: 'campaign' })).toThrow('comes after')
  })

  it('are asked for: what nobody has is not enqueued', () => {
    const { outbox, request, database } = at()
    expect(() => request('a', { lane: 'fax:a' })).toThrow('nobody has lanes called fax')
    const stranger = { lane: 'sms:a', kind: 'fax', subjectId: 'a', title: 'a', payload: {}, priority: 5 }
    expect(() => database.transact((tx) => outbox.enqueue(tx, stranger))).toThrow('no executor for fax')
    expect(outbox.list({ filter: 'all', text: '', limit: 9 }).rows).toEqual([])
  })
})

describe('the table', () => {
  const states = ['queued', 'leased', 'unknown', 'done', 'failed', 'cancelled'] as const
  const allowed = new Set([
    'queued>leased',
    'queued>failed',
    'queued>cancelled',
    'leased>done',
    'leased>failed',
    'leased>queued',
    'leased>unknown',
    'unknown>done',
    'unknown>queued',
    'unknown>failed',
    'unknown>cancelled',
    'failed>queued',
    'failed>cancelled',
    'cancelled>queued',
  ])

  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s > %s', (from, to) => {
    const { connection } = freshDatabase()
    const lease = (state: string) => (state === 'leased' ? "'l'" : 'NULL')
    connection.exec(
      `INSERT INTO effect (id, lane, kind, subject_id, title, state, priority, due_at, deadline_at, lease_id, payload, created_at, updated_at)
       VALUES (1, 'a', 'k', 's', 't', '${from}', 5, 0, 0, ${lease(from)}, '{}', 0, 0)`,
    )
    const move = () =>
      connection.exec(`UPDATE effect SET state = '${to}', lease_id = ${lease(to)} WHERE id = 1`)
    if (from === to || allowed.has(`${from}>${to}`)) expect(move).not.toThrow()
    else expect(move).toThrow('not allowed')
  })
})
