// SPDX-License-Identifier: MIT
// The life of a STOMP session (STOMP 1.2, "Connecting"; protocols.md SL-7 to SL-11, ST-27).
#include "engine/stomp_life.h"

%%{
    machine stomp_life;
    import "engine/stomp_life.h";
    alphtype int;

    action connect       { deed = STOMP_DO_CONNECT; }
    action send          { deed = STOMP_DO_SEND; }
    action subscribe     { deed = STOMP_DO_SUBSCRIBE; }
    action unsubscribe   { deed = STOMP_DO_UNSUBSCRIBE; }
    action ack           { deed = STOMP_DO_ACK; }
    action transaction   { deed = STOMP_DO_TRANSACTION; }
    action disconnect    { deed = STOMP_DO_DISCONNECT; }
    action welcome       { deed = STOMP_DO_WELCOME; }
    action fail          { deed = STOMP_DO_FAIL; }
    action not_connected { deed = STOMP_DO_NOT_CONNECTED; }
    action again         { deed = STOMP_DO_AGAIN; }
    action drop          { deed = STOMP_DO_DROP; }
    action end           { deed = STOMP_DO_END; }

    frame = STOMPE_CONNECT | STOMPE_SEND | STOMPE_SUBSCRIBE | STOMPE_UNSUBSCRIBE | STOMPE_ACK | STOMPE_TRANSACTION
          | STOMPE_DISCONNECT;

    main := (
        start: (
              STOMPE_BEAT -> start
            | STOMPE_CONNECT @connect -> Opening
            | ( frame - STOMPE_CONNECT ) @not_connected -> Over
            | ( STOMPE_REFUSED | STOMPE_MALFORMED | STOMPE_TIMEOUT ) @fail -> Over
            | STOMPE_CLOSED @end -> Over
        ) >to{ m->phase = STOMP_NEW; },

        # frames that were pipelined behind CONNECT wait (ST-27): none is an event here
        Opening: (
              STOMPE_BEAT -> Opening
            | STOMPE_ACCEPTED @welcome -> Open
            | ( STOMPE_REFUSED | STOMPE_MALFORMED | STOMPE_TIMEOUT ) @fail -> Over
            | STOMPE_CLOSED @end -> Over
        ) >to{ m->phase = STOMP_OPENING; },

        Open: (
              STOMPE_BEAT -> Open
            | STOMPE_SEND @send -> Open
            | STOMPE_SUBSCRIBE @subscribe -> Open
            | STOMPE_UNSUBSCRIBE @unsubscribe -> Open
            | STOMPE_ACK @ack -> Open
            | STOMPE_TRANSACTION @transaction -> Open
            | STOMPE_DISCONNECT @disconnect -> Leaving
            | STOMPE_CONNECT @again -> Over
            | ( STOMPE_REFUSED | STOMPE_MALFORMED | STOMPE_TIMEOUT ) @fail -> Over
            | STOMPE_CLOSED @end -> Over
        ) >to{ m->phase = STOMP_OPEN; },

        Leaving: (
              ( STOMPE_BEAT | STOMPE_REFUSED | STOMPE_MALFORMED | STOMPE_TIMEOUT ) -> Leaving
            | frame @drop -> Leaving
            | STOMPE_CLOSED @end -> Over
        ) >to{ m->phase = STOMP_LEAVING; },

        # after ERROR nothing but close (ST-51); answers that come late change nothing
        Over: (
              ( STOMPE_BEAT | STOMPE_ACCEPTED | STOMPE_REFUSED | STOMPE_MALFORMED | STOMPE_TIMEOUT | STOMPE_CLOSED ) -> Over
            | frame @drop -> Over
        ) >to{ m->phase = STOMP_OVER; }
    );
}%%

%% write data noerror nofinal noentry;

void stomp_life_init(struct stomp_life *m)
{
    int cs;
    %% write init;
    m->cs = cs;
    m->phase = STOMP_NEW;
}

enum stomp_deed stomp_life_step(struct stomp_life *m, enum stomp_event event)
{
    int cs = m->cs;
    const int letter = (int)event, *p = &letter, *pe = p + 1;
    enum stomp_deed deed = STOMP_DO_NOTHING;
    %% write exec;
    if (cs == 0)
        return STOMP_DO_BUG;
    m->cs = cs;
    return deed;
}
