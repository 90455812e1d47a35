-- What a network reported with the right secret and nobody could read or match: a person sees it, whole.
CREATE TABLE unread_report (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  provider TEXT NOT NULL,
  -- Of path and body: the same report again is the same row.
  digest TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('unreadable', 'unmatched', 'broken', 'accountRemoved', 'contradicted')),
  body TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'matched', 'setAside')),
  payment_id TEXT REFERENCES payment (id),
  note TEXT,
  staff_id TEXT REFERENCES staff (id),
  UNIQUE (account_id, digest)
) STRICT;
CREATE INDEX unread_report_waiting ON unread_report (received_at) WHERE state = 'waiting';
