-- A sale whose customer left without paying it all: why, and on whose word. It is never booked as cash.
ALTER TABLE sale ADD COLUMN owed_note TEXT;
ALTER TABLE sale ADD COLUMN owed_staff_id TEXT REFERENCES staff (id);
CREATE INDEX sale_owed ON sale (till_id, recorded_at) WHERE owed_note IS NOT NULL;
