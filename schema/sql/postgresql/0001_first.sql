-- SPDX-License-Identifier: MIT
-- Parley's tables (discodeit.md section 11, design.md section 4).
--
-- The tables of the domain are those of the reference schema, and a database that was made by it is adopted as it is:
-- what is there is not made again, and nothing in it is changed. What Parley adds are tables and indexes of its own.

-- What is known of an uploaded file; its octets lie outside.
CREATE TABLE IF NOT EXISTS binary_contents (
    id           uuid         PRIMARY KEY,
    created_at   timestamptz  NOT NULL,
    updated_at   timestamptz,
    file_name    varchar(255) NOT NULL,
    size         bigint       NOT NULL CHECK (size >= 0),
    content_type varchar(100) NOT NULL,
    status       varchar(20)  NOT NULL CHECK (status IN ('PROCESSING', 'SUCCESS', 'FAIL'))
);

CREATE TABLE IF NOT EXISTS users (
    id         uuid         PRIMARY KEY,
    created_at timestamptz  NOT NULL,
    updated_at timestamptz,
    username   varchar(50)  NOT NULL UNIQUE,
    email      varchar(100) NOT NULL UNIQUE,
    password   varchar(60)  NOT NULL,
    profile_id uuid         REFERENCES binary_contents (id) ON DELETE SET NULL,
    role       varchar(20)  NOT NULL CHECK (role IN ('USER', 'CHANNEL_MANAGER', 'ADMIN'))
);
CREATE INDEX IF NOT EXISTS users_profile ON users (profile_id);

CREATE TABLE IF NOT EXISTS channels (
    id          uuid         PRIMARY KEY,
    created_at  timestamptz  NOT NULL,
    updated_at  timestamptz,
    name        varchar(100),
    description varchar(500),
    type        varchar(10)  NOT NULL CHECK (type IN ('PUBLIC', 'PRIVATE'))
);

-- Where each user has read up to; in a PRIVATE channel these rows are its members.
CREATE TABLE IF NOT EXISTS read_statuses (
    id                   uuid        PRIMARY KEY,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz,
    user_id              uuid        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel_id           uuid        NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    last_read_at         timestamptz NOT NULL,
    notification_enabled boolean     NOT NULL,
    UNIQUE (user_id, channel_id)
);
CREATE INDEX IF NOT EXISTS read_statuses_channel ON read_statuses (channel_id);

-- created_at is the time of the event in the channel's stream, so it orders a channel's messages strictly.
CREATE TABLE IF NOT EXISTS messages (
    id         uuid        PRIMARY KEY,
    created_at timestamptz NOT NULL,
    updated_at timestamptz,
    content    text,
    channel_id uuid        NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    author_id  uuid        REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX IF NOT EXISTS messages_page ON messages (channel_id, created_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS messages_author ON messages (author_id);

-- The live logins (discodeit.md 3.5). Tokens are known by their `jti`.
CREATE TABLE logins (
    id                  uuid        PRIMARY KEY,
    user_id             uuid        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    access_id           uuid        NOT NULL,
    refresh_id          uuid        NOT NULL,
    previous_refresh_id uuid,
    issued              timestamptz NOT NULL, -- when the user logged in: who is oldest goes by this
    rotated             timestamptz NOT NULL, -- when its current tokens were made
    expires             timestamptz NOT NULL
);
CREATE INDEX logins_user ON logins (user_id, issued);
CREATE INDEX logins_expiry ON logins (expires);

-- The head of each stream: how many events it has had, and the time of the last. Each event rewrites its row, and where
-- the page has room for that no index is touched.
CREATE TABLE streams (
    name text        COLLATE "C" PRIMARY KEY,
    seq  bigint      NOT NULL CHECK (seq >= 0),
    time timestamptz NOT NULL
) WITH (fillfactor = 50);

-- The events, for the retention.
CREATE TABLE log (
    stream   text        COLLATE "C" NOT NULL,
    seq      bigint      NOT NULL CHECK (seq > 0),
    time     timestamptz NOT NULL,
    audience text        COLLATE "C" NOT NULL, -- '*', or the users it is for, with commas between them
    id       uuid        NOT NULL UNIQUE,
    envelope bytea       NOT NULL,
    PRIMARY KEY (stream, seq)
);
CREATE INDEX log_expiry ON log (time);

-- What is known of the database itself: `epoch`, 16 octets, is part of every position.
CREATE TABLE meta (
    name  text  COLLATE "C" PRIMARY KEY,
    value bytea NOT NULL
);
