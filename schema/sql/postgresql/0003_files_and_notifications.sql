-- SPDX-License-Identifier: MIT
-- What a message carries, what somebody is told, and who has read the log how far (discodeit.md 8.3 to 8.5, section 11).
--
-- A database of the reference schema may have the first and the third table, with fewer keys: what is missing is added, and
-- rows that are there are not judged.

-- The files of a message. They stand in the order of their created_at.
CREATE TABLE IF NOT EXISTS message_attachments (
    message_id    uuid NOT NULL,
    attachment_id uuid NOT NULL REFERENCES binary_contents (id) ON DELETE CASCADE,
    PRIMARY KEY (message_id, attachment_id)
);
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND conrelid = 'message_attachments'::regclass
                   AND confrelid = 'messages'::regclass) THEN
        ALTER TABLE message_attachments ADD CONSTRAINT message_attachments_message
            FOREIGN KEY (message_id) REFERENCES messages (id) ON DELETE CASCADE NOT VALID;
    END IF;
END $$;
CREATE INDEX IF NOT EXISTS message_attachments_attachment ON message_attachments (attachment_id);
-- A file goes with its message, also with one that goes with its channel, whoever writes there meanwhile.
CREATE FUNCTION delete_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM binary_contents WHERE id = OLD.attachment_id;
    RETURN NULL;
END $$;
CREATE TRIGGER message_attachments_delete AFTER DELETE ON message_attachments
    FOR EACH ROW EXECUTE FUNCTION delete_attachment();
-- What is still to be stored.
CREATE INDEX IF NOT EXISTS binary_contents_processing ON binary_contents (created_at) WHERE status = 'PROCESSING';

-- Files whose row is gone and whose octets are still to be removed: whatever deletes the row, in the same transaction.
CREATE TABLE discarded_contents (
    id uuid PRIMARY KEY
);
CREATE FUNCTION discard_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO discarded_contents (id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER binary_contents_discard AFTER DELETE ON binary_contents
    FOR EACH ROW EXECUTE FUNCTION discard_content();

CREATE TABLE IF NOT EXISTS notifications (
    id          uuid         PRIMARY KEY,
    created_at  timestamptz  NOT NULL,
    updated_at  timestamptz,
    receiver_id uuid         NOT NULL,
    title       varchar(255) NOT NULL,
    content     text         NOT NULL
);
-- event_id is what the receiver is told of: nobody is told twice.
ALTER TABLE notifications ADD COLUMN IF NOT EXISTS updated_at timestamptz;
ALTER TABLE notifications ADD COLUMN IF NOT EXISTS event_id uuid;
CREATE UNIQUE INDEX IF NOT EXISTS notifications_event ON notifications (event_id, receiver_id);
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND conrelid = 'notifications'::regclass
                   AND confrelid = 'users'::regclass) THEN
        ALTER TABLE notifications ADD CONSTRAINT notifications_receiver
            FOREIGN KEY (receiver_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;
    END IF;
END $$;
CREATE INDEX IF NOT EXISTS notifications_newest ON notifications (receiver_id, created_at DESC, id DESC);

-- How far the work that is done once for each event has come in a stream: up to `seq` it is done, and of the event
-- behind that up to `part`, in the order of whoever does it; zeros stand for nothing.
CREATE TABLE cursors (
    consumer text   COLLATE "C" NOT NULL,
    stream   text   COLLATE "C" NOT NULL REFERENCES streams (name) ON DELETE CASCADE,
    seq      bigint NOT NULL CHECK (seq >= 0),
    part     uuid   NOT NULL,
    PRIMARY KEY (consumer, stream)
);
CREATE INDEX cursors_stream ON cursors (stream);
-- Nobody is told of what was said before there were notifications.
INSERT INTO cursors (consumer, stream, seq, part)
SELECT 'notifications', name, seq, '00000000-0000-0000-0000-000000000000'
FROM streams WHERE name >= 'channels.' AND name < 'channels/';
-- Who is to be told of what is said in a channel.
CREATE INDEX IF NOT EXISTS read_statuses_bell ON read_statuses (channel_id, user_id) WHERE notification_enabled;
