-- SPDX-License-Identifier: MIT
-- What was taken away lately, and by which call: who asks again because the outcome was lost is told what the first try
-- did. A row is needed as long as somebody may ask again, and goes after an hour.
CREATE TABLE removals (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    owner_id   BLOB    NOT NULL CHECK (length(owner_id) = 16), -- whose it was
    cause      BLOB    NOT NULL CHECK (length(cause) = 16),    -- the call, named before its first try
    removed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX removals_cause ON removals (cause);
CREATE INDEX removals_age ON removals (removed_at);
