-- A new callback address may be made; the one before it works for a day more. Epoch ms.
ALTER TABLE account ADD COLUMN previous_secret TEXT;
ALTER TABLE account ADD COLUMN previous_until INTEGER;
