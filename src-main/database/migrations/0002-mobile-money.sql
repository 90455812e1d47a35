CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('cashier', 'manager')),
  -- argon2id over the peppered PIN; null until one is chosen.
  pin_hash TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

-- One row: wrong PINs since the last right one. The try is counted before the PIN is looked at, so a kill gives none away.
CREATE TABLE pin_guard (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  wrong INTEGER NOT NULL CHECK (wrong >= 0)
) STRICT;

ALTER TABLE effect ADD COLUMN staff_id TEXT REFERENCES staff (id);
ALTER TABLE sale ADD COLUMN staff_id TEXT REFERENCES staff (id);

-- Rebuilt: a payment may now come without a prompt of ours (a code, a notice), so its effect may be absent.
CREATE TABLE payment_next (
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
  updated_at INTEGER NOT NULL,
  -- Money is money only with something that proves it.
  CHECK (state NOT IN ('completed', 'reversed') OR proof IS NOT NULL)
) STRICT;

INSERT INTO payment_next (id, sale_id, account_id, effect_id, provider, origin, phone, amount_minor, currency, state, reason,
  detail, provider_reference, receipt_code, proof, needs_decision, created_at, prompted_at, updated_at)
SELECT id, sale_id, account_id, effect_id, provider, 'prompt', phone, amount_minor, currency, state, reason,
  detail, provider_reference, receipt_code,
  CASE WHEN state IN ('completed', 'reversed') THEN coalesce((
    SELECT CASE WHEN source IN ('query', 'callback', 'person') THEN source END FROM payment_event
    WHERE payment_id = payment.id AND to_state = 'completed' AND applied = 1 ORDER BY id LIMIT 1), 'query') END,
  needs_decision, created_at, prompted_at, updated_at
FROM payment;

DROP TABLE payment;
ALTER TABLE payment_next RENAME TO payment;

-- The database itself refuses a second prompt while one is alive or unknown.
CREATE UNIQUE INDEX payment_one_open ON payment (sale_id) WHERE state IN ('pending', 'prompted', 'processing', 'unknown');
CREATE UNIQUE INDEX payment_receipt ON payment (provider, receipt_code) WHERE receipt_code IS NOT NULL;
CREATE UNIQUE INDEX payment_claim ON payment (provider, claimed_code)
  WHERE claimed_code IS NOT NULL AND state IN ('pending', 'prompted', 'processing', 'unknown', 'completed', 'reversed');
CREATE UNIQUE INDEX payment_reference ON payment (account_id, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE UNIQUE INDEX payment_own_reference ON payment (account_id, own_reference) WHERE own_reference IS NOT NULL;
CREATE INDEX payment_sale ON payment (sale_id);
CREATE INDEX payment_open ON payment (created_at) WHERE state IN ('pending', 'prompted', 'processing', 'unknown');
CREATE INDEX payment_excess ON payment (created_at) WHERE excess_minor > 0;
CREATE INDEX payment_phone ON payment (phone, created_at);
-- The payments screen: newest first, alone or under one filter.
CREATE INDEX payment_recent ON payment (created_at, id);
CREATE INDEX payment_state ON payment (state, created_at);
CREATE INDEX payment_account ON payment (account_id, created_at);
CREATE INDEX payment_amount ON payment (amount_minor, created_at);

CREATE TRIGGER payment_moves BEFORE UPDATE OF state ON payment
WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
  'pending>prompted', 'pending>processing', 'pending>failed', 'pending>cancelled', 'pending>unknown',
  'pending>completed', 'pending>expired',
  'prompted>processing', 'prompted>completed', 'prompted>failed', 'prompted>cancelled', 'prompted>expired', 'prompted>unknown',
  'processing>completed', 'processing>failed', 'processing>cancelled', 'processing>expired', 'processing>unknown',
  'unknown>processing', 'unknown>completed', 'unknown>failed', 'unknown>cancelled', 'unknown>expired',
  'failed>completed', 'cancelled>completed', 'expired>completed',
  'completed>reversed'
)
BEGIN SELECT RAISE (ABORT, 'this move of a payment is not allowed'); END;

CREATE TRIGGER payment_born BEFORE INSERT ON payment
WHEN NEW.state NOT IN ('pending', 'unknown', 'processing') AND NOT (NEW.origin = 'notice' AND NEW.state = 'completed')
BEGIN SELECT RAISE (ABORT, 'a payment does not begin in this state'); END;

ALTER TABLE payment_event ADD COLUMN staff_id TEXT REFERENCES staff (id);

-- Money that customers paid by themselves, as the network told of it.
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
  staff_id TEXT REFERENCES staff (id),
  CHECK ((state = 'matched') = (payment_id IS NOT NULL)),
  UNIQUE (provider, code)
) STRICT;
CREATE INDEX notice_waiting ON notice (received_at) WHERE state = 'waiting';
CREATE INDEX notice_recent ON notice (received_at);

-- Money that leaves: a payment that goes back, or a payout.
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
  updated_at INTEGER NOT NULL,
  CHECK ((kind = 'reversal') = (payment_id IS NOT NULL))
) STRICT;
-- One reversal of a payment at a time: an unknown one may have gone through.
CREATE UNIQUE INDEX transfer_one_open ON transfer (payment_id) WHERE payment_id IS NOT NULL AND state IN ('pending', 'processing', 'unknown');
CREATE UNIQUE INDEX transfer_reference ON transfer (account_id, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE UNIQUE INDEX transfer_own_reference ON transfer (account_id, own_reference) WHERE own_reference IS NOT NULL;
CREATE INDEX transfer_payment ON transfer (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX transfer_open ON transfer (created_at) WHERE state IN ('pending', 'processing', 'unknown');
CREATE INDEX transfer_recent ON transfer (created_at, id);

CREATE TRIGGER transfer_moves BEFORE UPDATE OF state ON transfer
WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
  'pending>processing', 'pending>completed', 'pending>failed', 'pending>unknown',
  'processing>completed', 'processing>failed', 'processing>unknown',
  'unknown>processing', 'unknown>completed', 'unknown>failed',
  'failed>completed'
)
BEGIN SELECT RAISE (ABORT, 'this move of a transfer is not allowed'); END;

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
CREATE INDEX transfer_event_transfer ON transfer_event (transfer_id);
CREATE TRIGGER transfer_event_kept_update BEFORE UPDATE ON transfer_event
BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;
CREATE TRIGGER transfer_event_kept_delete BEFORE DELETE ON transfer_event
BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;

CREATE TABLE balance (
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  available_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;

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
) STRICT;
CREATE INDEX reconciliation_recent ON reconciliation (started_at, id);

-- Only what differs is listed; what matched is counted.
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
CREATE INDEX reconciliation_item_of ON reconciliation_item (reconciliation_id);

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
CREATE INDEX tender_recent ON tender (at);

-- Rebuilt for one more purpose: the cash-up's paper.
CREATE TABLE print_job_next (
  id TEXT PRIMARY KEY,
  sale_id TEXT REFERENCES sale (id),
  printer_id TEXT NOT NULL REFERENCES printer (id),
  effect_id INTEGER NOT NULL UNIQUE REFERENCES effect (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('receipt', 'copy', 'drawer', 'test', 'cashUp')),
  copy_number INTEGER NOT NULL,
  -- Made once, so that a retry puts the same paper out.
  bytes BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'printed', 'failed', 'unknown', 'cancelled')),
  reason TEXT,
  detail TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
INSERT INTO print_job_next SELECT * FROM print_job;
DROP TABLE print_job;
ALTER TABLE print_job_next RENAME TO print_job;
CREATE UNIQUE INDEX print_job_once ON print_job (sale_id, purpose, copy_number) WHERE sale_id IS NOT NULL;
CREATE INDEX print_job_recent ON print_job (created_at);

CREATE INDEX sale_unfinished ON sale (created_at, id) WHERE state <> 'finished';
