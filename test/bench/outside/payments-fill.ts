import Engine from 'better-sqlite3'

const days = 400
const unknown = 60
const waitingNotices = 40

/**
 * A busy shop's years: so many sales, each with its payment, over the last 400 days until now; a few of them not certain,
 * and some money that customers paid by themselves.
 */
export function fillPayments(file: string, count: number): void {
  const connection = new Engine(file)
  try {
    connection.pragma('synchronous = OFF')
    const born = connection
      .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'payment_born'")
      .pluck()
      .get()
    if (born === undefined) throw new Error('the file knows no birth of a payment')
    const now = Date.now()
    const stepMs = (days * 86_400_000) / count
    const accounts = connection
      .prepare<[], string>(
        "SELECT id FROM account WHERE provider IN ('mpesa-kenya', 'mixx-by-yas', 'airtel-money', 'mpesa-tanzania')",
      )
      .pluck()
      .all()
    const many = {
      count,
      start: now - days * 86_400_000,
      stepMs,
      unknown,
      accounts: JSON.stringify(accounts),
    }
    connection.transaction(() => {
      connection.exec("DROP TRIGGER payment_born; INSERT INTO till (id, last_number) VALUES ('bench', 0)")
      connection.prepare(sales).run(many)
      connection.prepare(payments).run(many)
      connection.prepare(notices).run({ ...many, count: waitingNotices, now })
      connection.exec(born)
    })()
    connection.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    connection.close()
  }
}

const counted = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)'

const sales = `INSERT INTO sale (id, till_id, number, state, source, currency, total_minor, recorded_at,
    created_at, updated_at)
  ${counted} SELECT printf('0192f0c1-2d3e-7a4b-8c5d-%012d', i), 'bench', i, 'finished', 'api', 'KES', 150000,
    CAST(@start + i * @stepMs AS INTEGER), CAST(@start + i * @stepMs AS INTEGER), CAST(@start + i * @stepMs AS INTEGER) FROM n`

const payments = `INSERT INTO payment (id, sale_id, account_id, provider, origin, phone, amount_minor, currency, state, reason,
    receipt_code, proof, needs_decision, created_at, prompted_at, updated_at)
  ${counted} SELECT printf('0192f0c2-2d3e-7a4b-8c5d-%012d', i), printf('0192f0c1-2d3e-7a4b-8c5d-%012d', i), account.id,
    account.provider, 'prompt', printf('+25472%07d', i % 50000), 100 * (50 + i % 3000), 'KES',
    CASE WHEN i > @count - @unknown THEN 'unknown' WHEN i % 100 < 92 THEN 'completed' WHEN i % 100 < 96 THEN 'failed' ELSE 'cancelled' END,
    CASE WHEN i > @count - @unknown THEN 'reportOnly' WHEN i % 100 < 92 THEN NULL WHEN i % 100 < 96 THEN 'wrongPin' ELSE 'customerCancelled' END,
    CASE WHEN i % 100 < 92 AND i <= @count - @unknown THEN printf('S%09d', i) END,
    CASE WHEN i % 100 < 92 AND i <= @count - @unknown THEN 'query' END, i > @count - @unknown,
    CAST(@start + i * @stepMs AS INTEGER), CAST(@start + i * @stepMs AS INTEGER), CAST(@start + i * @stepMs AS INTEGER)
  FROM n JOIN account ON account.id = json_extract(@accounts, '$[' || (i % json_array_length(@accounts)) || ']')`

const notices = `INSERT INTO notice (id, account_id, provider, code, amount_minor, currency, phone, phone_shown, payer_name,
    account_text, paid_at, received_at, state)
  ${counted} SELECT printf('0192f0c3-2d3e-7a4b-8c5d-%012d', i), account.id, account.provider, printf('N%09d', i), 150000, 'KES',
    NULL, '25472****149', 'ASHA JUMA', '000123', @now - i * 60000, @now - i * 60000, 'waiting'
  FROM n JOIN account ON account.id = json_extract(@accounts, '$[0]')`
