-- Where a message goes, by whichever channel: a phone number, an email address.
ALTER TABLE message RENAME COLUMN phone TO address;
