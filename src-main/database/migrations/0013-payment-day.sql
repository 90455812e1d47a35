-- Payments of a day by account, state and currency, so that nobody waits while a month is added up. A day begins at midnight
-- in Dar es Salaam and Nairobi, three hours before UTC's. Whoever rebuilds the table payment makes the triggers again.
CREATE TABLE payment_day (
  day INTEGER NOT NULL,
  account_id TEXT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL,
  currency TEXT NOT NULL,
  count INTEGER NOT NULL,
  sum_minor INTEGER NOT NULL,
  PRIMARY KEY (day, account_id, state, currency)
) STRICT, WITHOUT ROWID;
INSERT INTO payment_day (day, account_id, state, currency, count, sum_minor)
SELECT (created_at + 10800000) / 86400000, account_id, state, currency, count(*), sum(amount_minor)
FROM payment GROUP BY 1, 2, 3, 4;

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
CREATE TRIGGER payment_counted_delete AFTER DELETE ON payment
BEGIN
  UPDATE payment_day SET count = count - 1, sum_minor = sum_minor - OLD.amount_minor
  WHERE day = (OLD.created_at + 10800000) / 86400000 AND account_id = OLD.account_id AND state = OLD.state AND currency = OLD.currency;
END;
