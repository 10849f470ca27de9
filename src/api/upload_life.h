/* SPDX-License-Identifier: MIT
 *
 * api/upload_life.h - the life of a request that brings files, as a machine over events (grammar/machines/upload_life.rl).
 * The chart decides which event may come when, and what it leads to.
 */
#ifndef PARLEY_API_UPLOAD_LIFE_H
#define PARLEY_API_UPLOAD_LIFE_H

/* Ragel imports these lines: NAME = number. */
enum upload_event {
    UPLOADE_ADMITTED = 1, /* whoever asks may */
    UPLOADE_BUSY = 2,     /* more has come than the disk has taken */
    UPLOADE_ROOM = 3,     /* it has caught up */
    UPLOADE_WHOLE = 4,    /* the body is whole */
    UPLOADE_WRITTEN = 5,  /* all of it lies in the spool */
    UPLOADE_SEALED = 6,   /* and survives a loss of power */
    UPLOADE_DONE = 7,     /* the operation is committed */
    UPLOADE_REFUSED = 8,  /* something is wrong with it: who asks, what he sends, the disk, the operation */
    UPLOADE_GONE = 9,     /* the connection is not there any more, or was answered by others */
    UPLOADE_QUIET = 10,   /* nothing is under way any more */
    UPLOADE_CLEARED = 11, /* nothing of it lies in the spool any more */
};

enum upload_phase {
    UPLOAD_ASKING,    /* whether the caller may: the body is held back */
    UPLOAD_RECEIVING, /* the body comes and is written */
    UPLOAD_HELD,      /* the same, and the peer has to wait for the disk */
    UPLOAD_WRITING,   /* it is whole, and the rest of it is written */
    UPLOAD_SEALING,   /* what is written is made to last */
    UPLOAD_RUNNING,   /* the operation runs */
    UPLOAD_ENDING,    /* it came to nothing, and something is still under way */
    UPLOAD_CLEARING,  /* what it left is taken out of the spool */
    UPLOAD_OVER,
};

/* What the chart asks for; the caller does it after the step. */
enum upload_deed {
    UPLOAD_DO_NOTHING,
    UPLOAD_DO_HOLD,   /* hold the peer back */
    UPLOAD_DO_RESUME, /* let him send */
    UPLOAD_DO_FLUSH,  /* write what is left */
    UPLOAD_DO_SEAL,   /* make it last */
    UPLOAD_DO_RUN,    /* run the operation */
    UPLOAD_DO_KEEP,   /* answer, have its files stored, free it */
    UPLOAD_DO_ANSWER, /* say what was wrong */
    UPLOAD_DO_LEAVE,  /* see that nobody comes back to it */
    UPLOAD_DO_CLEAR,  /* take it out of the spool */
    UPLOAD_DO_FREE,
    UPLOAD_DO_BUG, /* the chart does not allow this event now */
};

struct upload_life {
    int cs;
    enum upload_phase phase;
};

void upload_life_init(struct upload_life *l);
enum upload_deed upload_life_step(struct upload_life *l, enum upload_event event);

#endif
