// SPDX-License-Identifier: MIT
//
// chat/keeper_walk.c - what was left over: first the spool of the process before, then rows that have been PROCESSING for
// too long, then, now and then, those again and what is discarded.
#include "base/object.h"
#include "chat/keeper_internal.h"
#include "chat/operation.h"

static void rest(struct keeper *k)
{
    timer_start(&k->loop->timers, &k->sweep, k->loop->now + k->options.sweep_interval);
}

/* Runs one of the program's operations, on the ids that are at hand. */
static void run(struct keeper *k, const struct operation *operation, void (*done)(struct task *))
{
    struct task *t = atomic_load(k->leaving) ? NULL : task_new(k->chat, operation, k->loop, done);
    if (t == NULL) {
        rest(k);
        return;
    }
    t->context[0] = (uint64_t)(uintptr_t)k;
    t->upkeep = (struct task_upkeep){.ids = k->ids, .id_count = k->id_count, .time = k->orphaned};
    atomic_fetch_add(k->tasks, 1);
    task_start(t);
}

static struct keeper *keeper_of(const struct task *t)
{
    struct keeper *k = (struct keeper *)(uintptr_t)t->context[0];
    OBJ_CHECK(k, KEEPER_MAGIC);
    return k;
}

/* Of what has come back, once that counts to which it led (chat/keeper.c). */
static void end_step(struct keeper *k)
{
    atomic_fetch_sub(k->tasks, 1);
}

static void copy_ids(struct keeper *k, const struct task *t)
{
    k->id_count = t->error != ERR_NONE ? 0 : t->upkeep.id_count;
    if (k->id_count > 0)
        memcpy(k->ids, t->upkeep.ids, k->id_count * sizeof k->ids[0]);
}

/* ---- what is discarded ---- */

static void look_for_discarded(struct keeper *k);

static void on_forgotten(struct task *t)
{
    struct keeper *k = keeper_of(t);
    if (t->error == ERR_NONE && k->id_count == FILES_LISTED)
        look_for_discarded(k); /* there may be more */
    else
        rest(k);
    end_step(k);
}

static void on_removed(struct blob_call *call)
{
    struct keeper *k = CONTAINER_OF(call, struct keeper, call);
    OBJ_CHECK(k, KEEPER_MAGIC);
    if (call->error == ERR_NONE) {
        run(k, &OPERATION_FILE_FORGET, on_forgotten);
    } else {
        keeper_note(k, k->ids, "file_not_removed", call->problem);
        rest(k);
    }
    end_step(k);
}

static void on_discarded(struct task *t)
{
    struct keeper *k = keeper_of(t);
    copy_ids(k, t);
    k->call = (struct blob_call){.operation = BLOB_REMOVE, .ids = k->ids, .id_count = k->id_count};
    if (k->id_count == 0 || !keeper_ask(k, &k->call, on_removed))
        rest(k);
    end_step(k);
}

static void look_for_discarded(struct keeper *k)
{
    run(k, &OPERATION_FILE_DISCARDED, on_discarded);
}

/* ---- what is still PROCESSING ---- */

static void on_waiting(struct task *t)
{
    struct keeper *k = keeper_of(t);
    copy_ids(k, t);
    if (k->id_count > 0)
        keeper_take_all(k, k->ids, k->id_count);
    else if (t->error == ERR_NONE)
        look_for_discarded(k);
    else
        rest(k);
    end_step(k);
}

static void on_sweep(struct timer *timer)
{
    struct keeper *k = CONTAINER_OF(timer, struct keeper, sweep);
    OBJ_CHECK(k, KEEPER_MAGIC);
    int64_t aged = k->chat->clock->wall(k->chat->clock) - k->options.orphan_age;
    k->orphaned = aged > k->orphaned ? aged : k->orphaned;
    keeper_walk(k);
}

/* ---- what lies in the spool ---- */

static void on_listed(struct blob_call *call)
{
    struct keeper *k = CONTAINER_OF(call, struct keeper, call);
    OBJ_CHECK(k, KEEPER_MAGIC);
    k->listed += call->length;
    k->walks = call->error == ERR_NONE && call->length > 0;
    keeper_take_all(k, k->ids, call->length / sizeof k->ids[0]);
    end_step(k);
}

void keeper_walk(struct keeper *k)
{
    if (atomic_load(k->leaving))
        return; /* nobody waits for what would begin now */
    k->call = (struct blob_call){
        .operation = BLOB_LIST, .offset = k->listed, .into = (unsigned char *)k->ids, .room = sizeof k->ids};
    if (!k->walks)
        run(k, &OPERATION_FILE_WAITING, on_waiting);
    else if (!keeper_ask(k, &k->call, on_listed))
        rest(k);
}

void keeper_begin(struct keeper *k, bool alone)
{
    OBJ_CHECK(k, KEEPER_MAGIC);
    k->walks = true;
    k->orphaned = k->chat->clock->wall(k->chat->clock) - (alone ? 0 : k->options.orphan_age);
    timer_start(&k->loop->timers, &k->sweep, k->loop->now);
}

void keeper_walk_init(struct keeper *k)
{
    timer_init(&k->sweep, on_sweep);
}
