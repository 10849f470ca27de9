// SPDX-License-Identifier: MIT
#include "support/memory_blobs.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/object.h"

static struct memory_blob *find(struct memory_blobs *m, const struct uuid *id)
{
    for (size_t i = 0; i < m->count; i++) {
        struct memory_blob *b = &m->blobs[i];
        if ((b->spooled || b->stored) && uuid_equals(&b->id, id))
            return b;
    }
    return NULL;
}

const struct memory_blob *memory_blobs_find(const struct memory_blobs *m, const struct uuid *id)
{
    return find((struct memory_blobs *)(uintptr_t)m, id);
}

static struct memory_blob *make(struct memory_blobs *m, const struct uuid *id)
{
    size_t i = 0;
    while (i < m->count && (m->blobs[i].spooled || m->blobs[i].stored))
        i++;
    assert(i < MEMORY_BLOBS);
    if (i == m->count)
        m->count++;
    m->blobs[i] = (struct memory_blob){.id = *id};
    return &m->blobs[i];
}

static void free_if_gone(struct memory_blob *b)
{
    if (b->spooled || b->stored)
        return;
    free(b->octets);
    b->octets = NULL;
    b->len = 0;
}

static enum error append(struct memory_blobs *m, struct blob_call *c)
{
    struct memory_blob *b = find(m, c->ids);
    if (b == NULL && c->offset > 0)
        return ERR_BINARY_CONTENT_NOT_FOUND;
    if (b == NULL)
        b = make(m, c->ids);
    b->spooled = true;
    b->sealed = false;
    size_t end = (size_t)c->offset + c->octets.len;
    if (end > b->len) {
        b->octets = realloc(b->octets, end);
        assert(b->octets != NULL);
        memset(b->octets + b->len, 0, end - b->len);
        b->len = end;
    }
    if (c->octets.len > 0)
        memcpy(b->octets + c->offset, c->octets.data, c->octets.len);
    return ERR_NONE;
}

static enum error seal(struct memory_blobs *m, struct blob_call *c)
{
    for (size_t i = 0; i < c->id_count; i++) {
        struct memory_blob *b = find(m, &c->ids[i]);
        if (b == NULL)
            return ERR_BINARY_CONTENT_NOT_FOUND;
        b->sealed = true;
    }
    return ERR_NONE;
}

static enum error store(struct memory_blobs *m, struct blob_call *c)
{
    struct memory_blob *b = find(m, c->ids);
    if (b == NULL)
        return ERR_BINARY_CONTENT_NOT_FOUND;
    b->stored = true;
    return ERR_NONE;
}

static enum error fetch(struct memory_blobs *m, struct blob_call *c)
{
    const struct memory_blob *b = find(m, c->ids);
    if (b == NULL)
        return ERR_BINARY_CONTENT_NOT_FOUND;
    size_t from = c->offset < b->len ? (size_t)c->offset : b->len;
    c->length = b->len - from < c->room ? b->len - from : c->room;
    if (c->length > 0)
        memcpy(c->into, b->octets + from, c->length);
    return ERR_NONE;
}

static enum error drop(struct memory_blobs *m, struct blob_call *c)
{
    for (size_t i = 0; i < c->id_count; i++) {
        struct memory_blob *b = find(m, &c->ids[i]);
        if (b == NULL)
            continue;
        b->spooled = false;
        if (c->operation == BLOB_REMOVE)
            b->stored = false;
        free_if_gone(b);
    }
    return ERR_NONE;
}

/* What lies in the spool now: nobody restarts it. */
static enum error list(struct memory_blobs *m, struct blob_call *c)
{
    uint64_t at = 0;
    for (size_t i = 0; i < m->count; i++) {
        if (!m->blobs[i].spooled)
            continue;
        if (at >= c->offset && c->length + sizeof(struct uuid) <= c->room) {
            memcpy(c->into + c->length, &m->blobs[i].id, sizeof(struct uuid));
            c->length += sizeof(struct uuid);
        }
        at += sizeof(struct uuid);
    }
    return ERR_NONE;
}

static enum error run(struct memory_blobs *m, struct blob_call *c)
{
    static enum error (*const acts[])(struct memory_blobs *, struct blob_call *) = {
        [BLOB_APPEND] = append, [BLOB_SEAL] = seal,   [BLOB_STORE] = store, [BLOB_READ] = fetch,
        [BLOB_DROP] = drop,     [BLOB_REMOVE] = drop, [BLOB_LIST] = list,
    };
    c->length = 0;
    c->problem[0] = '\0';
    if (m->fail_count == 0 || m->failing != c->operation)
        return acts[c->operation](m, c);
    m->fail_count--;
    (void)snprintf(c->problem, sizeof c->problem, "cannot write it: No space left on device");
    return ERR_SERVICE_UNAVAILABLE;
}

static void deliver(struct mail *mail)
{
    struct blob_call *c = CONTAINER_OF(mail, struct blob_call, mail);
    struct memory_blobs *m = CONTAINER_OF(c->blobs, struct memory_blobs, port);
    m->unanswered--;
    c->error = run(m, c);
    c->done(c);
}

static bool submit(struct blobs *port, struct blob_call *c)
{
    struct memory_blobs *m = CONTAINER_OF(port, struct memory_blobs, port);
    if (m->queue > 0 && m->unanswered == m->queue)
        return false;
    m->unanswered++;
    m->calls[c->operation]++;
    c->blobs = port;
    c->mail.run = deliver;
    loop_post(c->home, &c->mail);
    return true;
}

void memory_blobs_init(struct memory_blobs *m)
{
    memset(m, 0, sizeof *m);
    m->port.submit = submit;
}

void memory_blobs_release(struct memory_blobs *m)
{
    for (size_t i = 0; i < m->count; i++)
        free(m->blobs[i].octets);
    m->count = 0;
}

size_t memory_blobs_spooled(const struct memory_blobs *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->count; i++)
        n += m->blobs[i].spooled;
    return n;
}

size_t memory_blobs_stored(const struct memory_blobs *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->count; i++)
        n += m->blobs[i].stored;
    return n;
}
