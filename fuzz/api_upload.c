// SPDX-License-Identifier: MIT
// A form with files through a whole connection in memory, into a spool in memory: cut or whole, the same files are sealed with the
// same octets and the same answer comes; and in the end nothing lies in the spool, whatever failed or went away.
//
// The input's first octet says how it is cut, the second what goes wrong; the rest is the body, with B as its boundary.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/internal.h"
#include "pieces.h"
#include "support/memory_blobs.h"
#include "support/memory_ports.h"
#include "support/pipe.h"

enum { LOG = 8 << 20, STATUS = 12 };

enum { /* what goes wrong, in bits */
       CHUNKED = 1,
       DISK_FULL = 2, /* the second piece cannot be written */
       UNSEALED = 4,  /* the files cannot be synchronised */
       VANISHES = 8,  /* the client, before the end */
       CROWDED = 16,  /* the port takes one call at a time */
};

struct play {
    struct pipes world;
    struct pipe pipe;
    struct api api, *apis[1];
    struct api_shared shared;
    struct memory_passwords passwords;
    struct memory_blobs blobs;
    struct blobs port; /* in front of them: writes down what is sealed */
    struct store store;
    struct buf log;
};

/* ---- what the domain asks for ---- */

static void answer_batch(struct mail *mail)
{
    struct batch *b = CONTAINER_OF(mail, struct batch, mail);
    b->error = ERR_SERVICE_UNAVAILABLE;
    b->done(b);
}

static void submit_batch(struct store *store, struct batch *b)
{
    (void)store;
    b->mail.run = answer_batch;
    loop_post(b->home, &b->mail);
}

static bool never(struct store *store)
{
    (void)store;
    return false;
}

static bool submit_blob(struct blobs *port, struct blob_call *c)
{
    struct play *p = CONTAINER_OF(port, struct play, port);
    for (size_t i = 0; c->operation == BLOB_SEAL && i < c->id_count; i++) {
        const struct memory_blob *blob = memory_blobs_find(&p->blobs, &c->ids[i]);
        assert(blob != NULL && blob->spooled && !blob->stored);
        buf_printf(&p->log, "\nfile of %zu: ", blob->len);
        buf_append(&p->log, slice_of(blob->octets, blob->len));
    }
    assert(c->operation != BLOB_STORE); /* nothing is ever committed here */
    return p->blobs.port.submit(&p->blobs.port, c);
}

static void ignore_line(enum log_level level, const char *event, const struct log_field *fields, size_t count)
{
    (void)level, (void)event, (void)fields, (void)count;
}

/* ---- one play ---- */

static void set_up(struct play *p, uint8_t manner)
{
    *p = (struct play){.port = {submit_blob}, .store = {.submit = submit_batch, .is_crowded = never}};
    buf_init(&p->log, LOG);
    pipes_init(&p->world, &api_ports, &p->api);
    memory_passwords_init(&p->passwords);
    memory_blobs_init(&p->blobs);
    p->blobs.failing = (manner & UNSEALED) != 0 ? BLOB_SEAL : BLOB_APPEND;
    p->blobs.fail_count = (manner & (UNSEALED | DISK_FULL)) != 0;
    p->blobs.queue = (manner & CROWDED) != 0;
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        p->shared.chat[l] = (struct chat){.store = &p->store,
                                          .passwords = &p->passwords.port,
                                          .blobs = &p->port,
                                          .presence = presence_new(),
                                          .clock = &p->world.clock,
                                          .random = &p->world.random,
                                          .body_limit = 500,
                                          .task_memory = CHAT_TASK_MEMORY,
                                          .list_memory = CHAT_LIST_MEMORY};
    p->shared.options.allowed_origins = "";
    p->shared.options.uploads = (struct upload_limits){
        .file = 300, .request = 2000, .files = 3, .at_once = 2, .spool = 10000, .downloads = 1, .piece = 64};
    p->shared.workers = p->apis;
    p->shared.worker_count = 1;
    p->shared.log = ignore_line;
    p->apis[0] = &p->api;
    api_init(&p->api, &p->shared, &p->world.loop);
    api_attach(&p->api, &p->world.engine);
}

static void send(struct play *p, struct slice octets)
{
    if (!p->pipe.gone)
        pipe_send(&p->pipe, octets);
    pipes_turn(&p->world);
}

static void send_head(struct play *p, size_t length, bool chunked)
{
    char head[512];
    int len = snprintf(head, sizeof head,
                       "POST /api/users HTTP/1.1\r\nHost: a\r\nCookie: XSRF-TOKEN=t\r\nX-XSRF-TOKEN: t\r\n"
                       "Content-Type: multipart/form-data; boundary=B\r\n");
    len += chunked ? snprintf(head + len, sizeof head - (size_t)len, "Transfer-Encoding: chunked\r\n\r\n")
                   : snprintf(head + len, sizeof head - (size_t)len, "Content-Length: %zu\r\n\r\n", length);
    send(p, slice_of(head, (size_t)len));
}

static void send_body(struct play *p, struct pieces pieces, uint8_t manner)
{
    unsigned char *piece;
    size_t len;
    char size[32];
    while (pieces_next(&pieces, &piece, &len)) {
        (void)snprintf(size, sizeof size, "%zx\r\n", len);
        if ((manner & CHUNKED) != 0)
            send(p, slice_from_string(size));
        send(p, slice_of(piece, len));
        if ((manner & CHUNKED) != 0)
            send(p, SLICE("\r\n"));
    }
    if ((manner & CHUNKED) != 0 && (manner & VANISHES) == 0)
        send(p, SLICE("0\r\n\r\n"));
}

static struct buf play(struct slice body, struct pieces pieces, uint8_t manner)
{
    static struct play p;
    const char *alive;
    set_up(&p, manner);
    bool open = pipe_open(&p.world, &p.pipe);
    assert(open);
    send_head(&p, body.len + ((manner & VANISHES) != 0), (manner & CHUNKED) != 0);
    send_body(&p, pieces, manner);
    for (int i = 0; i < 200; i++) /* each call of the port takes a turn */
        pipes_turn(&p.world);
    assert((manner & VANISHES) != 0 || p.pipe.got.len > STATUS);
    buf_append(&p.log, slice_of(p.pipe.got.data, p.pipe.got.len < STATUS ? p.pipe.got.len : STATUS));
    if (!p.pipe.gone)
        pipe_break(&p.pipe);
    for (int i = 0; i < 200; i++)
        pipes_turn(&p.world);
    pipe_release(&p.pipe);
    bool clean = pipes_release(&p.world, &alive);
    assert(clean && buf_ok(&p.log));
    assert(atomic_load(&p.shared.tasks) == 0 && atomic_load(&p.shared.uploads) == 0);
    assert(atomic_load(&p.shared.spooled) == 0);
    assert((manner & CROWDED) != 0 ||
           (memory_blobs_spooled(&p.blobs) == 0 && memory_blobs_stored(&p.blobs) == 0));
    api_release(&p.api);
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        presence_free(p.shared.chat[l].presence);
    memory_blobs_release(&p.blobs);
    return p.log;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3 || size > 3000)
        return 0;
    struct slice body = slice_of(data + 2, size - 2);
    uint8_t manner = data[1];
    struct buf whole = play(body, pieces_whole(body), manner);
    struct buf cut = play(body, pieces_cut(body, data[0]), manner);
    /* When the disk fails depends on how much has come by then. */
    if ((manner & (DISK_FULL | VANISHES | CROWDED)) == 0)
        assert(slice_equals(buf_slice(&whole), buf_slice(&cut)));
    buf_release(&whole);
    buf_release(&cut);
    return 0;
}
