-- Who signed what a network tells of customers' own payments; nobody signed what came before.
ALTER TABLE notice ADD COLUMN signed INTEGER NOT NULL DEFAULT 0 CHECK (signed IN (0, 1));
-- One code is money once, whatever network bears it.
CREATE INDEX notice_code ON notice (code);
CREATE INDEX payment_receipt_code ON payment (receipt_code) WHERE receipt_code IS NOT NULL;
CREATE INDEX payment_claimed_code ON payment (claimed_code) WHERE claimed_code IS NOT NULL;
