// SPDX-License-Identifier: MIT
// The machine of wire/http1.h. Its runs of ordinary octets are skipped by wire/skip.h; with WIRE_SKIP_PLAIN they
// are walked, and the tests compare both.
#include "wire/http1.h"

#include "base/object.h"
#include "wire/http1_verdict.h"
#include "wire/skip.h"

#define AT(p) ((uint16_t)((p) - base))
#define COLD  __attribute__((cold, noinline)) /* keeps refusals out of the registers of the machine */

%%{
    machine http1;
    alphtype unsigned char;
    access h->;

    action skip_name { p = skip_name(p, stop); }
    action skip_blank { p = skip_blank(p, stop); }
    action skip_value { p = skip_value(p, stop); }
    action skip_path { p = skip_path(p, stop); }
    action skip_query { p = skip_query(p, stop); }

    action method_begin { mark = AT(p); }
    action method_end {
        h->method_name = span(mark, AT(p));
        h->method = http_method_from_name(slice_of(base + mark, h->method_name.len));
    }
    action target_begin {
        mark = AT(p);
        h->in_target = true;
    }
    action query_begin {
        h->query.at = (uint16_t)(AT(p) + 1);
        h->has_query = true;
    }
    action target_end {
        h->in_target = false;
        h->target = span(mark, AT(p));
        h->query.len = h->has_query ? (uint16_t)(AT(p) - h->query.at) : 0;
        if (h->target.len > h->max_target) {
            refuse_target(h, mark);
            fbreak;
        }
    }
    action version {
        if (p[-2] != '1' || *p > '1') {
            refuse(h, ERR_VERSION_NOT_SUPPORTED, AT(p) - 2u);
            fbreak;
        }
        h->version = *p == '1' ? HTTP_VERSION_1_1 : HTTP_VERSION_1_0;
    }
    action name_begin {
        if (field == h->fields + HTTP1_FIELDS_MAX) {
            refuse(h, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            fbreak;
        }
        mark = AT(p);
    }
    action name_end {
        field->name.at = mark;
        field->name.len = (uint16_t)(AT(p) - mark);
    }
    action value_begin { mark = AT(p); }
    action field_end { end_value(&field++->value, base, mark, p); }
    action head_end {
        h->result = HTTP1_DONE;
        fbreak;
    }
    action refuse { refuse_octet(h, mark, AT(p)); }

    include rfc9112 "rfc9112.rl";

    main := request_head $err(refuse);
}%%

%% write data noerror nofinal noentry;

static inline struct http1_span span(unsigned from, unsigned to)
{
    return (struct http1_span){(uint16_t)from, (uint16_t)(to - from)};
}

/* From `from` up to the CR before p. The OWS before that is no part of the value, RFC 9112 5.1. */
static inline void end_value(struct http1_span *value, const unsigned char *base, unsigned from,
                             const unsigned char *p)
{
    const unsigned char *end = p - 1;
    while (end > base + from && end[-1] <= ' ')
        end--;
    value->at = (uint16_t)from;
    value->len = (uint16_t)(end - base - from);
}

COLD static void refuse(struct http1_head *h, enum error error, unsigned at)
{
    h->result = HTTP1_ERROR;
    h->error = error;
    h->error_at = h->nread = at;
}

/* Nothing is said of a target that is too long: how much of it was seen depends on the cut. */
COLD static void refuse_target(struct http1_head *h, unsigned mark)
{
    h->target = h->query = (struct http1_span){0, 0};
    h->has_query = false;
    refuse(h, ERR_URI_TOO_LONG, mark + h->max_target);
}

/* An odd octet behind the limit of the target must not show where the input was cut: the limit comes first. */
COLD static void refuse_octet(struct http1_head *h, unsigned mark, unsigned at)
{
    if (h->in_target && at - mark > h->max_target)
        refuse_target(h, mark);
    else
        refuse(h, ERR_BAD_REQUEST, at);
}

void http1_head_init(struct http1_head *h, size_t max_target, size_t max_head)
{
    assert(max_target < max_head && max_head <= HTTP1_HEAD_MAX);
    memset(h, 0, offsetof(struct http1_head, fields));
    h->max_target = (uint16_t)max_target;
    h->max_head = (uint32_t)max_head;
    %% write init;
}

enum http1_result http1_head_execute(struct http1_head *h, const unsigned char *base, size_t len)
{
    const unsigned char *p = base + h->nread, *pe = base + (len < h->max_head ? len : h->max_head);
    const unsigned char *eof = NULL, *stop;
    struct http1_field *field = h->fields + h->field_count; /* the open one; local, like mark, for speed */
    uint16_t mark = h->mark;
    assert(http1_head_valid(h));
    if (h->result != HTTP1_MORE || p >= pe)
        return h->result;
    stop = skip_stop(p, pe);
    %% write exec;
    h->mark = mark;
    h->field_count = (uint16_t)(field - h->fields);
    if (h->result == HTTP1_ERROR)
        return HTTP1_ERROR;
    h->nread = AT(p);
    if (h->result == HTTP1_DONE)
        http1_verdict(h, base);
    else if (h->in_target && h->nread - mark > h->max_target)
        refuse_target(h, mark);
    else if (h->nread == h->max_head)
        refuse(h, ERR_HEADER_FIELDS_TOO_LARGE, h->max_head);
    return h->result;
}
