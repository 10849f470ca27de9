// SPDX-License-Identifier: MIT
// The machine of uploads against an oracle that asks the other way round: not "what may come in this phase", but "when may
// this come". Every sequence of events up to a length, also those that go on after an event that was refused.
#include "api/upload_life.h"

#include "support/test.h"

enum { LONGEST = 6 };

enum { /* sets of phases */
       BIT_BODY = 1 << UPLOAD_RECEIVING | 1 << UPLOAD_HELD,
       BIT_UNDECIDED = BIT_BODY | 1 << UPLOAD_ASKING | 1 << UPLOAD_WRITING | 1 << UPLOAD_SEALING,
};

static enum upload_deed go(enum upload_phase *p, enum upload_phase to, enum upload_deed deed)
{
    *p = to;
    return deed;
}

static enum upload_deed only_in(enum upload_phase *p, int set, enum upload_phase to, enum upload_deed deed)
{
    return (set & 1 << *p) != 0 ? go(p, to, deed) : UPLOAD_DO_BUG;
}

static enum upload_deed room(enum upload_phase *p)
{
    return *p == UPLOAD_HELD ? go(p, UPLOAD_RECEIVING, UPLOAD_DO_RESUME)
                             : only_in(p, 1 << UPLOAD_RECEIVING, UPLOAD_RECEIVING, UPLOAD_DO_NOTHING);
}

/* Until the operation runs it is the end of it; then it is nobody's business; while it is cleared nobody is told. */
static enum upload_deed gone(enum upload_phase *p)
{
    if ((BIT_UNDECIDED & 1 << *p) != 0)
        return go(p, UPLOAD_ENDING, UPLOAD_DO_LEAVE);
    return *p == UPLOAD_CLEARING ? UPLOAD_DO_BUG : UPLOAD_DO_NOTHING;
}

static enum upload_deed oracle(enum upload_phase *p, enum upload_event event)
{
    switch (event) {
    case UPLOADE_ADMITTED: return only_in(p, 1 << UPLOAD_ASKING, UPLOAD_RECEIVING, UPLOAD_DO_RESUME);
    case UPLOADE_BUSY:
        return *p == UPLOAD_HELD ? UPLOAD_DO_NOTHING
                                 : only_in(p, 1 << UPLOAD_RECEIVING, UPLOAD_HELD, UPLOAD_DO_HOLD);
    case UPLOADE_ROOM: return room(p);
    case UPLOADE_WHOLE: return only_in(p, 1 << UPLOAD_RECEIVING, UPLOAD_WRITING, UPLOAD_DO_FLUSH);
    case UPLOADE_WRITTEN: return only_in(p, 1 << UPLOAD_WRITING, UPLOAD_SEALING, UPLOAD_DO_SEAL);
    case UPLOADE_SEALED: return only_in(p, 1 << UPLOAD_SEALING, UPLOAD_RUNNING, UPLOAD_DO_RUN);
    case UPLOADE_DONE: return only_in(p, 1 << UPLOAD_RUNNING, UPLOAD_OVER, UPLOAD_DO_KEEP);
    case UPLOADE_REFUSED:
        return only_in(p, BIT_UNDECIDED | 1 << UPLOAD_RUNNING, UPLOAD_ENDING, UPLOAD_DO_ANSWER);
    case UPLOADE_GONE: return gone(p);
    case UPLOADE_QUIET: return only_in(p, 1 << UPLOAD_ENDING, UPLOAD_CLEARING, UPLOAD_DO_CLEAR);
    case UPLOADE_CLEARED: return only_in(p, 1 << UPLOAD_CLEARING, UPLOAD_OVER, UPLOAD_DO_FREE);
    }
    return UPLOAD_DO_BUG;
}

static unsigned sequences;

static void walk(const struct upload_life *life, enum upload_phase phase, unsigned depth)
{
    for (int event = UPLOADE_ADMITTED; depth < LONGEST && event <= UPLOADE_CLEARED; event++) {
        struct upload_life next = *life;
        enum upload_phase expected = phase;
        enum upload_deed deed = upload_life_step(&next, (enum upload_event)event);
        bool do_agree = deed == oracle(&expected, (enum upload_event)event) && next.phase == expected;
        if (!do_agree)
            printf("# event %d in phase %d\n", event, (int)phase);
        CHECK(do_agree);
        sequences++;
        walk(&next, expected, depth + 1);
    }
}

TEST(every_sequence, "design 7: an upload does what its chart says, whatever comes when")
{
    struct upload_life life;
    upload_life_init(&life);
    walk(&life, UPLOAD_ASKING, 0);
    printf("# %u steps\n", sequences);
    CHECK(sequences > 1000000);
}

/* What leads there, longer than every sequence. */
TEST(ways, "D8.5: the way of an upload that succeeds, and of one whose operation is refused")
{
    static const enum upload_event good[] = {UPLOADE_ADMITTED, UPLOADE_BUSY,   UPLOADE_ROOM, UPLOADE_WHOLE,
                                             UPLOADE_WRITTEN,  UPLOADE_SEALED, UPLOADE_GONE, UPLOADE_DONE};
    static const enum upload_event bad[] = {UPLOADE_ADMITTED, UPLOADE_WHOLE, UPLOADE_WRITTEN, UPLOADE_SEALED,
                                            UPLOADE_REFUSED,  UPLOADE_QUIET, UPLOADE_CLEARED};
    struct upload_life life;
    enum upload_deed last = UPLOAD_DO_NOTHING;
    upload_life_init(&life);
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        last = upload_life_step(&life, good[i]);
    CHECK_INT(last, UPLOAD_DO_KEEP);
    upload_life_init(&life);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        last = upload_life_step(&life, bad[i]);
    CHECK_INT(last, UPLOAD_DO_FREE);
    CHECK_INT(life.phase, UPLOAD_OVER);
}
