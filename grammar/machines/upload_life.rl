// SPDX-License-Identifier: MIT
// The life of a request that brings files (discodeit.md 4.1, 8.5): who asks, the body, the disk, the operation; or the end
// of it, after which nothing of it is left in the spool.
#include "api/upload_life.h"

%%{
    machine upload_life;
    import "api/upload_life.h";
    alphtype int;

    action hold   { deed = UPLOAD_DO_HOLD; }
    action resume { deed = UPLOAD_DO_RESUME; }
    action flush  { deed = UPLOAD_DO_FLUSH; }
    action seal   { deed = UPLOAD_DO_SEAL; }
    action run    { deed = UPLOAD_DO_RUN; }
    action keep   { deed = UPLOAD_DO_KEEP; }
    action answer { deed = UPLOAD_DO_ANSWER; }
    action leave  { deed = UPLOAD_DO_LEAVE; }
    action clear  { deed = UPLOAD_DO_CLEAR; }
    action free   { deed = UPLOAD_DO_FREE; }

    main := (
        # the body is held back until it is known who sends it
        start: (
              UPLOADE_ADMITTED @resume -> Receiving
            | UPLOADE_REFUSED @answer -> Ending
            | UPLOADE_GONE @leave -> Ending
        ) >to{ l->phase = UPLOAD_ASKING; },

        Receiving: (
              UPLOADE_BUSY @hold -> Held
            | UPLOADE_ROOM -> Receiving
            | UPLOADE_WHOLE @flush -> Writing
            | UPLOADE_REFUSED @answer -> Ending
            | UPLOADE_GONE @leave -> Ending
        ) >to{ l->phase = UPLOAD_RECEIVING; },

        Held: (
              UPLOADE_BUSY -> Held
            | UPLOADE_ROOM @resume -> Receiving
            | UPLOADE_REFUSED @answer -> Ending
            | UPLOADE_GONE @leave -> Ending
        ) >to{ l->phase = UPLOAD_HELD; },

        Writing: (
              UPLOADE_WRITTEN @seal -> Sealing
            | UPLOADE_REFUSED @answer -> Ending
            | UPLOADE_GONE @leave -> Ending
        ) >to{ l->phase = UPLOAD_WRITING; },

        Sealing: (
              UPLOADE_SEALED @run -> Running
            | UPLOADE_REFUSED @answer -> Ending
            | UPLOADE_GONE @leave -> Ending
        ) >to{ l->phase = UPLOAD_SEALING; },

        # what is being committed is not taken back, whoever goes away
        Running: (
              UPLOADE_DONE @keep -> Over
            | UPLOADE_REFUSED @answer -> Ending
            | UPLOADE_GONE -> Running
        ) >to{ l->phase = UPLOAD_RUNNING; },

        Ending: (
              UPLOADE_GONE -> Ending
            | UPLOADE_QUIET @clear -> Clearing
        ) >to{ l->phase = UPLOAD_ENDING; },

        Clearing: (
            UPLOADE_CLEARED @free -> Over
        ) >to{ l->phase = UPLOAD_CLEARING; },

        Over: ( UPLOADE_GONE -> Over ) >to{ l->phase = UPLOAD_OVER; }
    );
}%%

%% write data noerror nofinal noentry;

void upload_life_init(struct upload_life *l)
{
    int cs;
    %% write init;
    l->cs = cs;
    l->phase = UPLOAD_ASKING;
}

enum upload_deed upload_life_step(struct upload_life *l, enum upload_event event)
{
    int cs = l->cs;
    const int letter = (int)event, *p = &letter, *pe = p + 1;
    enum upload_deed deed = UPLOAD_DO_NOTHING;
    %% write exec;
    if (cs == 0)
        return UPLOAD_DO_BUG;
    l->cs = cs;
    return deed;
}
