import { describe, expect, it } from 'vitest'
import { type TransferState, transferStates } from '../../src-preload/contract/transfers.ts'
import { freshDatabase } from '../../test/fixtures/database.ts'
import { allowedPairs, isOpen, mayMove, type TransferSource } from './transitions.ts'

const sources: readonly TransferSource[] = ['reply', 'query', 'signed', 'callback', 'person', 'transport']

describe('money that leaves', () => {
  it('stays gone once it went, whatever the evidence', () => {
    for (const to of transferStates)
      for (const source of sources) expect(mayMove('completed', to, source)).toBe(false)
  })

  it('is never ended by a lost connection', () => {
    for (const from of transferStates) {
      const moves = transferStates.filter((to) => mayMove(from, to, 'transport'))
      expect(moves.every((to) => to === 'unknown')).toBe(true)
    }
  })

  it('is a person’s matter only while it is unknown', () => {
    const ended = transferStates.filter((from) => transferStates.some((to) => mayMove(from, to, 'person')))
    expect(ended).toEqual(['unknown'])
  })

  it('that failed has gone after all only on the network’s own sure word', () => {
    expect(sources.filter((source) => mayMove('failed', 'completed', source))).toEqual(['query', 'signed'])
    expect(transferStates.filter(isOpen)).toEqual(['pending', 'processing', 'unknown'])
  })
})

describe('the database', () => {
  function transferIn(state: TransferState) {
    const { connection } = freshDatabase()
    connection.exec(`
      INSERT INTO staff (id, name, role, pin_hash, active, created_at) VALUES ('m', 'Asha', 'manager', NULL, 1, 0);
      INSERT INTO till VALUES ('1', 1);
      INSERT INTO sale (id, till_id, number, state, source, currency, total_minor, created_at, updated_at)
        VALUES ('s', '1', 1, 'recorded', 'counter', 'KES', 100, 0, 0);
      INSERT INTO account (id, provider, label, environment, settings, callback_secret, enabled, created_at)
        VALUES ('a', 'p', 'l', 'live', '{}', 'x', 1, 0);
      INSERT INTO effect (id, lane, kind, subject_id, title, state, priority, due_at, deadline_at, payload, created_at, updated_at)
        VALUES (1, 'l', 'transfer', 't', 't', 'done', 0, 0, 0, '{}', 0, 0), (2, 'l', 'transfer', 'u', 't', 'done', 0, 0, 0, '{}', 0, 0);
      INSERT INTO payment (id, sale_id, account_id, provider, origin, amount_minor, currency, state, proof, created_at, updated_at)
        VALUES ('p', 's', 'a', 'p', 'notice', 100, 'KES', 'completed', 'notice', 0, 0);
      INSERT INTO transfer (id, kind, account_id, provider, payment_id, effect_id, phone, name, amount_minor, currency, state, note, approved_by, created_at, updated_at)
        VALUES ('t', 'reversal', 'a', 'p', 'p', 1, '', '', 100, 'KES', '${state}', 'n', 'm', 0, 0);`)
    return connection
  }
  const second = `INSERT INTO transfer (id, kind, account_id, provider, payment_id, effect_id, phone, name, amount_minor, currency, state, note, approved_by, created_at, updated_at)
    VALUES ('u', 'reversal', 'a', 'p', 'p', 2, '', '', 100, 'KES', 'pending', 'n', 'm', 0, 0)`

  it.each(transferStates.flatMap((from) => transferStates.map((to) => [from, to] as const)))(
    '%s > %s',
    (from, to) => {
      const connection = transferIn(from)
      const move = () => connection.exec(`UPDATE transfer SET state = '${to}' WHERE id = 't'`)
      if (from === to || allowedPairs().includes(`${from}>${to}`)) expect(move).not.toThrow()
      else expect(move).toThrow('not allowed')
    },
  )

  it.each(transferStates)('knows one reversal of a payment at a time: %s', (state) => {
    const connection = transferIn(state)
    if (isOpen(state)) expect(() => connection.exec(second)).toThrow('this payment is being given back')
    else expect(() => connection.exec(second)).not.toThrow()
  })

  it('keeps every piece of evidence, and knows no transfer that nobody approved', () => {
    const connection = transferIn('processing')
    connection.exec(
      "INSERT INTO transfer_event (transfer_id, at, source, from_state, to_state, applied) VALUES ('t', 0, 'query', 'processing', 'completed', 1)",
    )
    expect(() => connection.exec("UPDATE transfer_event SET to_state = 'failed'")).toThrow('never changed')
    expect(() => connection.exec('DELETE FROM transfer_event')).toThrow('never changed')
    expect(() => connection.exec("UPDATE transfer SET approved_by = NULL WHERE id = 't'")).toThrow('NOT NULL')
  })
})
