/* SPDX-License-Identifier: MIT
 *
 * engine/websocket_life.h - the life of a WebSocket after its handshake (RFC 6455 section 7), as a machine
 * over events (grammar/machines/websocket_life.rl).
 */
#ifndef PARLEY_ENGINE_WEBSOCKET_LIFE_H
#define PARLEY_ENGINE_WEBSOCKET_LIFE_H

/* Ragel imports these lines: NAME = number. */
enum ws_life_event {
    WSL_DATA = 1, /* a piece of a message came */
    WSL_PING = 2, /* a ping came, whole */
    WSL_PONG = 3,
    WSL_CLOSE = 4,   /* a good close frame came */
    WSL_BROKEN = 5,  /* the peer broke the protocol, or a limit of ours */
    WSL_FINISH = 6,  /* we want to close */
    WSL_TIMEOUT = 7, /* no pong, or no close, in time */
    WSL_ENDED = 8,   /* the peer sends no more */
};

enum ws_life_phase {
    WS_OPEN,
    WS_CLOSING, /* our close frame is out, theirs is awaited; what comes before it is thrown away */
    WS_CLOSED,
};

/* What the chart asks for; done by the caller after the step. */
enum ws_life_deed {
    WS_DO_NOTHING,
    WS_DO_DELIVER,
    WS_DO_PONG,
    WS_DO_ECHO,   /* send a close frame with their code; finish */
    WS_DO_CLOSE,  /* send ours; wait for theirs */
    WS_DO_FAIL,   /* send a close frame that says why; finish without waiting (7.1.7) */
    WS_DO_FINISH, /* nothing more to send; finish */
    WS_DO_BUG,
};

struct ws_life {
    int cs;
    enum ws_life_phase phase;
};

void ws_life_init(struct ws_life *m);
enum ws_life_deed ws_life_step(struct ws_life *m, enum ws_life_event event);

#endif
