// SPDX-License-Identifier: MIT
// Finds delimiters. They begin with the only CR they have, so a match that fails can begin anew only at the
// octet that broke it, and what was held back until then is a prefix of the delimiter itself.
#include "wire/multipart.h"

#include "base/object.h"

void multipart_init(struct multipart *m, struct slice boundary, size_t max_parts, size_t max_head)
{
    assert(boundary.len > 0 && boundary.len <= MULTIPART_BOUNDARY_MAX && max_head > 0);
    *m = (struct multipart){.phase = MULTIPART_START, .max_parts = max_parts};
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.data, boundary.len);
    m->delimiter_len = 4 + boundary.len;
    buf_init(&m->text, max_head);
}

void multipart_release(struct multipart *m)
{
    buf_release(&m->text);
    m->part = (struct multipart_part){.has_filename = false};
}

bool multipart_valid(const struct multipart *m)
{
    return buf_valid(&m->text) && m->matched < m->delimiter_len && m->parts <= m->max_parts &&
           m->delimiter_len <= sizeof m->delimiter && m->error_at <= m->nread &&
           (m->phase == MULTIPART_FAILED) == (m->error != ERR_NONE);
}

static enum multipart_event fail(struct multipart *m, enum error error, uint64_t at)
{
    m->phase = MULTIPART_FAILED;
    m->error = error;
    m->error_at = at;
    return MULTIPART_ERROR;
}

static struct slice take(struct multipart *m, struct slice *input, size_t n)
{
    struct slice taken = slice_of(input->data, n);
    *input = slice_after(*input, n);
    m->nread += n;
    return taken;
}

/* Takes what goes on with the delimiter; true when it is whole. */
static bool match_on(struct multipart *m, struct slice *input)
{
    size_t n = 0;
    while (n < input->len && m->matched < m->delimiter_len && input->data[n] == m->delimiter[m->matched]) {
        m->matched++;
        n++;
    }
    take(m, input, n);
    return m->matched == m->delimiter_len;
}

static void begin_head(struct multipart *m)
{
    m->phase = MULTIPART_HEAD;
    m->matched = 0;
    buf_clear(&m->text);
    multipart_head_init(&m->head);
}

/* RFC 2046 5.1.1: the CRLF belongs to the delimiter, but the first one may stand at the very beginning. */
static bool run_start(struct multipart *m, struct slice *input, struct slice *data,
                      enum multipart_event *event)
{
    (void)data;
    if (m->matched == 0 && input->data[0] == '-')
        m->matched = 2;
    if (match_on(m, input)) {
        begin_head(m);
        return false;
    }
    *event = input->len == 0 ? MULTIPART_MORE : fail(m, ERR_BAD_REQUEST, m->nread);
    return true;
}

static struct slice text_at(const struct multipart *m, struct multipart_span s)
{
    return slice_of(m->text.data + s.at, s.len);
}

static enum multipart_event begin_part(struct multipart *m)
{
    const struct multipart_head *h = &m->head;
    if (m->parts == m->max_parts)
        return fail(m, ERR_CONTENT_TOO_LARGE, m->nread);
    m->parts++;
    m->phase = MULTIPART_BODY;
    m->part = (struct multipart_part){
        .name = text_at(m, h->name),
        .filename = h->has_filename ? text_at(m, h->filename) : SLICE_NONE,
        .has_filename = h->has_filename,
        .content_type = h->has_type ? text_at(m, h->type) : SLICE_NONE,
    };
    return MULTIPART_PART;
}

static enum multipart_event end_parts(struct multipart *m)
{
    m->phase = MULTIPART_CLOSED;
    return MULTIPART_END;
}

/* Copies input behind the text of the head and lets the machine go on; takes what it took. */
static enum multipart_head_result run_machine(struct multipart *m, struct slice *input)
{
    size_t before = m->text.len, room = m->text.limit - before;
    struct slice piece = slice_of(input->data, input->len < room ? input->len : room);
    if (!buf_append(&m->text, piece)) {
        fail(m, ERR_OUT_OF_MEMORY, m->nread);
        return MULTIPART_HEAD_ERROR;
    }
    enum multipart_head_result result = multipart_head_execute(&m->head, m->text.data, m->text.len);
    m->text.len = m->head.nread;
    take(m, input, m->head.nread - before);
    if (result == MULTIPART_HEAD_ERROR)
        fail(m, m->head.error, m->nread - m->head.nread + m->head.error_at);
    return result;
}

static bool run_head(struct multipart *m, struct slice *input, struct slice *data,
                     enum multipart_event *event)
{
    (void)data;
    switch (run_machine(m, input)) {
    case MULTIPART_HEAD_PART: *event = begin_part(m); break;
    case MULTIPART_HEAD_CLOSE: *event = end_parts(m); break;
    case MULTIPART_HEAD_ERROR: *event = MULTIPART_ERROR; break;
    case MULTIPART_HEAD_MORE:
        *event = MULTIPART_MORE;
        if (m->text.len == m->text.limit)
            *event = fail(m, ERR_HEADER_FIELDS_TOO_LARGE, m->nread);
        break;
    }
    return true;
}

static bool run_closed(struct multipart *m, struct slice *input, struct slice *data,
                       enum multipart_event *event)
{
    (void)data;
    *event = MULTIPART_MORE;
    if (m->text.len == m->text.limit)
        *event = fail(m, ERR_HEADER_FIELDS_TOO_LARGE, m->nread);
    else if (run_machine(m, input) == MULTIPART_HEAD_ERROR)
        *event = MULTIPART_ERROR;
    else
        return false;
    return true;
}

/* How many octets stand before the next delimiter, or before what may become one in the next piece. */
static size_t data_len(const struct multipart *m, struct slice input)
{
    size_t at = 0;
    while (at < input.len) {
        const unsigned char *cr = memchr(input.data + at, '\r', input.len - at);
        if (cr == NULL)
            return input.len;
        at = (size_t)(cr - input.data);
        size_t left = input.len - at;
        if (memcmp(cr, m->delimiter, left < m->delimiter_len ? left : m->delimiter_len) == 0)
            return at;
        at++;
    }
    return at;
}

static bool run_body(struct multipart *m, struct slice *input, struct slice *data,
                     enum multipart_event *event)
{
    size_t n = m->matched == 0 ? data_len(m, *input) : 0;
    *event = MULTIPART_DATA;
    if (n > 0) {
        *data = take(m, input, n);
    } else if (match_on(m, input)) {
        begin_head(m);
        *event = MULTIPART_PART_END;
    } else if (input->len == 0) {
        *event = MULTIPART_MORE;
    } else {
        *data = slice_of(m->delimiter, m->matched);
        m->matched = 0;
    }
    return true;
}

static bool run_failed(struct multipart *m, struct slice *input, struct slice *data,
                       enum multipart_event *event)
{
    (void)m;
    (void)input;
    (void)data;
    *event = MULTIPART_ERROR;
    return true;
}

/* Each takes octets of an input that is not empty; true when *event is something to tell. */
static bool (*const phases[])(struct multipart *, struct slice *, struct slice *, enum multipart_event *) = {
    [MULTIPART_START] = run_start,   [MULTIPART_HEAD] = run_head,     [MULTIPART_BODY] = run_body,
    [MULTIPART_CLOSED] = run_closed, [MULTIPART_FAILED] = run_failed,
};

enum multipart_event multipart_next(struct multipart *m, struct slice *input, struct slice *data)
{
    enum multipart_event event = m->phase == MULTIPART_FAILED ? MULTIPART_ERROR : MULTIPART_MORE;
    assert(multipart_valid(m));
    while (input->len > 0 && !phases[m->phase](m, input, data, &event))
        continue;
    return event;
}

enum error multipart_finish(struct multipart *m)
{
    if (m->phase != MULTIPART_FAILED && !(m->phase == MULTIPART_CLOSED && multipart_head_may_end(&m->head)))
        fail(m, ERR_BAD_REQUEST, m->nread);
    return m->error;
}
