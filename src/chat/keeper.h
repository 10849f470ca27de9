/* SPDX-License-Identifier: MIT
 *
 * chat/keeper.h - brings the octets of files from the spool to their place and has their status written (discodeit.md
 * 8.5), and takes away those whose row is gone (8.1, 8.3).
 *
 * A file that is taken is stored, tried again with growing pauses, and then SUCCESS or FAIL is committed with its event;
 * only after that does it leave the spool. So whatever is killed in the middle is found in the spool at the next start and
 * taken again: each of these steps changes nothing when it was made already. A file without a row is removed.
 *
 * One per worker, on its thread; one of them, which was told to keeper_begin(), walks the spool at the start and looks
 * after what is discarded. Knows no requests and no folders.
 */
#ifndef PARLEY_CHAT_KEEPER_H
#define PARLEY_CHAT_KEEPER_H

#include "base/list.h"
#include "base/logger.h"
#include "chat/files.h"

struct keeper_options {
    unsigned retries;       /* of storing a file */
    int64_t pause;          /* microseconds before the first, doubled for each further one */
    int64_t sweep_interval; /* microseconds between two looks for what is discarded */
    /* A file that has been PROCESSING for so long, in microseconds, is nobody's who still works for it: its octets are
     * looked for, and it fails without them. */
    int64_t orphan_age;
};

/* 3 retries after 2, 4 and 8 seconds; 1 minute; 1 hour. */
extern const struct keeper_options keeper_defaults;

enum { KEEPER_IDS = FILES_LISTED };

struct keeper {
    unsigned magic;
    const struct chat *chat;
    struct loop *loop;
    struct keeper_options options;
    struct list files; /* that are not finished */
    _Atomic uint32_t *tasks;
    _Atomic uint64_t *spooled;
    const _Atomic bool *leaving;
    void (*log)(enum log_level level, const char *event, const struct log_field *fields, size_t count);
    /* What is walked through at the start, then now and then. */
    struct timer sweep;
    struct blob_call call;
    uint64_t listed;   /* octets of the spool's list that were read */
    size_t unfinished; /* files of the walk */
    int64_t orphaned;  /* PROCESSING since before this time: nobody's */
    struct uuid ids[KEEPER_IDS];
    size_t id_count;
    bool walks; /* the spool; then the rows */
};

/* What the process's keepers share. */
struct keeper_process {
    _Atomic uint32_t *tasks;     /* what is under way counts here: the process waits for it before it ends */
    _Atomic uint64_t *spooled;   /* octets of files that were taken and are not finished */
    const _Atomic bool *leaving; /* nothing is begun any more */
    void (*log)(enum log_level level, const char *event, const struct log_field *fields, size_t count);
};

void keeper_init(struct keeper *k, const struct chat *chat, struct loop *loop,
                 const struct keeper_process *process);
/* Before the loop runs: this one walks through what was left over by a process before, and goes on to look after what is
 * discarded. `alone`: nobody else works on this store, so all that is PROCESSING now was left over. */
void keeper_begin(struct keeper *k, bool alone);
/* Nothing happens by itself any more, and files that wait for another try are left to the next start. While the loop is
 * still there, and nothing under way. */
void keeper_stop(struct keeper *k);
/* The same, if it was not done. */
void keeper_release(struct keeper *k);

/* A file whose row is committed and whose octets lie sealed in the spool. `request` is the id of the request that
 * brought it, for whoever is told of a failure; copied, at most KEEPER_REQUEST octets. Without memory it is left to the
 * next start. */
enum { KEEPER_REQUEST = 40 };
void keeper_take(struct keeper *k, const struct uuid *id, uint64_t size, struct slice request);

#endif
