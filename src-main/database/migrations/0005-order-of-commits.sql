-- A count takes what no count took before it: the clock, which may be wrong, has no say in it.
ALTER TABLE tender ADD COLUMN cash_up_id TEXT REFERENCES cash_up (id);
UPDATE tender SET cash_up_id = (
  SELECT cash_up.id FROM cash_up JOIN sale ON sale.id = tender.sale_id
  WHERE cash_up.till_id = sale.till_id AND cash_up.until > tender.at
  ORDER BY cash_up.number LIMIT 1);
DROP INDEX tender_recent;
CREATE INDEX tender_uncounted ON tender (sale_id) WHERE cash_up_id IS NULL;

-- When it went through, written once: a late report moves updated_at.
ALTER TABLE transfer ADD COLUMN completed_at INTEGER;
UPDATE transfer SET completed_at = coalesce(
  (SELECT min(at) FROM transfer_event WHERE transfer_id = transfer.id AND to_state = 'completed' AND applied = 1), updated_at)
WHERE state = 'completed';
ALTER TABLE transfer ADD COLUMN cash_up_id TEXT REFERENCES cash_up (id);
UPDATE transfer SET cash_up_id = (
  SELECT id FROM cash_up WHERE until > transfer.completed_at ORDER BY until LIMIT 1)
WHERE kind = 'reversal' AND state = 'completed';
CREATE INDEX transfer_uncounted ON transfer (account_id) WHERE kind = 'reversal' AND state = 'completed' AND cash_up_id IS NULL;
