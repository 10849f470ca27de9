-- SPDX-License-Identifier: MIT
-- Tickets that were used, until they would have expired (chat/tickets.h).
CREATE TABLE tickets (
    id      uuid        PRIMARY KEY,
    used_by uuid        NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX tickets_expiry ON tickets (expires);
