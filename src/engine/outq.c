// SPDX-License-Identifier: MIT
#include "engine/outq.h"

#include "base/object.h"

_Static_assert(sizeof(struct outq_entry) == 64, "an entry is one cache line");

static size_t entry_size(const struct outq_entry *e)
{
    return e->head_len + (e->frame == NULL ? 0 : (size_t)e->frame->len);
}

void outq_init(struct outq *q)
{
    *q = (struct outq){.first = NULL};
}

bool outq_valid(const struct outq *q)
{
    return (q->first == NULL) == (q->last == NULL) &&
           (q->first != NULL || (q->bytes == 0 && q->sent == 0 && !q->in_rest)) &&
           (q->first == NULL || q->sent < entry_size(q->first)) && (q->last == NULL || !q->last->goes_on);
}

static void entry_free(struct outq_entry *e, struct pool *entries)
{
    frame_unref(e->frame);
    pool_put(entries, e);
}

/* The last entry of the push that the first entry belongs to. */
static struct outq_entry *end_of_push(const struct outq *q)
{
    struct outq_entry *e = q->first;
    while (e->goes_on)
        e = e->next;
    return e;
}

void outq_clear(struct outq *q, struct pool *entries, bool all)
{
    bool has_begun = q->sent > 0 || q->in_rest;
    struct outq_entry *keep = !all && has_begun ? end_of_push(q) : NULL;
    struct outq_entry *e = keep != NULL ? keep->next : q->first;
    size_t behind = outq_behind(q);
    while (e != NULL) {
        struct outq_entry *next = e->next;
        entry_free(e, entries);
        e = next;
    }
    if (keep == NULL) {
        outq_init(q);
        return;
    }
    keep->next = NULL;
    q->last = keep;
    q->bytes -= behind;
}

static bool push_entry(struct outq *q, struct pool *entries, struct slice head, struct frame *frame)
{
    struct outq_entry *e = pool_get(entries);
    if (e == NULL)
        return false;
    e->next = NULL;
    e->goes_on = false;
    e->head_len = (unsigned char)head.len;
    if (head.len > 0)
        memcpy(e->head, head.data, head.len);
    e->frame = frame;
    if (q->last == NULL)
        q->first = e;
    else
        q->last->next = e;
    q->last = e;
    q->bytes += entry_size(e);
    return true;
}

/* A head that does not fit an entry (a long subscription id) travels as a frame of its own. */
static bool push_long_head(struct outq *q, struct pool *entries, struct slice head, struct frame *frame)
{
    struct frame *own = frame_copy(head);
    struct outq_entry *before = q->last;
    if (own == NULL)
        return false;
    if (!push_entry(q, entries, SLICE_NONE, own)) {
        frame_unref(own);
        return false;
    }
    struct outq_entry *first = q->last;
    if (frame == NULL)
        return true;
    if (push_entry(q, entries, SLICE_NONE, frame)) {
        first->goes_on = true;
        return true;
    }
    struct outq_entry *undone = q->last;
    q->bytes -= entry_size(undone);
    q->last = before;
    if (before == NULL)
        q->first = NULL;
    else
        before->next = NULL;
    entry_free(undone, entries);
    return false;
}

bool outq_push(struct outq *q, struct pool *entries, struct slice head, struct frame *frame)
{
    assert(outq_valid(q));
    if (frame != NULL && frame->len == 0)
        frame = NULL;
    if (head.len == 0 && frame == NULL)
        return true;
    if (frame != NULL)
        frame_ref(frame);
    bool pushed =
        head.len <= OUTQ_HEAD ? push_entry(q, entries, head, frame) : push_long_head(q, entries, head, frame);
    if (!pushed)
        frame_unref(frame);
    return pushed;
}

int outq_iov(const struct outq *q, struct iovec *iov, int max)
{
    int count = 0;
    size_t skip = q->sent; /* only of the first entry */
    for (struct outq_entry *e = q->first; e != NULL && count < max; e = e->next) {
        if (skip < e->head_len)
            iov[count++] = (struct iovec){e->head + skip, e->head_len - skip};
        skip = skip > e->head_len ? skip - e->head_len : 0;
        if (e->frame != NULL && count < max)
            iov[count++] = (struct iovec){e->frame->octets + skip, e->frame->len - skip};
        skip = 0;
    }
    return count;
}

bool outq_sent(struct outq *q, struct pool *entries, size_t n)
{
    bool finished = false;
    assert(n <= q->bytes);
    q->bytes -= n;
    n += q->sent;
    while (q->first != NULL && n >= entry_size(q->first)) {
        struct outq_entry *e = q->first;
        n -= entry_size(e);
        q->in_rest = e->goes_on;
        q->first = e->next;
        entry_free(e, entries);
        finished = true;
    }
    q->sent = (uint32_t)n;
    if (q->first == NULL)
        q->last = NULL;
    assert(outq_valid(q));
    return finished;
}

size_t outq_behind(const struct outq *q)
{
    size_t now = 0;
    if (q->first == NULL)
        return 0;
    for (const struct outq_entry *e = q->first, *end = end_of_push(q)->next; e != end; e = e->next)
        now += entry_size(e);
    return q->bytes - (now - q->sent);
}
