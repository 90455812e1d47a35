-- How a network's list was read, and which of its lines could not be: JSON by the contract's schema. Null for what was asked.
ALTER TABLE reconciliation ADD COLUMN reading TEXT;
