-- Wrong PINs ever tried here; each person remembers how many there were at the last right one, to be told of the rest.
ALTER TABLE pin_guard ADD COLUMN tried INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN tried_seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN pin_digits INTEGER NOT NULL DEFAULT 4;

-- Who changed people, keys, accounts and the settings of money.
CREATE TABLE power_change (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  what TEXT NOT NULL,
  subject TEXT NOT NULL
) STRICT;
CREATE TRIGGER power_change_kept BEFORE UPDATE ON power_change
BEGIN SELECT RAISE (ABORT, 'a written change of power does not change'); END;
