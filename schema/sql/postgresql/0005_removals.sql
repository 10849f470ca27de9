-- SPDX-License-Identifier: MIT
-- What was taken away lately, and by which call: who asks again because the outcome was lost is told what the first try
-- did. A row is needed as long as somebody may ask again, and goes after an hour.
CREATE TABLE removals (
    id         uuid        PRIMARY KEY,
    owner_id   uuid        NOT NULL, -- whose it was
    cause      uuid        NOT NULL, -- the call, named before its first try
    removed_at timestamptz NOT NULL
);
CREATE INDEX removals_cause ON removals (cause);
CREATE INDEX removals_age ON removals (removed_at);
