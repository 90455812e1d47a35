-- What happened, written in the transaction that made it so. Rows are never changed; the oldest go.
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
CREATE TRIGGER journal_kept BEFORE UPDATE ON journal
BEGIN
  SELECT RAISE(ABORT, 'the journal is not changed');
END;
-- Rises when the file was put back from a copy: numbers begin to mean other events then.
CREATE TABLE journal_epoch (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch INTEGER NOT NULL
) STRICT;
INSERT INTO journal_epoch VALUES (1, 1);
-- How far each reader inside the program has come: kept in the transaction of what it did.
CREATE TABLE journal_consumer (
  name TEXT PRIMARY KEY,
  cursor INTEGER NOT NULL
) STRICT;
-- Pruning stops at the slowest reader, and the newest row carries number and hash on.
CREATE TRIGGER journal_pruned BEFORE DELETE ON journal
WHEN OLD.number = (SELECT max(number) FROM journal)
  OR EXISTS (SELECT 1 FROM journal_consumer WHERE cursor < OLD.number)
BEGIN
  SELECT RAISE(ABORT, 'somebody has not read this yet');
END;
-- Events that a reader could not take up: set aside, and told.
CREATE TABLE journal_fault (
  consumer TEXT NOT NULL,
  number INTEGER NOT NULL,
  mark TEXT NOT NULL,
  at INTEGER NOT NULL,
  error TEXT NOT NULL,
  PRIMARY KEY (consumer, number)
) STRICT;
-- What was told outside the window: the same sentence about the same thing only once.
CREATE TABLE notification (
  number INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  sentence TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (subject, sentence)
) STRICT;
-- A sale’s number never changes once its payment is there.
ALTER TABLE payment ADD COLUMN sale_number INTEGER;
UPDATE payment SET sale_number = (SELECT number FROM sale WHERE sale.id = payment.sale_id);
