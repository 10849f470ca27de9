/* SPDX-License-Identifier: MIT
 *
 * tests/support/http1_plain.h - the machine of wire/http1.h once more, without wire/skip.h: the specification
 * that the fast path has to agree with. Include it once per program, and before wire/skip.h.
 */
#ifndef PARLEY_TESTS_HTTP1_PLAIN_H
#define PARLEY_TESTS_HTTP1_PLAIN_H

#include "wire/http1.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-const-variable"
#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"
#define WIRE_SKIP_PLAIN
#define http1_head_init    http1_plain_init
#define http1_head_execute http1_plain_execute
#include "../../gen/http1.c"
#undef http1_head_execute
#undef http1_head_init
#undef WIRE_SKIP_PLAIN
#pragma GCC diagnostic pop

static inline bool http1_same_span(struct http1_span a, struct http1_span b)
{
    return a.at == b.at && a.len == b.len;
}

/* Everything that a caller can see. */
static inline bool http1_same(const struct http1_head *a, const struct http1_head *b)
{
    bool same = a->result == b->result && a->nread == b->nread && a->error == b->error &&
                a->error_at == b->error_at && a->field_count == b->field_count && a->method == b->method &&
                http1_same_span(a->method_name, b->method_name) && http1_same_span(a->target, b->target) &&
                http1_same_span(a->query, b->query) && a->has_query == b->has_query &&
                a->version == b->version && a->keep_alive == b->keep_alive && a->has_body == b->has_body &&
                a->has_length == b->has_length && a->is_chunked == b->is_chunked &&
                a->content_length == b->content_length && a->expect_continue == b->expect_continue;
    for (size_t i = 0; same && i < a->field_count; i++)
        same = http1_same_span(a->fields[i].name, b->fields[i].name) &&
               http1_same_span(a->fields[i].value, b->fields[i].value);
    return same;
}

#endif
