-- SPDX-License-Identifier: MIT
-- Parley's tables (discodeit.md section 11, design.md section 4).
--
-- Ids are 16 octets, instants are microseconds since 1970. Text compares as octets. An index stands on each column that
-- a foreign key's ON DELETE searches by, since without it one deletion would keep the writer busy with a whole table.

-- What is known of an uploaded file; its octets lie outside.
CREATE TABLE binary_contents (
    id           BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER,
    file_name    TEXT    NOT NULL CHECK (length(file_name) <= 255),
    size         INTEGER NOT NULL CHECK (size >= 0),
    content_type TEXT    NOT NULL CHECK (length(content_type) <= 100),
    status       TEXT    NOT NULL CHECK (status IN ('PROCESSING', 'SUCCESS', 'FAIL'))
) STRICT;

CREATE TABLE users (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    username   TEXT    NOT NULL UNIQUE CHECK (length(username) <= 50),
    email      TEXT    NOT NULL UNIQUE CHECK (length(email) <= 100),
    password   TEXT    NOT NULL CHECK (length(password) <= 60),
    profile_id BLOB    REFERENCES binary_contents (id) ON DELETE SET NULL,
    role       TEXT    NOT NULL CHECK (role IN ('USER', 'CHANNEL_MANAGER', 'ADMIN'))
) STRICT;
CREATE INDEX users_profile ON users (profile_id);

CREATE TABLE channels (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER,
    name        TEXT    CHECK (length(name) <= 100),
    description TEXT    CHECK (length(description) <= 500),
    type        TEXT    NOT NULL CHECK (type IN ('PUBLIC', 'PRIVATE'))
) STRICT;

-- Where each user has read up to; in a PRIVATE channel these rows are its members.
CREATE TABLE read_statuses (
    id                   BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER,
    user_id              BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel_id           BLOB    NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    last_read_at         INTEGER NOT NULL,
    notification_enabled INTEGER NOT NULL CHECK (notification_enabled IN (0, 1)),
    UNIQUE (user_id, channel_id)
) STRICT;
CREATE INDEX read_statuses_channel ON read_statuses (channel_id);

-- created_at is the time of the event in the channel's stream, so it orders a channel's messages strictly.
CREATE TABLE messages (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    created_at INTEGER NOT NULL,
    updated_at INTEGER,
    content    TEXT,
    channel_id BLOB    NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    author_id  BLOB    REFERENCES users (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX messages_page ON messages (channel_id, created_at DESC, id DESC);
CREATE INDEX messages_author ON messages (author_id);

-- The live logins (discodeit.md 3.5). Tokens are known by their `jti`.
CREATE TABLE logins (
    id                  BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    user_id             BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    access_id           BLOB    NOT NULL CHECK (length(access_id) = 16),
    refresh_id          BLOB    NOT NULL CHECK (length(refresh_id) = 16),
    previous_refresh_id BLOB    CHECK (length(previous_refresh_id) = 16),
    issued              INTEGER NOT NULL, -- when the user logged in: who is oldest goes by this
    rotated             INTEGER NOT NULL, -- when its current tokens were made
    expires             INTEGER NOT NULL
) STRICT;
CREATE INDEX logins_user ON logins (user_id, issued);
CREATE INDEX logins_expiry ON logins (expires);

-- The head of each stream: how many events it has had, and the time of the last.
CREATE TABLE streams (
    name TEXT    NOT NULL PRIMARY KEY,
    seq  INTEGER NOT NULL CHECK (seq >= 0),
    time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The events, for the retention. With a rowid, as events come in the order of time: WITHOUT ROWID an insert cost a quarter
-- more.
CREATE TABLE log (
    stream   TEXT    NOT NULL,
    seq      INTEGER NOT NULL CHECK (seq > 0),
    time     INTEGER NOT NULL,
    audience TEXT    NOT NULL, -- '*', or the users it is for, with commas between them
    id       BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    envelope BLOB    NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT;
CREATE INDEX log_expiry ON log (time);

-- What is known of the database itself: `epoch`, 16 octets, is part of every position.
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
