CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE till (
  id TEXT PRIMARY KEY,
  last_number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  phone TEXT NOT NULL UNIQUE,
  name TEXT,
  language TEXT CHECK (language IN ('sw', 'en')),
  last_seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX customer_recent ON customer (last_seen_at);

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
  updated_at INTEGER NOT NULL,
  CHECK ((state = 'draft') = (number IS NULL)),
  UNIQUE (till_id, number)
) STRICT;
CREATE INDEX sale_recent ON sale (created_at, id);
CREATE INDEX sale_open ON sale (till_id) WHERE state <> 'finished' AND source = 'counter';
CREATE INDEX sale_customer ON sale (customer_phone);

CREATE TABLE sale_line (
  sale_id TEXT NOT NULL REFERENCES sale (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
  unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0),
  PRIMARY KEY (sale_id, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sale_line_frozen_insert BEFORE INSERT ON sale_line
WHEN (SELECT number FROM sale WHERE id = NEW.sale_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'the lines of a numbered sale are frozen'); END;
CREATE TRIGGER sale_line_frozen_delete BEFORE DELETE ON sale_line
WHEN (SELECT number FROM sale WHERE id = OLD.sale_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'the lines of a numbered sale are frozen'); END;

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
  updated_at INTEGER NOT NULL,
  CHECK ((state = 'leased') = (lease_id IS NOT NULL))
) STRICT;
-- Partial: the cost of a claim must not grow with what is finished.
CREATE INDEX effect_queued ON effect (lane, priority, due_at, id) WHERE state = 'queued';
CREATE INDEX effect_leased ON effect (lease_until) WHERE state = 'leased';
CREATE INDEX effect_unknown ON effect (due_at) WHERE state = 'unknown';
CREATE INDEX effect_failed ON effect (id) WHERE state = 'failed';

CREATE TRIGGER effect_moves BEFORE UPDATE OF state ON effect
WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
  'queued>leased', 'queued>failed', 'queued>cancelled',
  'leased>done', 'leased>failed', 'leased>queued', 'leased>unknown',
  'unknown>done', 'unknown>queued', 'unknown>failed',
  'failed>queued', 'cancelled>queued'
)
BEGIN SELECT RAISE (ABORT, 'this move of an effect is not allowed'); END;

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

CREATE TABLE message (
  id TEXT PRIMARY KEY,
  sale_id TEXT REFERENCES sale (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  effect_id INTEGER NOT NULL UNIQUE REFERENCES effect (id),
  channel TEXT NOT NULL CHECK (channel IN ('sms', 'whatsapp')),
  phone TEXT NOT NULL,
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
CREATE UNIQUE INDEX message_reference ON message (account_id, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE INDEX message_sale ON message (sale_id) WHERE sale_id IS NOT NULL;

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
CREATE INDEX message_event_message ON message_event (message_id);

CREATE TABLE template (
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (kind, channel, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment (
  id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL REFERENCES sale (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  effect_id INTEGER NOT NULL UNIQUE REFERENCES effect (id),
  provider TEXT NOT NULL,
  phone TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'prompted', 'processing', 'unknown', 'completed', 'failed', 'cancelled', 'expired', 'reversed')),
  reason TEXT,
  detail TEXT,
  provider_reference TEXT,
  receipt_code TEXT,
  needs_decision INTEGER NOT NULL DEFAULT 0 CHECK (needs_decision IN (0, 1)),
  created_at INTEGER NOT NULL,
  prompted_at INTEGER,
  updated_at INTEGER NOT NULL
) STRICT;
-- The database itself refuses a second prompt while one is alive or unknown.
CREATE UNIQUE INDEX payment_one_open ON payment (sale_id) WHERE state IN ('pending', 'prompted', 'processing', 'unknown');
CREATE UNIQUE INDEX payment_receipt ON payment (provider, receipt_code) WHERE receipt_code IS NOT NULL;
CREATE UNIQUE INDEX payment_reference ON payment (account_id, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE INDEX payment_sale ON payment (sale_id);

CREATE INDEX payment_open ON payment (created_at) WHERE state IN ('pending', 'prompted', 'processing', 'unknown');
CREATE INDEX payment_phone ON payment (phone);

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
) STRICT;
CREATE INDEX payment_event_payment ON payment_event (payment_id);
CREATE TRIGGER payment_event_kept_update BEFORE UPDATE ON payment_event
BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;
CREATE TRIGGER payment_event_kept_delete BEFORE DELETE ON payment_event
BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;

CREATE TABLE tender (
  id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL REFERENCES sale (id),
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'mobileMoney')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  -- Unique: one payment is money once, however often its proof arrives.
  payment_id TEXT UNIQUE REFERENCES payment (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX tender_sale ON tender (sale_id);

CREATE TABLE printer (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  paper TEXT NOT NULL CHECK (paper IN ('58', '80')),
  drawer INTEGER NOT NULL CHECK (drawer IN (0, 1)),
  drawer_pin INTEGER NOT NULL CHECK (drawer_pin IN (2, 5)),
  cutter INTEGER NOT NULL CHECK (cutter IN (0, 1)),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE print_job (
  id TEXT PRIMARY KEY,
  sale_id TEXT REFERENCES sale (id),
  printer_id TEXT NOT NULL REFERENCES printer (id),
  effect_id INTEGER NOT NULL UNIQUE REFERENCES effect (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('receipt', 'copy', 'drawer', 'test')),
  copy_number INTEGER NOT NULL,
  -- Made once, so that a retry puts the same paper out.
  bytes BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'printed', 'failed', 'unknown', 'cancelled')),
  reason TEXT,
  detail TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX print_job_once ON print_job (sale_id, purpose, copy_number) WHERE sale_id IS NOT NULL;
CREATE INDEX print_job_recent ON print_job (created_at);

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
CREATE INDEX callback_digest ON callback (digest);
CREATE INDEX callback_stored ON callback (id) WHERE state = 'stored';

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

CREATE TABLE idempotency (
  api_key_id TEXT NOT NULL REFERENCES api_key (id),
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (api_key_id, key)
) STRICT, WITHOUT ROWID;
