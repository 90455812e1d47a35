-- What a network told and nothing proves yet stands beside what was asked, until something proves or refutes it.
ALTER TABLE payment ADD COLUMN told_at INTEGER;
ALTER TABLE payment ADD COLUMN told_code TEXT;
ALTER TABLE payment ADD COLUMN told_amount TEXT;
ALTER TABLE transfer ADD COLUMN told_at INTEGER;
ALTER TABLE transfer ADD COLUMN told_amount TEXT;

-- A word that came late opens an ended payment again, also while the next one is alive: what is refused is a second wish.
DROP INDEX payment_one_open;
CREATE INDEX payment_open_sale ON payment (sale_id) WHERE state IN ('pending', 'prompted', 'processing', 'unknown');
CREATE TRIGGER payment_second BEFORE INSERT ON payment
WHEN NEW.state IN ('pending', 'prompted', 'processing', 'unknown')
  AND EXISTS (SELECT 1 FROM payment WHERE sale_id = NEW.sale_id AND state IN ('pending', 'prompted', 'processing', 'unknown'))
BEGIN SELECT RAISE (ABORT, 'this sale has an open payment'); END;
DROP TRIGGER payment_moves;
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

DROP INDEX transfer_one_open;
CREATE INDEX transfer_open_payment ON transfer (payment_id) WHERE payment_id IS NOT NULL AND state IN ('pending', 'processing', 'unknown');
CREATE TRIGGER transfer_second BEFORE INSERT ON transfer
WHEN NEW.payment_id IS NOT NULL AND NEW.state IN ('pending', 'processing', 'unknown')
  AND EXISTS (SELECT 1 FROM transfer WHERE payment_id = NEW.payment_id AND state IN ('pending', 'processing', 'unknown'))
BEGIN SELECT RAISE (ABORT, 'this payment is being given back'); END;
DROP TRIGGER transfer_moves;
CREATE TRIGGER transfer_moves BEFORE UPDATE OF state ON transfer
WHEN OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
  'pending>processing', 'pending>completed', 'pending>failed', 'pending>unknown',
  'processing>completed', 'processing>failed', 'processing>unknown',
  'unknown>processing', 'unknown>completed', 'unknown>failed',
  'failed>completed', 'failed>unknown'
)
BEGIN SELECT RAISE (ABORT, 'this move of a transfer is not allowed'); END;
