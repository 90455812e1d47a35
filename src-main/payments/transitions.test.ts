import { describe, expect, it } from 'vitest'
import { evidenceSources, type PaymentState, paymentStates } from '../../src-preload/contract/payments.ts'
import { freshDatabase } from '../../test/fixtures/database.ts'
import { allowedPairs, mayMove } from './transitions.ts'

const states = paymentStates
const sources = evidenceSources

describe('a payment', () => {
  it('is never lost once completed, whatever the evidence', () => {
    for (const to of states.filter((state) => state !== 'reversed'))
      for (const source of sources) expect(mayMove('completed', to, source)).toBe(false)
  })

  it('is never ended by a clock, nor by a lost connection', () => {
    for (const from of states) {
      for (const source of ['clock', 'transport'] as const) {
        expect(states.filter((to) => mayMove(from, to, source))).toEqual(
          states.filter((to) => to === 'unknown' && mayMove(from, to, source)),
        )
      }
    }
  })

  it('comes back from a refusal only on evidence that is more than a bare report', () => {
    for (const from of ['failed', 'cancelled', 'expired'] as const) {
      expect(sources.filter((source) => mayMove(from, 'completed', source))).toEqual([
        'query',
        'signed',
        'notice',
        'statement',
      ])
    }
  })
})

describe('the database', () => {
  /** Sale, account, effect and payment in one state, as small as the constraints allow. */
  function paymentIn(state: PaymentState) {
    const { connection } = freshDatabase()
    connection.exec(`
      -- Any state is put there at once; how a payment begins has a test of its own.
      DROP TRIGGER payment_born;
      INSERT INTO till VALUES ('1', 1);
      INSERT INTO sale (id, till_id, number, state, source, customer_phone, customer_name, currency, total_minor, created_at, updated_at)
        VALUES ('s', '1', 1, 'recorded', 'counter', NULL, NULL, 'KES', 100, 0, 0);
      INSERT INTO account (id, provider, label, environment, settings, callback_secret, enabled, created_at)
        VALUES ('a', 'p', 'l', 'live', '{}', 'x', 1, 0);
      INSERT INTO effect (id, lane, kind, subject_id, title, state, priority, due_at, deadline_at, payload, created_at, updated_at)
        VALUES (1, 'l', 'prompt', 'p', 't', 'done', 0, 0, 0, '{}', 0, 0), (2, 'l', 'prompt', 'q', 't', 'done', 0, 0, 0, '{}', 0, 0);
      INSERT INTO payment (id, sale_id, account_id, effect_id, provider, origin, phone, amount_minor, currency, state, proof, created_at, updated_at)
        VALUES ('p', 's', 'a', 1, 'p', 'prompt', '+254712345678', 100, 'KES', '${state}', 'query', 0, 0);`)
    return connection
  }

  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s > %s', (from, to) => {
    const connection = paymentIn(from)
    const move = () => connection.exec(`UPDATE payment SET state = '${to}' WHERE id = 'p'`)
    if (from === to || allowedPairs().includes(`${from}>${to}`)) expect(move).not.toThrow()
    else expect(move).toThrow('not allowed')
  })

  it.each(['pending', 'prompted', 'processing', 'unknown'] as const)(
    'refuses a second prompt while one is %s',
    (state) => {
      const connection = paymentIn(state)
      const second = () =>
        connection.exec(`INSERT INTO payment (id, sale_id, account_id, effect_id, provider, origin, phone, amount_minor, currency, state, created_at, updated_at)
        VALUES ('q', 's', 'a', 2, 'p', 'prompt', '+254712345678', 100, 'KES', 'pending', 0, 0)`)
      expect(second).toThrow('this sale has an open payment')
      connection.exec(
        `UPDATE payment SET state = '${state === 'pending' || state === 'prompted' ? 'failed' : 'completed'}' WHERE id = 'p'`,
      )
      expect(second).not.toThrow()
    },
  )

  it('knows no payment that is paid without proof, nor one that begins as paid without the network’s word', () => {
    const connection = paymentIn('unknown')
    expect(() => connection.exec("UPDATE payment SET state = 'completed', proof = NULL")).toThrow('CHECK')
    const { connection: fresh } = freshDatabase()
    fresh.pragma('foreign_keys = OFF')
    const begin = (id: string, origin: string, state: string) => () =>
      fresh.exec(`INSERT INTO payment (id, sale_id, account_id, provider, origin, amount_minor, currency, state, proof, created_at, updated_at)
        VALUES ('${id}', '${id}', 'a', 'p', '${origin}', 100, 'KES', '${state}', 'notice', 0, 0)`)
    expect(begin('1', 'prompt', 'completed')).toThrow('does not begin')
    expect(begin('2', 'code', 'completed')).toThrow('does not begin')
    expect(begin('3', 'prompt', 'failed')).toThrow('does not begin')
    expect(begin('4', 'notice', 'completed')).not.toThrow()
    expect(begin('5', 'prompt', 'pending')).not.toThrow()
  })

  it('keeps every piece of evidence as it came', () => {
    const connection = paymentIn('prompted')
    connection.exec(
      "INSERT INTO payment_event (payment_id, at, source, from_state, to_state, applied) VALUES ('p', 0, 'query', 'prompted', 'completed', 1)",
    )
    expect(() => connection.exec("UPDATE payment_event SET to_state = 'failed'")).toThrow('never changed')
    expect(() => connection.exec('DELETE FROM payment_event')).toThrow('never changed')
  })
})
