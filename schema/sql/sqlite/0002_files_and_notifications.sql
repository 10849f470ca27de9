-- SPDX-License-Identifier: MIT
-- What a message carries, what somebody is told, and who has read the log how far (discodeit.md 8.3 to 8.5, section 11).

-- The files of a message. They stand in the order of their created_at.
CREATE TABLE message_attachments (
    message_id    BLOB NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    attachment_id BLOB NOT NULL REFERENCES binary_contents (id) ON DELETE CASCADE,
    PRIMARY KEY (message_id, attachment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_attachments_attachment ON message_attachments (attachment_id);
-- A file goes with its message, also with one that goes with its channel, whoever writes there meanwhile.
CREATE TRIGGER message_attachments_delete AFTER DELETE ON message_attachments
BEGIN
    DELETE FROM binary_contents WHERE id = OLD.attachment_id;
END;
-- What is still to be stored.
CREATE INDEX binary_contents_processing ON binary_contents (created_at) WHERE status = 'PROCESSING';

-- Files whose row is gone and whose octets are still to be removed: whatever deletes the row, in the same transaction.
CREATE TABLE discarded_contents (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER binary_contents_discard AFTER DELETE ON binary_contents
BEGIN
    INSERT INTO discarded_contents (id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
END;

-- event_id is what the receiver is told of: nobody is told twice.
CREATE TABLE notifications (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER,
    receiver_id BLOB    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title       TEXT    NOT NULL CHECK (length(title) <= 255),
    content     TEXT    NOT NULL,
    event_id    BLOB    CHECK (length(event_id) = 16),
    UNIQUE (event_id, receiver_id)
) STRICT;
CREATE INDEX notifications_receiver ON notifications (receiver_id, created_at DESC, id DESC);

-- How far the work that is done once for each event has come in a stream: up to `seq` it is done, and of the event
-- behind that up to `part`, in the order of whoever does it; zeros stand for nothing.
CREATE TABLE cursors (
    consumer TEXT    NOT NULL,
    stream   TEXT    NOT NULL REFERENCES streams (name) ON DELETE CASCADE,
    seq      INTEGER NOT NULL CHECK (seq >= 0),
    part     BLOB    NOT NULL CHECK (length(part) = 16),
    PRIMARY KEY (consumer, stream)
) STRICT, WITHOUT ROWID;
CREATE INDEX cursors_stream ON cursors (stream);
-- Nobody is told of what was said before there were notifications.
INSERT INTO cursors (consumer, stream, seq, part)
SELECT 'notifications', name, seq, zeroblob(16) FROM streams WHERE name >= 'channels.' AND name < 'channels/';
-- Who is to be told of what is said in a channel.
CREATE INDEX read_statuses_bell ON read_statuses (channel_id, user_id) WHERE notification_enabled;
