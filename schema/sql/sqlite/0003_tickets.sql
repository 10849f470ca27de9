-- SPDX-License-Identifier: MIT
-- Tickets that were used, until they would have expired (chat/tickets.h).
CREATE TABLE tickets (
    id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    used_by BLOB    NOT NULL CHECK (length(used_by) = 16),
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_expiry ON tickets (expires);
