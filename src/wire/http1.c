// SPDX-License-Identifier: MIT
// What stands in a head that wire/http1.h has parsed. The parser itself is grammar/parsers/http1.rl.
#include "wire/http1.h"

#include "base/object.h"

static struct slice part(const unsigned char *base, struct http1_span s)
{
    return slice_of(base + s.at, s.len);
}

bool http1_head_valid(const struct http1_head *h)
{
    return h->nread <= h->max_head && h->max_head <= HTTP1_HEAD_MAX && h->max_target < h->max_head &&
           h->field_count <= HTTP1_FIELDS_MAX && h->mark <= h->nread &&
           (h->result == HTTP1_ERROR) == (h->error != ERR_NONE) && h->error_at <= h->nread &&
           (h->result != HTTP1_DONE || !h->has_query ||
            h->query.at + h->query.len == h->target.at + h->target.len);
}

struct slice http1_head_method(const struct http1_head *h, const unsigned char *base)
{
    return part(base, h->method_name);
}

struct slice http1_head_target(const struct http1_head *h, const unsigned char *base)
{
    return part(base, h->target);
}

struct slice http1_head_path(const struct http1_head *h, const unsigned char *base)
{
    size_t behind = h->has_query ? h->query.len + 1u : 0;
    return slice_of(base + h->target.at, h->target.len - behind);
}

struct slice http1_head_query(const struct http1_head *h, const unsigned char *base)
{
    return h->has_query ? part(base, h->query) : SLICE_NONE;
}

void http1_head_field_at(const struct http1_head *h, const unsigned char *base, size_t i, struct slice *name,
                         struct slice *value)
{
    assert(i < h->field_count);
    *name = part(base, h->fields[i].name);
    *value = part(base, h->fields[i].value);
}

bool http1_head_field_next(const struct http1_head *h, const unsigned char *base, struct slice name,
                           size_t *i, struct slice *value)
{
    while (*i < h->field_count) {
        const struct http1_field *f = &h->fields[(*i)++];
        if (f->name.len == name.len && slice_equals_nocase(part(base, f->name), name)) {
            *value = part(base, f->value);
            return true;
        }
    }
    return false;
}

struct slice http1_head_field(const struct http1_head *h, const unsigned char *base, struct slice name)
{
    size_t i = 0;
    struct slice value = SLICE_NONE;
    http1_head_field_next(h, base, name, &i, &value);
    return value;
}

size_t http1_head_field_count(const struct http1_head *h, const unsigned char *base, struct slice name)
{
    size_t i = 0, count = 0;
    struct slice value;
    while (http1_head_field_next(h, base, name, &i, &value))
        count++;
    return count;
}

static const char *const method_names[] = {
#define X(name) [HTTP_METHOD_##name] = #name,
    HTTP_METHOD_TABLE(X)
#undef X
        [HTTP_METHOD_OTHER] = "",
};

const char *http_method_name(enum http_method method)
{
    return method_names[method];
}

/* Compared with literals, so that each comparison is one or two instructions. */
enum http_method http_method_from_name(struct slice name)
{
#define X(literal)                                                                                           \
    if (name.len == sizeof #literal - 1 && memcmp(name.data, #literal, sizeof #literal - 1) == 0)            \
        return HTTP_METHOD_##literal;
    HTTP_METHOD_TABLE(X)
#undef X
    return HTTP_METHOD_OTHER;
}
