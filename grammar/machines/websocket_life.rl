// SPDX-License-Identifier: MIT
// The life of a WebSocket after its handshake (RFC 6455 section 7). Which frame may follow which is ws_message.rl.
#include "engine/websocket_life.h"

%%{
    machine websocket_life;
    import "engine/websocket_life.h";
    alphtype int;

    action deliver { deed = WS_DO_DELIVER; }
    action pong    { deed = WS_DO_PONG; }
    action echo    { deed = WS_DO_ECHO; }
    action close   { deed = WS_DO_CLOSE; }
    action fail    { deed = WS_DO_FAIL; }
    action finish  { deed = WS_DO_FINISH; }

    main := (
        start: (
              WSL_DATA @deliver -> start
            | WSL_PING @pong -> start
            | WSL_PONG -> start
            | WSL_CLOSE @echo -> Closed
            | ( WSL_BROKEN | WSL_TIMEOUT ) @fail -> Closed
            | WSL_FINISH @close -> Closing
            | WSL_ENDED @finish -> Closed
        ) >to{ m->phase = WS_OPEN; },

        # 1.4: after its close frame a peer sends nothing; what the other one had under way is thrown away
        Closing: (
              ( WSL_DATA | WSL_PING | WSL_PONG | WSL_FINISH ) -> Closing
            | ( WSL_CLOSE | WSL_BROKEN | WSL_TIMEOUT | WSL_ENDED ) @finish -> Closed
        ) >to{ m->phase = WS_CLOSING; },

        Closed: (
            ( WSL_DATA | WSL_PING | WSL_PONG | WSL_CLOSE | WSL_BROKEN | WSL_FINISH | WSL_TIMEOUT | WSL_ENDED ) -> Closed
        ) >to{ m->phase = WS_CLOSED; }
    );
}%%

%% write data noerror nofinal noentry;

void ws_life_init(struct ws_life *m)
{
    int cs;
    %% write init;
    m->cs = cs;
    m->phase = WS_OPEN;
}

enum ws_life_deed ws_life_step(struct ws_life *m, enum ws_life_event event)
{
    int cs = m->cs;
    const int letter = (int)event, *p = &letter, *pe = p + 1;
    enum ws_life_deed deed = WS_DO_NOTHING;
    %% write exec;
    if (cs == 0)
        return WS_DO_BUG;
    m->cs = cs;
    return deed;
}
