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
    return (q->first == NULL) == (q->last == NULL) && (q->first != NULL || (q->bytes == 0 && q->sent == 0)) &&
           (q->first == NULL || q->sent < entry_size(q->first));
}

static void entry_free(struct outq_entry *e, struct pool *entries)
{
    frame_unref(e->frame);
    pool_put(entries, e);
}

void outq_clear(struct outq *q, struct pool *entries, bool all)
{
    struct outq_entry *keep = !all && q->sent > 0 ? q->first : NULL;
    struct outq_entry *e = keep != NULL ? keep->next : q->first;
    while (e != NULL) {
        struct outq_entry *next = e->next;
        entry_free(e, entries);
        e = next;
    }
    q->first = q->last = keep;
    if (keep == NULL) {
        outq_init(q);
        return;
    }
    keep->next = NULL;
    q->bytes = entry_size(keep) - q->sent;
}

static bool push_entry(struct outq *q, struct pool *entries, struct slice head, struct frame *frame)
{
    struct outq_entry *e = pool_get(entries);
    if (e == NULL)
        return false;
    e->next = NULL;
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
    if (frame == NULL || push_entry(q, entries, SLICE_NONE, frame))
        return true;
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
    q->sent += n;
    while (q->first != NULL && q->sent >= entry_size(q->first)) {
        struct outq_entry *e = q->first;
        q->sent -= entry_size(e);
        q->first = e->next;
        entry_free(e, entries);
        finished = true;
    }
    if (q->first == NULL)
        q->last = NULL;
    assert(outq_valid(q));
    return finished;
}

size_t outq_behind(const struct outq *q)
{
    return q->first == NULL ? 0 : q->bytes - (entry_size(q->first) - q->sent);
}
