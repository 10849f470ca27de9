// SPDX-License-Identifier: MIT
// The keeper over both stores: files to their place, tries, failures, what a process before left, what is discarded.
#include <stdatomic.h>
#include <stdio.h>

#include "chat/keeper.h"
#include "support/domain.h"
#include "support/memory_blobs.h"

struct house {
    struct domain d;
    struct memory_blobs blobs;
    struct keeper keeper;
    _Atomic uint32_t tasks;
    _Atomic uint64_t spooled;
    _Atomic bool leaving;
    struct person haneul;
    char general[UUID_TEXT + 1];
    struct task_file files[4];
    struct answer a;
};

static unsigned lines;

static void log_line(enum log_level level, const char *event, const struct log_field *fields, size_t count)
{
    (void)level, (void)event, (void)fields, (void)count;
    lines++;
}

static void hire(struct house *h)
{
    keeper_init(&h->keeper, &h->d.chat, &h->d.loop,
                &(struct keeper_process){
                    .tasks = &h->tasks, .spooled = &h->spooled, .leaving = &h->leaving, .log = log_line});
}

static void house_open(struct house *h)
{
    memset(h, 0, sizeof *h);
    domain_open(&h->d);
    memory_blobs_init(&h->blobs);
    h->d.chat.blobs = &h->blobs.port;
    domain_join(&h->d, "haneul", "ADMIN", &h->haneul);
    domain_public_channel(&h->d, &h->haneul, "general", h->general);
    hire(h);
    domain_forget_events(&h->d);
    lines = 0;
}

static void house_close(struct house *h)
{
    CHECK_INT(atomic_load(&h->tasks), 0);
    keeper_release(&h->keeper);
    answer_release(&h->a);
    memory_blobs_release(&h->blobs);
    domain_close(&h->d);
}

/* Everybody's turn, for so long. */
static void pass(struct house *h, int64_t time)
{
    int64_t end = h->d.now + time;
    do {
        h->d.now += time < 100000 ? time : 100000;
        for (int turns = 0; turns < 16; turns++) {
            domain_store_step(&h->d);
            (void)loop_turn(&h->d.loop);
        }
    } while (h->d.now < end);
}

/* A message with a file of three octets in the spool. */
static void send(struct house *h, size_t i)
{
    char body[256];
    struct task *t = domain_task(&h->d, &OPERATION_MESSAGE_CREATE);
    h->files[i] = (struct task_file){.part = SLICE("attachments"),
                                     .file_name = SLICE("a.txt"),
                                     .content_type = SLICE("text/plain"),
                                     .size = 3};
    uuid_draw(&h->files[i].id, &h->d.random);
    h->d.now += 1000;
    t->bearer = slice_from_string(h->haneul.access);
    t->files = &h->files[i];
    t->file_count = 1;
    snprintf(body, sizeof body, "{\"channelId\":\"%s\"}", h->general);
    task_read(t, slice_from_string(body));
    domain_run(&h->d, t, &h->a);
    CHECK_INT(h->a.error, ERR_NONE);
    CHECK(h->blobs.count < MEMORY_BLOBS);
    struct memory_blob *b = &h->blobs.blobs[h->blobs.count++];
    *b = (struct memory_blob){.id = h->files[i].id, .spooled = true, .sealed = true};
}

static const char *status_of(struct house *h, size_t i)
{
    static char status[16];
    char id[UUID_TEXT + 1] = "";
    struct task *t = domain_task(&h->d, &OPERATION_FILE_READ);
    uuid_format(&h->files[i].id, id);
    t->bearer = slice_from_string(h->haneul.access);
    t->parameters.id = slice_from_string(id);
    domain_run(&h->d, t, &h->a);
    snprintf(status, sizeof status, "%s", h->a.error == ERR_NONE ? text_at(&h->a, "status") : "(none)");
    return status;
}

static void take(struct house *h, size_t i)
{
    keeper_take(&h->keeper, &h->files[i].id, 3, SLICE("0123456789abcdef0123456789abcdef"));
}

TEST(kept,
     "D8.5: a file that is taken gets to its place, SUCCESS is committed and told, and it leaves the spool")
{
    struct house h;
    house_open(&h);
    send(&h, 0);
    CHECK_TEXT(status_of(&h, 0), "PROCESSING");
    take(&h, 0);
    CHECK_INT(atomic_load(&h.spooled), 3);
    pass(&h, MICROSECONDS_PER_SECOND);
    CHECK_TEXT(status_of(&h, 0), "SUCCESS");
    CHECK_INT(memory_blobs_stored(&h.blobs), 1);
    CHECK_INT(memory_blobs_spooled(&h.blobs), 0);
    CHECK_INT(atomic_load(&h.spooled), 0);
    CHECK_INT(h.d.told_count, 1);
    house_close(&h);
}

TEST(tried_again, "D8.5: what cannot be stored is tried three times more, after 2, 4 and 8 seconds")
{
    struct house h;
    house_open(&h);
    send(&h, 0);
    h.blobs.failing = BLOB_STORE;
    h.blobs.fail_count = 3;
    take(&h, 0);
    pass(&h, 1);
    CHECK_INT(h.blobs.calls[BLOB_STORE], 1);
    pass(&h, 2 * MICROSECONDS_PER_SECOND + 100000);
    CHECK_INT(h.blobs.calls[BLOB_STORE], 2);
    pass(&h, 4 * MICROSECONDS_PER_SECOND + 100000);
    CHECK_INT(h.blobs.calls[BLOB_STORE], 3);
    CHECK_TEXT(status_of(&h, 0), "PROCESSING");
    pass(&h, 8 * MICROSECONDS_PER_SECOND + 100000);
    CHECK_INT(h.blobs.calls[BLOB_STORE], 4);
    CHECK_TEXT(status_of(&h, 0), "SUCCESS");
    CHECK_INT(lines, 3);
    house_close(&h);
}

TEST(given_up,
     "D8.4, D8.5: then it fails, the ADMIN is told why and of which request, and the spool is free again")
{
    struct house h;
    house_open(&h);
    send(&h, 0);
    h.blobs.failing = BLOB_STORE;
    h.blobs.fail_count = 4;
    take(&h, 0);
    pass(&h, 20 * MICROSECONDS_PER_SECOND);
    CHECK_TEXT(status_of(&h, 0), "FAIL");
    CHECK_INT(h.blobs.calls[BLOB_STORE], 4);
    CHECK_INT(memory_blobs_spooled(&h.blobs), 0);
    CHECK_INT(domain_ask(&h.d, &OPERATION_NOTIFICATION_LIST, h.haneul.access, NULL, &h.a), ERR_NONE);
    CHECK(strstr(text_at(&h.a, "0.content"), "RequestId: 0123456789abcdef0123456789abcdef\n") != NULL);
    CHECK(strstr(text_at(&h.a, "0.content"), "No space left on device") != NULL);
    house_close(&h);
}

TEST(store_down,
     "D8.5: while the store is away its status waits, however long, and the octets stay in the spool")
{
    struct house h;
    house_open(&h);
    send(&h, 0);
    h.d.store.fail_in = 1;
    h.d.store.error = ERR_SERVICE_UNAVAILABLE;
    take(&h, 0);
    pass(&h, MICROSECONDS_PER_SECOND);
    CHECK_TEXT(status_of(&h, 0), "PROCESSING");
    CHECK_INT(memory_blobs_spooled(&h.blobs), 1);
    pass(&h, 6 * MICROSECONDS_PER_SECOND);
    CHECK_TEXT(status_of(&h, 0), "SUCCESS");
    CHECK_INT(memory_blobs_spooled(&h.blobs), 0);
    house_close(&h);
}

TEST(left_over,
     "D8.5: after a crash the spool is worked off: with a row it is stored, without one it is removed; a row "
     "without octets fails")
{
    struct house h;
    house_open(&h);
    send(&h, 0); /* committed, not stored */
    send(&h, 1);
    h.blobs.blobs[1].stored = true; /* stored, not committed */
    send(&h, 2);
    h.blobs.blobs[2].spooled = false; /* its octets are lost */
    send(&h, 3);
    (void)domain_sql(&h.d,
                     "DELETE FROM messages WHERE id = (SELECT a.message_id FROM message_attachments a JOIN"
                     " binary_contents b ON b.id = a.attachment_id ORDER BY b.created_at DESC LIMIT 1)");
    keeper_begin(&h.keeper, true);
    pass(&h, 3 * MICROSECONDS_PER_SECOND);
    CHECK_TEXT(status_of(&h, 0), "SUCCESS");
    CHECK_TEXT(status_of(&h, 1), "SUCCESS");
    CHECK_TEXT(status_of(&h, 2), "FAIL");
    CHECK_TEXT(status_of(&h, 3), "(none)");
    CHECK_INT(memory_blobs_spooled(&h.blobs), 0);
    CHECK_INT(memory_blobs_stored(&h.blobs), 2);
    house_close(&h);
}

TEST(orphans, "D8.5: with others on the same store, what is PROCESSING is left to them for an hour")
{
    struct house h;
    house_open(&h);
    send(&h, 0);
    h.blobs.blobs[0].spooled = false;
    keeper_begin(&h.keeper, false);
    pass(&h, 3 * MICROSECONDS_PER_SECOND);
    CHECK_TEXT(status_of(&h, 0), "PROCESSING");
    h.d.now += INT64_C(3600) * MICROSECONDS_PER_SECOND;
    CHECK_INT(domain_login(&h.d, "haneul", "pass1234!", &h.a), ERR_NONE);
    memcpy(h.haneul.access, h.a.access, sizeof h.haneul.access);
    pass(&h, 3 * MICROSECONDS_PER_SECOND);
    CHECK_TEXT(status_of(&h, 0), "FAIL");
    house_close(&h);
}

TEST(discarded, "D8.3: octets of what was deleted are removed now and then, and only then forgotten")
{
    struct house h;
    house_open(&h);
    send(&h, 0);
    send(&h, 1);
    take(&h, 0);
    take(&h, 1);
    keeper_begin(&h.keeper, true);
    pass(&h, MICROSECONDS_PER_SECOND);
    CHECK_INT(memory_blobs_stored(&h.blobs), 2);
    (void)domain_sql(&h.d, "DELETE FROM messages");
    h.blobs.failing = BLOB_REMOVE;
    h.blobs.fail_count = 1;
    pass(&h, 61 * MICROSECONDS_PER_SECOND);
    CHECK_INT(domain_sql(&h.d, "SELECT count(*) FROM discarded_contents"), 2);
    pass(&h, 61 * MICROSECONDS_PER_SECOND);
    CHECK_INT(domain_sql(&h.d, "SELECT count(*) FROM discarded_contents"), 0);
    CHECK_INT(memory_blobs_stored(&h.blobs), 0);
    house_close(&h);
}

TEST(leaving, "G8: what waits for another try is left to the next start")
{
    struct house h;
    house_open(&h);
    send(&h, 0);
    h.blobs.failing = BLOB_STORE;
    h.blobs.fail_count = 1;
    take(&h, 0);
    pass(&h, 1);
    atomic_store(&h.leaving, true);
    pass(&h, 10 * MICROSECONDS_PER_SECOND);
    CHECK_INT(h.blobs.calls[BLOB_STORE], 1);
    CHECK_INT(memory_blobs_spooled(&h.blobs), 1);
    keeper_release(&h.keeper);
    atomic_store(&h.leaving, false);
    hire(&h);
    keeper_begin(&h.keeper, true);
    pass(&h, 3 * MICROSECONDS_PER_SECOND);
    CHECK_TEXT(status_of(&h, 0), "SUCCESS");
    house_close(&h);
}

/* In front of the files: what follows from what came back. */
struct watched {
    struct blobs port;
    struct house *house;
    unsigned followed, uncounted;
};

static bool submit_watched(struct blobs *port, struct blob_call *call)
{
    struct watched *w = CONTAINER_OF(port, struct watched, port);
    bool follows = call->operation == BLOB_DROP || call->operation == BLOB_REMOVE;
    w->followed += follows;
    w->uncounted += follows && atomic_load(&w->house->tasks) == 0;
    return w->house->blobs.port.submit(&w->house->blobs.port, call);
}

TEST(counted, "G8: the process sees something under way from the first step to the last, and waits for it")
{
    struct house h;
    struct watched w = {.port.submit = submit_watched, .house = &h};
    house_open(&h);
    h.d.chat.blobs = &w.port;
    send(&h, 0);
    take(&h, 0);
    keeper_begin(&h.keeper, true);
    pass(&h, MICROSECONDS_PER_SECOND);
    (void)domain_sql(&h.d, "DELETE FROM messages");
    pass(&h, 61 * MICROSECONDS_PER_SECOND);
    CHECK(w.followed >= 2); /* out of the spool, then out of its place */
    CHECK_INT(w.uncounted, 0);
    CHECK_INT(memory_blobs_stored(&h.blobs), 0);
    house_close(&h);
}

TEST(leaving_early, "G8: who leaves looks for nothing any more, since nobody waits for that")
{
    struct house h;
    house_open(&h);
    keeper_begin(&h.keeper, true);
    atomic_store(&h.leaving, true);
    pass(&h, 61 * MICROSECONDS_PER_SECOND);
    CHECK_INT(h.blobs.calls[BLOB_LIST], 0);
    house_close(&h);
}

TEST(crowded, "design 6: while the port is full, files wait")
{
    struct house h;
    house_open(&h);
    h.blobs.queue = 1;
    for (size_t i = 0; i < 4; i++)
        send(&h, i);
    for (size_t i = 0; i < 4; i++)
        take(&h, i);
    pass(&h, 30 * MICROSECONDS_PER_SECOND);
    for (size_t i = 0; i < 4; i++)
        CHECK_TEXT(status_of(&h, i), "SUCCESS");
    house_close(&h);
}
