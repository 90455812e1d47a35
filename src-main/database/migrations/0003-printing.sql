-- What a receipt says beyond names and prices.
ALTER TABLE sale ADD COLUMN fiscal TEXT;
-- A draft is opened when the sale before it ends, which may be the evening before: what a paper tells is when it was numbered.
ALTER TABLE sale ADD COLUMN recorded_at INTEGER;
UPDATE sale SET recorded_at = created_at WHERE number IS NOT NULL;
DROP INDEX sale_recent;
CREATE INDEX sale_recent ON sale (recorded_at, id);
ALTER TABLE sale_line ADD COLUMN discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (discount_minor >= 0);
ALTER TABLE sale_line ADD COLUMN tax_rate_bp INTEGER NOT NULL DEFAULT 0 CHECK (tax_rate_bp BETWEEN 0 AND 10000);
ALTER TABLE tender ADD COLUMN given_minor INTEGER CHECK (given_minor IS NULL OR given_minor >= amount_minor);

CREATE TABLE printer_next (
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
INSERT INTO printer_next
SELECT
  id, name,
  json_object('kind', 'network', 'host', host, 'port', port),
  CASE paper WHEN '58' THEN 'generic-58' ELSE 'generic-80' END,
  json_object(
    'language', 'escpos',
    'paper', paper,
    'columns', CASE paper WHEN '58' THEN 32 ELSE 48 END,
    'dots', CASE paper WHEN '58' THEN 384 ELSE 576 END,
    'codeTable', json_object('name', 'windows1252', 'number', 16),
    'qr', 'native',
    'barcode', json('true'),
    'cutter', CASE cutter WHEN 1 THEN 'partial' ELSE 'none' END,
    'confirms', 'paperQuery'
  ),
  -- The newest was the one in use.
  id = (SELECT id FROM printer ORDER BY updated_at DESC LIMIT 1),
  drawer, drawer_pin, drawer, NULL, NULL, 'none', '[]', 0, updated_at
FROM printer;

CREATE TABLE print_job_next (
  id TEXT PRIMARY KEY,
  sale_id TEXT REFERENCES sale (id),
  printer_id TEXT NOT NULL REFERENCES printer_next (id),
  effect_id INTEGER NOT NULL UNIQUE REFERENCES effect (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('receipt', 'copy', 'drawer', 'test', 'cashUp', 'ticket')),
  copy_number INTEGER NOT NULL,
  -- Of the words on it, which its copies keep; null where they are not a customer's.
  language TEXT CHECK (language IN ('sw', 'en')),
  -- Made anew only while nothing went out, so that a retry puts the same paper out.
  bytes BLOB NOT NULL,
  -- The same paper for the printer that stands in.
  fallback_id TEXT REFERENCES printer_next (id),
  fallback_bytes BLOB,
  -- Written before the first byte goes to the fallback, so that a person is sent to the right printer.
  went_to TEXT REFERENCES printer_next (id),
  state TEXT NOT NULL CHECK (state IN ('queued', 'printed', 'failed', 'unknown', 'cancelled')),
  reason TEXT,
  detail TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((fallback_id IS NULL) = (fallback_bytes IS NULL))
) STRICT;
INSERT INTO print_job_next
SELECT id, sale_id, printer_id, effect_id, purpose, copy_number, NULL, bytes, NULL, NULL, NULL, state, reason, detail, created_at, updated_at
FROM print_job;
DROP TABLE print_job;
DROP TABLE printer;
ALTER TABLE printer_next RENAME TO printer;
ALTER TABLE print_job_next RENAME TO print_job;
CREATE UNIQUE INDEX printer_receipts ON printer (receipts) WHERE receipts = 1 AND removed = 0;
-- A paper that ended before anything came of it leaves its name to the next.
CREATE UNIQUE INDEX print_job_once ON print_job (sale_id, purpose, copy_number) WHERE purpose IN ('receipt', 'copy') AND reason IS NOT 'replaced';
CREATE UNIQUE INDEX print_job_ticket ON print_job (sale_id, printer_id, copy_number) WHERE purpose = 'ticket' AND reason IS NOT 'replaced';
CREATE INDEX print_job_sale ON print_job (sale_id, created_at) WHERE sale_id IS NOT NULL;
CREATE INDEX print_job_recent ON print_job (created_at);
CREATE INDEX print_job_waiting ON print_job (printer_id) WHERE state = 'queued';

-- The shop's logo, dithered once for each width of paper.
CREATE TABLE receipt_logo (
  paper TEXT PRIMARY KEY CHECK (paper IN ('58', '80')),
  width_dots INTEGER NOT NULL CHECK (width_dots % 8 = 0),
  height_dots INTEGER NOT NULL,
  bits BLOB NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (length(bits) = width_dots / 8 * height_dots)
) STRICT;

-- A file that goes with a message. Made once, before the first call, so that a retry sends the same bytes.
CREATE TABLE message_attachment (
  message_id TEXT PRIMARY KEY REFERENCES message (id),
  -- Different for every message: by it a message whose reply was lost is found again.
  file_name TEXT NOT NULL UNIQUE,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL CHECK (length(bytes) > 0)
) STRICT;

-- A person said that it did not happen, or it ended without a call, and something new takes its place: it ends as cancelled.
DROP TRIGGER effect_moves;
CREATE TRIGGER effect_moves BEFORE UPDATE OF state ON effect
WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
  'queued>leased', 'queued>failed', 'queued>cancelled',
  'leased>done', 'leased>failed', 'leased>queued', 'leased>unknown',
  'unknown>done', 'unknown>queued', 'unknown>failed', 'unknown>cancelled',
  'failed>queued', 'failed>cancelled', 'cancelled>queued'
)
BEGIN SELECT RAISE (ABORT, 'this move of an effect is not allowed'); END;
