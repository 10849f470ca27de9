// SPDX-License-Identifier: MIT
// /echo as WebSocket: each message back, once, as it came.
#include "engine/http.h"
#include "engine/raw.h"
#include "support/echo_server/echo_server.h"

static void on_message(struct raw_session *s, bool is_text, struct slice message)
{
    struct frame *copy = frame_copy(message);
    if (copy == NULL) {
        connection_abort(s->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    (void)raw_send(s, is_text, copy);
    frame_unref(copy);
}

static const struct raw_service service = {.message_limit = ECHO_MESSAGE, .message = on_message};

static bool open_messages(struct connection *c, struct slice note)
{
    (void)note;
    return raw_open(c, &service, NULL);
}

const struct http_successor echo_messages = {.open = open_messages};
