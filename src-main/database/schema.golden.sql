CREATE TRIGGER effect_moves BEFORE UPDATE OF state ON effect
WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
  'queued>leased', 'queued>failed', 'queued>cancelled',
  'leased>done', 'leased>failed', 'leased>queued', 'leased>unknown',
  'unknown>done', 'unknown>queued', 'unknown>failed', 'unknown>cancelled',
  'failed>queued', 'failed>cancelled', 'cancelled>queued'
)
BEGIN SELECT RAISE (ABORT, 'this move of an effect is not allowed'); END;

CREATE TRIGGER journal_kept BEFORE UPDATE ON journal
BEGIN
  SELECT RAISE(ABORT, 'the journal is not changed');
END;

CREATE TRIGGER journal_pruned BEFORE DELETE ON journal
WHEN OLD.number = (SELECT max(number) FROM journal)
  OR EXISTS (SELECT 1 FROM journal_consumer WHERE cursor < OLD.number)
BEGIN
  SELECT RAISE(ABORT, 'somebody has not read this yet');
END;

CREATE TRIGGER payment_born BEFORE INSERT ON payment
WHEN NEW.state NOT IN ('pending', 'unknown', 'processing') AND NOT (NEW.origin = 'notice' AND NEW.state = 'completed')
BEGIN SELECT RAISE (ABORT, 'a payment does not begin in this state'); END;

CREATE TRIGGER payment_counted_delete AFTER DELETE ON payment
BEGIN
  UPDATE payment_day SET count = count - 1, sum_minor = sum_minor - OLD.amount_minor
  WHERE day = (OLD.created_at + 10800000) / 86400000 AND account_id = OLD.account_id AND state = OLD.state AND currency = OLD.currency;
END;

CREATE TRIGGER payment_counted_insert AFTER INSERT ON payment
BEGIN
  INSERT INTO payment_day (day, account_id, state, currency, count, sum_minor)
  VALUES ((NEW.created_at + 10800000) / 86400000, NEW.account_id, NEW.state, NEW.currency, 1, NEW.amount_minor)
  ON CONFLICT DO UPDATE SET count = count + 1, sum_minor = sum_minor + excluded.sum_minor;
END;

CREATE TRIGGER payment_counted_update AFTER UPDATE OF created_at, account_id, state, currency, amount_minor ON payment
WHEN OLD.state IS NOT NEW.state OR OLD.created_at IS NOT NEW.created_at OR OLD.amount_minor IS NOT NEW.amount_minor
  OR OLD.account_id IS NOT NEW.account_id OR OLD.currency IS NOT NEW.currency
BEGIN
  UPDATE payment_day SET count = count - 1, sum_minor = sum_minor - OLD.amount_minor
  WHERE day = (OLD.created_at + 10800000) / 86400000 AND account_id = OLD.account_id AND state = OLD.state AND currency = OLD.currency;
  INSERT INTO payment_day (day, account_id, state, currency, count, sum_minor)
  VALUES ((NEW.created_at + 10800000) / 86400000, NEW.account_id, NEW.state, NEW.currency, 1, NEW.amount_minor)
  ON CONFLICT DO UPDATE SET count = count + 1, sum_minor = sum_minor + excluded.sum_minor;
END;

CREATE TRIGGER payment_event_kept_delete BEFORE DELETE ON payment_event
BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;

CREATE TRIGGER payment_event_kept_update BEFORE UPDATE ON payment_event
BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;

CREATE TRIGGER payment_moves BEFORE UPDATE OF state ON payment
WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
  'pending>prompted', 'pending>processing', 'pending>failed', 'pending>cancelled', 'pending>unknown',
  'pending>completed', 'pending>expired',
  'prompted>processing', 'prompted>completed', 'prompted>failed', 'prompted>cancelled', 'prompted>expired', 'prompted>unknown',
  'processing>completed', 'processing>failed', 'processing>cancelled', 'processing>expired', 'processing>unknown',
  'unknown>processing', 'unknown>completed', 'unknown>failed', 'unknown>cancelled', 'unknown>expired',
  'failed>completed', 'cancelled>completed', 'expired>completed',
  'failed>unknown', 'cancelled>unknown', 'expired>unknown',
  'completed>reversed'
)
BEGIN SELECT RAISE (ABORT, 'this move of a payment is not allowed'); END;

CREATE TRIGGER payment_second BEFORE INSERT ON payment
WHEN NEW.state IN ('pending', 'prompted', 'processing', 'unknown')
  AND EXISTS (SELECT 1 FROM payment WHERE sale_id = NEW.sale_id AND state IN ('pending', 'prompted', 'processing', 'unknown'))
BEGIN SELECT RAISE (ABORT, 'this sale has an open payment'); END;

CREATE TRIGGER power_change_kept BEFORE UPDATE ON power_change
BEGIN SELECT RAISE (ABORT, 'a written change of power does not change'); END;

CREATE TRIGGER sale_line_frozen_delete BEFORE DELETE ON sale_line
WHEN (SELECT number FROM sale WHERE id = OLD.sale_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'the lines of a numbered sale are frozen'); END;

CREATE TRIGGER sale_line_frozen_insert BEFORE INSERT ON sale_line
WHEN (SELECT number FROM sale WHERE id = NEW.sale_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'the lines of a numbered sale are frozen'); END;

CREATE TRIGGER transfer_event_kept_delete BEFORE DELETE ON transfer_event
BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;

CREATE TRIGGER transfer_event_kept_update BEFORE UPDATE ON transfer_event
BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;

CREATE TRIGGER transfer_moves BEFORE UPDATE OF state ON transfer
WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
  'pending>processing', 'pending>completed', 'pending>failed', 'pending>unknown',
  'processing>completed', 'processing>failed', 'processing>unknown',
  'unknown>processing', 'unknown>completed', 'unknown>failed',
  'failed>completed', 'failed>unknown'
)
BEGIN SELECT RAISE (ABORT, 'this move of a transfer is not allowed'); END;

CREATE TRIGGER transfer_second BEFORE INSERT ON transfer
WHEN NEW.payment_id IS NOT NULL AND NEW.state IN ('pending', 'processing', 'unknown')
  AND EXISTS (SELECT 1 FROM transfer WHERE payment_id = NEW.payment_id AND state IN ('pending', 'processing', 'unknown'))
BEGIN SELECT RAISE (ABORT, 'this payment is being given back'); END;

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  label TEXT NOT NULL,
  environment TEXT NOT NULL CHECK (environment IN ('live', 'sandbox', 'practice')),
  base_url TEXT,
  settings TEXT NOT NULL,
  callback_secret TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  created_at INTEGER NOT NULL
, previous_secret TEXT, previous_until INTEGER) STRICT;

CREATE TABLE api_key (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  scopes TEXT NOT NULL,
  hint TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;

CREATE TABLE attempt (
  effect_id INTEGER NOT NULL REFERENCES effect (id),
  number INTEGER NOT NULL,
  lease_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT CHECK (outcome IN ('accepted', 'rejected', 'retryable', 'unknown')),
  reason TEXT,
  detail TEXT,
  PRIMARY KEY (effect_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE balance (
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  available_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE callback (
  id INTEGER PRIMARY KEY,
  account_id TEXT,
  received_at INTEGER NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  digest TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('stored', 'processed', 'duplicate', 'refused')),
  note TEXT
) STRICT;

CREATE TABLE cash_up (
  id TEXT PRIMARY KEY,
  till_id TEXT NOT NULL REFERENCES till (id),
  number INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  currency TEXT NOT NULL,
  -- What was counted and what stood against it, as it was on that day: JSON by the contract's schema.
  figures TEXT NOT NULL,
  note TEXT NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  UNIQUE (till_id, number)
) STRICT;

CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  phone TEXT NOT NULL UNIQUE,
  name TEXT,
  language TEXT CHECK (language IN ('sw', 'en')),
  last_seen_at INTEGER NOT NULL
) STRICT;

CREATE TABLE effect (
  id INTEGER PRIMARY KEY,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'unknown', 'done', 'failed', 'cancelled')),
  priority INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  deadline_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  lease_id TEXT,
  lease_until INTEGER,
  payload TEXT NOT NULL,
  reason TEXT,
  detail TEXT,
  needs_decision INTEGER NOT NULL DEFAULT 0 CHECK (needs_decision IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, staff_id TEXT REFERENCES staff (id),
  CHECK ((state = 'leased') = (lease_id IS NOT NULL))
) STRICT;

CREATE TABLE idempotency (
  api_key_id TEXT NOT NULL REFERENCES api_key (id),
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (api_key_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE journal_consumer (
  name TEXT PRIMARY KEY,
  cursor INTEGER NOT NULL
) STRICT;

CREATE TABLE journal_epoch (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch INTEGER NOT NULL
) STRICT;

CREATE TABLE journal_fault (
  consumer TEXT NOT NULL,
  number INTEGER NOT NULL,
  mark TEXT NOT NULL,
  at INTEGER NOT NULL,
  error TEXT NOT NULL,
  PRIMARY KEY (consumer, number)
) STRICT;

CREATE TABLE message (
  id TEXT PRIMARY KEY,
  sale_id TEXT REFERENCES sale (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  effect_id INTEGER NOT NULL UNIQUE REFERENCES effect (id),
  channel TEXT NOT NULL CHECK (channel IN ('sms', 'whatsapp')),
  address TEXT NOT NULL,
  body TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'unknown', 'sent', 'delivered', 'read', 'failed', 'cancelled')),
  reason TEXT,
  detail TEXT,
  cost TEXT,
  segments INTEGER NOT NULL,
  provider_reference TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE message_attachment (
  message_id TEXT PRIMARY KEY REFERENCES message (id),
  -- Different for every message: by it a message whose reply was lost is found again.
  file_name TEXT NOT NULL UNIQUE,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL CHECK (length(bytes) > 0)
) STRICT;

CREATE TABLE message_event (
  id INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL REFERENCES message (id),
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  source TEXT NOT NULL,
  applied INTEGER NOT NULL CHECK (applied IN (0, 1)),
  reason TEXT,
  detail TEXT
) STRICT;

CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  provider TEXT NOT NULL,
  code TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  phone TEXT,
  phone_shown TEXT NOT NULL,
  payer_name TEXT NOT NULL,
  account_text TEXT NOT NULL,
  paid_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'matched', 'setAside')),
  payment_id TEXT REFERENCES payment (id),
  note TEXT,
  staff_id TEXT REFERENCES staff (id), signed INTEGER NOT NULL DEFAULT 0 CHECK (signed IN (0, 1)),
  CHECK ((state = 'matched') = (payment_id IS NOT NULL)),
  UNIQUE (provider, code)
) STRICT;

CREATE TABLE notification (
  number INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  sentence TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (subject, sentence)
) STRICT;

CREATE TABLE "payment" (
  id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL REFERENCES sale (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  effect_id INTEGER UNIQUE REFERENCES effect (id),
  provider TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('prompt', 'code', 'notice')),
  phone TEXT,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'prompted', 'processing', 'unknown', 'completed', 'failed', 'cancelled', 'expired', 'reversed')),
  reason TEXT,
  detail TEXT,
  own_reference TEXT,
  provider_reference TEXT,
  receipt_code TEXT,
  claimed_code TEXT,
  proof TEXT CHECK (proof IN ('query', 'signed', 'reply', 'callback', 'notice', 'statement', 'person')),
  excess_minor INTEGER NOT NULL DEFAULT 0 CHECK (excess_minor >= 0),
  reversed_minor INTEGER NOT NULL DEFAULT 0 CHECK (reversed_minor >= 0 AND reversed_minor <= amount_minor),
  needs_decision INTEGER NOT NULL DEFAULT 0 CHECK (needs_decision IN (0, 1)),
  staff_id TEXT REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  prompted_at INTEGER,
  updated_at INTEGER NOT NULL, told_at INTEGER, told_code TEXT, told_amount TEXT, sale_number INTEGER,
  -- Money is money only with something that proves it.
  CHECK (state NOT IN ('completed', 'reversed') OR proof IS NOT NULL)
) STRICT;

CREATE TABLE payment_day (
  day INTEGER NOT NULL,
  account_id TEXT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  count INTEGER NOT NULL,
  sum_minor INTEGER NOT NULL,
  PRIMARY KEY (day, account_id, state, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment_event (
  id INTEGER PRIMARY KEY,
  payment_id TEXT NOT NULL REFERENCES payment (id),
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  applied INTEGER NOT NULL CHECK (applied IN (0, 1)),
  reason TEXT,
  detail TEXT,
  receipt_code TEXT
, staff_id TEXT REFERENCES staff (id)) STRICT;

CREATE TABLE pin_guard (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  wrong INTEGER NOT NULL CHECK (wrong >= 0)
, tried INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE power_change (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  what TEXT NOT NULL,
  subject TEXT NOT NULL
) STRICT;

CREATE TABLE "print_job" (
  id TEXT PRIMARY KEY,
  sale_id TEXT REFERENCES sale (id),
  printer_id TEXT NOT NULL REFERENCES "printer" (id),
  effect_id INTEGER NOT NULL UNIQUE REFERENCES effect (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('receipt', 'copy', 'drawer', 'test', 'cashUp', 'ticket')),
  copy_number INTEGER NOT NULL,
  -- Of the words on it, which its copies keep; null where they are not a customer's.
  language TEXT CHECK (language IN ('sw', 'en')),
  -- Made anew only while nothing went out, so that a retry puts the same paper out.
  bytes BLOB NOT NULL,
  -- The same paper for the printer that stands in.
  fallback_id TEXT REFERENCES "printer" (id),
  fallback_bytes BLOB,
  -- Written before the first byte goes to the fallback, so that a person is sent to the right printer.
  went_to TEXT REFERENCES "printer" (id),
  state TEXT NOT NULL CHECK (state IN ('queued', 'printed', 'failed', 'unknown', 'cancelled')),
  reason TEXT,
  detail TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((fallback_id IS NULL) = (fallback_bytes IS NULL))
) STRICT;

CREATE TABLE "printer" (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- JSON: kind and address.
  connection TEXT NOT NULL,
  model TEXT NOT NULL,
  -- JSON: what must be known to drive it, as a person confirmed it.
  profile TEXT NOT NULL,
  receipts INTEGER NOT NULL CHECK (receipts IN (0, 1)),
  drawer INTEGER NOT NULL CHECK (drawer IN (0, 1)),
  drawer_pin INTEGER NOT NULL CHECK (drawer_pin IN (2, 5)),
  drawer_on_cash INTEGER NOT NULL CHECK (drawer_on_cash IN (0, 1)),
  -- Which level of its switch means open depends on the drawer: a person shows it once.
  drawer_open_high INTEGER CHECK (drawer_open_high IN (0, 1)),
  fallback_id TEXT,
  ticket_lines TEXT NOT NULL CHECK (ticket_lines IN ('none', 'all', 'matching')),
  -- JSON array.
  ticket_words TEXT NOT NULL,
  -- Jobs keep naming a printer that is gone.
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE receipt_logo (
  paper TEXT PRIMARY KEY CHECK (paper IN ('58', '80')),
  width_dots INTEGER NOT NULL CHECK (width_dots % 8 = 0),
  height_dots INTEGER NOT NULL,
  bits BLOB NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (length(bits) = width_dots / 8 * height_dots)
) STRICT;

CREATE TABLE reconciliation (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  source TEXT NOT NULL CHECK (source IN ('query', 'statement')),
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  file_name TEXT,
  matched INTEGER NOT NULL,
  matched_minor INTEGER NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  started_at INTEGER NOT NULL,
  ended_at INTEGER
, reading TEXT) STRICT;

CREATE TABLE reconciliation_item (
  id INTEGER PRIMARY KEY,
  reconciliation_id TEXT NOT NULL REFERENCES reconciliation (id),
  kind TEXT NOT NULL CHECK (kind IN ('missingHere', 'missingThere', 'differentAmount', 'differentState', 'unanswered')),
  payment_id TEXT REFERENCES payment (id),
  code TEXT,
  phone TEXT,
  here_minor INTEGER,
  there_minor INTEGER,
  at INTEGER NOT NULL,
  detail TEXT,
  note TEXT,
  settled_by TEXT REFERENCES staff (id),
  settled_at INTEGER,
  CHECK ((settled_at IS NULL) = (note IS NULL))
) STRICT;

CREATE TABLE sale (
  id TEXT PRIMARY KEY,
  till_id TEXT NOT NULL REFERENCES till (id),
  number INTEGER,
  state TEXT NOT NULL CHECK (state IN ('draft', 'recorded', 'finished')),
  source TEXT NOT NULL CHECK (source IN ('counter', 'api')),
  customer_phone TEXT,
  customer_name TEXT,
  currency TEXT NOT NULL,
  total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, staff_id TEXT REFERENCES staff (id), fiscal TEXT, recorded_at INTEGER, owed_note TEXT, owed_staff_id TEXT REFERENCES staff (id), pos_number TEXT, sold_at INTEGER, api_key_id TEXT REFERENCES api_key (id),
  CHECK ((state = 'draft') = (number IS NULL)),
  UNIQUE (till_id, number)
) STRICT;

CREATE TABLE sale_line (
  sale_id TEXT NOT NULL REFERENCES sale (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
  unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0), discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (discount_minor >= 0), tax_rate_bp INTEGER NOT NULL DEFAULT 0 CHECK (tax_rate_bp BETWEEN 0 AND 10000),
  PRIMARY KEY (sale_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('cashier', 'manager')),
  -- argon2id over the peppered PIN; null until one is chosen.
  pin_hash TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  created_at INTEGER NOT NULL
, tried_seen INTEGER NOT NULL DEFAULT 0, pin_digits INTEGER NOT NULL DEFAULT 4) STRICT;

CREATE TABLE template (
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (kind, channel, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE "tender" (
  id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL REFERENCES sale (id),
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'mobileMoney', 'card', 'other')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  -- Unique: one payment is money once, however often its proof arrives.
  payment_id TEXT UNIQUE REFERENCES payment (id),
  given_minor INTEGER CHECK (given_minor IS NULL OR given_minor >= amount_minor),
  -- What the POS calls it, and its own number of it.
  label TEXT,
  reference TEXT,
  at INTEGER NOT NULL,
  cash_up_id TEXT REFERENCES cash_up (id),
  CHECK (kind IN ('card', 'other') OR (label IS NULL AND reference IS NULL))
) STRICT;

CREATE TABLE till (
  id TEXT PRIMARY KEY,
  last_number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE transfer (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('reversal', 'payout')),
  account_id TEXT NOT NULL REFERENCES account (id),
  provider TEXT NOT NULL,
  payment_id TEXT REFERENCES payment (id),
  effect_id INTEGER NOT NULL UNIQUE REFERENCES effect (id),
  phone TEXT NOT NULL,
  name TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'unknown', 'completed', 'failed')),
  reason TEXT,
  detail TEXT,
  own_reference TEXT,
  provider_reference TEXT,
  receipt_code TEXT,
  needs_decision INTEGER NOT NULL DEFAULT 0 CHECK (needs_decision IN (0, 1)),
  note TEXT NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  approved_by TEXT NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  updated_at INTEGER NOT NULL, completed_at INTEGER, cash_up_id TEXT REFERENCES cash_up (id), told_at INTEGER, told_amount TEXT,
  CHECK ((kind = 'reversal') = (payment_id IS NOT NULL))
) STRICT;

CREATE TABLE transfer_event (
  id INTEGER PRIMARY KEY,
  transfer_id TEXT NOT NULL REFERENCES transfer (id),
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  applied INTEGER NOT NULL CHECK (applied IN (0, 1)),
  reason TEXT,
  detail TEXT,
  staff_id TEXT REFERENCES staff (id)
) STRICT;

CREATE TABLE unread_report (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  provider TEXT NOT NULL,
  -- Of path and body: the same report again is the same row.
  digest TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('unreadable', 'unmatched', 'broken', 'accountRemoved', 'contradicted')),
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'matched', 'setAside')),
  payment_id TEXT REFERENCES payment (id),
  note TEXT,
  staff_id TEXT REFERENCES staff (id),
  UNIQUE (account_id, digest)
) STRICT;

CREATE INDEX callback_digest ON callback (digest);

CREATE INDEX callback_stored ON callback (id) WHERE state = 'stored';

CREATE INDEX customer_recent ON customer (last_seen_at);

CREATE INDEX effect_failed ON effect (id) WHERE state = 'failed';

CREATE INDEX effect_leased ON effect (lease_until) WHERE state = 'leased';

CREATE INDEX effect_queued ON effect (lane, priority, due_at, id) WHERE state = 'queued';

CREATE INDEX effect_unknown ON effect (due_at) WHERE state = 'unknown';

CREATE INDEX message_event_message ON message_event (message_id);

CREATE UNIQUE INDEX message_reference ON message (account_id, provider_reference) WHERE provider_reference IS NOT NULL;

CREATE INDEX message_sale ON message (sale_id) WHERE sale_id IS NOT NULL;

CREATE INDEX notice_code ON notice (code);

CREATE INDEX notice_recent ON notice (received_at);

CREATE INDEX notice_waiting ON notice (received_at) WHERE state = 'waiting';

CREATE INDEX payment_account ON payment (account_id, created_at);

CREATE INDEX payment_amount ON payment (amount_minor, created_at);

CREATE UNIQUE INDEX payment_claim ON payment (provider, claimed_code)
  WHERE claimed_code IS NOT NULL AND state IN ('pending', 'prompted', 'processing', 'unknown', 'completed', 'reversed');

CREATE INDEX payment_claimed_code ON payment (claimed_code) WHERE claimed_code IS NOT NULL;

CREATE INDEX payment_event_payment ON payment_event (payment_id);

CREATE INDEX payment_excess ON payment (created_at) WHERE excess_minor > 0;

CREATE INDEX payment_open ON payment (created_at) WHERE state IN ('pending', 'prompted', 'processing', 'unknown');

CREATE INDEX payment_open_sale ON payment (sale_id) WHERE state IN ('pending', 'prompted', 'processing', 'unknown');

CREATE UNIQUE INDEX payment_own_reference ON payment (account_id, own_reference) WHERE own_reference IS NOT NULL;

CREATE INDEX payment_phone ON payment (phone, created_at);

CREATE UNIQUE INDEX payment_receipt ON payment (provider, receipt_code) WHERE receipt_code IS NOT NULL;

CREATE INDEX payment_receipt_code ON payment (receipt_code) WHERE receipt_code IS NOT NULL;

CREATE INDEX payment_recent ON payment (created_at, id);

CREATE UNIQUE INDEX payment_reference ON payment (account_id, provider_reference) WHERE provider_reference IS NOT NULL;

CREATE INDEX payment_sale ON payment (sale_id);

CREATE INDEX payment_state ON payment (state, created_at);

CREATE UNIQUE INDEX print_job_once ON print_job (sale_id, purpose, copy_number) WHERE purpose IN ('receipt', 'copy') AND reason IS NOT 'replaced';

CREATE INDEX print_job_recent ON print_job (created_at);

CREATE INDEX print_job_sale ON print_job (sale_id, created_at) WHERE sale_id IS NOT NULL;

CREATE UNIQUE INDEX print_job_ticket ON print_job (sale_id, printer_id, copy_number) WHERE purpose = 'ticket' AND reason IS NOT 'replaced';

CREATE INDEX print_job_waiting ON print_job (printer_id) WHERE state = 'queued';

CREATE UNIQUE INDEX printer_receipts ON printer (receipts) WHERE receipts = 1 AND removed = 0;

CREATE INDEX reconciliation_item_of ON reconciliation_item (reconciliation_id);

CREATE INDEX reconciliation_recent ON reconciliation (started_at, id);

CREATE INDEX sale_customer ON sale (customer_phone);

CREATE INDEX sale_open ON sale (till_id) WHERE state <> 'finished' AND source = 'counter';

CREATE INDEX sale_owed ON sale (till_id, recorded_at) WHERE owed_note IS NOT NULL;

CREATE UNIQUE INDEX sale_pos_number ON sale (pos_number, api_key_id) WHERE pos_number IS NOT NULL;

CREATE INDEX sale_recent ON sale (recorded_at, id);

CREATE INDEX sale_unfinished ON sale (created_at, id) WHERE state <> 'finished';

CREATE INDEX tender_sale ON tender (sale_id);

CREATE INDEX tender_uncounted ON tender (sale_id) WHERE cash_up_id IS NULL AND kind IN ('cash', 'mobileMoney');

CREATE INDEX transfer_event_transfer ON transfer_event (transfer_id);

CREATE INDEX transfer_open ON transfer (created_at) WHERE state IN ('pending', 'processing', 'unknown');

CREATE INDEX transfer_open_payment ON transfer (payment_id) WHERE payment_id IS NOT NULL AND state IN ('pending', 'processing', 'unknown');

CREATE UNIQUE INDEX transfer_own_reference ON transfer (account_id, own_reference) WHERE own_reference IS NOT NULL;

CREATE INDEX transfer_payment ON transfer (payment_id) WHERE payment_id IS NOT NULL;

CREATE INDEX transfer_recent ON transfer (created_at, id);

CREATE UNIQUE INDEX transfer_reference ON transfer (account_id, provider_reference) WHERE provider_reference IS NOT NULL;

CREATE INDEX transfer_uncounted ON transfer (account_id) WHERE kind = 'reversal' AND state = 'completed' AND cash_up_id IS NULL;

CREATE INDEX unread_report_waiting ON unread_report (received_at) WHERE state = 'waiting';
