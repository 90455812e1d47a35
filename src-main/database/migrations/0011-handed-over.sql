-- What the POS tells of a sale: its own number, once per key, and when it was sold.
ALTER TABLE sale ADD COLUMN pos_number TEXT;
ALTER TABLE sale ADD COLUMN sold_at INTEGER;
ALTER TABLE sale ADD COLUMN api_key_id TEXT REFERENCES api_key (id);
CREATE UNIQUE INDEX sale_pos_number ON sale (pos_number, api_key_id) WHERE pos_number IS NOT NULL;

-- And how it was paid before: by card or in another way, whose money lies elsewhere and is in no count of this till.
CREATE TABLE tender_new (
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
INSERT INTO tender_new (id, sale_id, kind, amount_minor, payment_id, given_minor, at, cash_up_id)
SELECT id, sale_id, kind, amount_minor, payment_id, given_minor, at, cash_up_id FROM tender;
DROP TABLE tender;
ALTER TABLE tender_new RENAME TO tender;
CREATE INDEX tender_sale ON tender (sale_id);
CREATE INDEX tender_uncounted ON tender (sale_id) WHERE cash_up_id IS NULL AND kind IN ('cash', 'mobileMoney');
