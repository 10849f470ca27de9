// SPDX-License-Identifier: MIT
#include "parsers/byhand.h"

#if defined __x86_64__
#include <nmmintrin.h>

#define SSE42 __attribute__((target("sse4.2")))

struct place {
    const unsigned char *at, *end;
};

/* Octets in pairs, from and to: where a run of others has to end. */
struct stops {
    char ranges[16];
    int len;
};
static const struct stops in_name = {"\x00 \"\"(),,//:@[]{\xFF", 16};
static const struct stops in_target = {"\x00 \x7F\x7F", 4};
static const struct stops in_value = {"\x00\x08\x0A\x1F\x7F\x7F", 6};

static inline bool is_stop(const struct stops *s, unsigned char c)
{
    for (int i = 0; i < s->len; i += 2) {
        if (c >= (unsigned char)s->ranges[i] && c <= (unsigned char)s->ranges[i + 1])
            return true;
    }
    return false;
}

/* Moves on to the first octet that is a stop; false when there is none. */
SSE42 static inline bool run(struct place *p, const struct stops *s)
{
    const __m128i ranges = _mm_loadu_si128((const __m128i *)(const void *)s->ranges);
    for (; p->end - p->at >= 16; p->at += 16) {
        __m128i octets = _mm_loadu_si128((const __m128i *)(const void *)p->at);
        int found = _mm_cmpestri(ranges, s->len, octets, 16, _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES);
        if (found < 16) {
            p->at += found;
            return true;
        }
    }
    while (p->at < p->end && !is_stop(s, *p->at))
        p->at++;
    return p->at < p->end;
}

/* A part that must not be empty and ends at `end`, which is taken as well. */
SSE42 static inline bool part(struct place *p, const struct stops *stops, unsigned char end,
                              struct slice *out)
{
    const unsigned char *from = p->at;
    if (!run(p, stops) || *p->at != end || p->at == from)
        return false;
    *out = slice_of(from, (size_t)(p->at++ - from));
    return true;
}

static inline bool literal(struct place *p, const char *text, size_t len)
{
    if ((size_t)(p->end - p->at) < len || memcmp(p->at, text, len) != 0)
        return false;
    p->at += len;
    return true;
}

static inline bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t';
}

SSE42 static inline bool field(struct place *p, struct byhand_head *h)
{
    if (h->count == BYHAND_FIELDS || !part(p, &in_name, ':', &h->fields[h->count].name))
        return false;
    while (p->at < p->end && is_blank(*p->at))
        p->at++;
    const unsigned char *from = p->at;
    if (!run(p, &in_value))
        return false;
    const unsigned char *to = p->at;
    while (to > from && is_blank(to[-1]))
        to--;
    h->fields[h->count++].value = slice_of(from, (size_t)(to - from));
    return literal(p, "\r\n", 2);
}

bool byhand_is_possible(void)
{
    return __builtin_cpu_supports("sse4.2");
}

SSE42 size_t byhand_parse(struct byhand_head *h, struct slice octets)
{
    struct place p = {octets.data, octets.data + octets.len};
    h->count = 0;
    if (!part(&p, &in_name, ' ', &h->method) || !part(&p, &in_target, ' ', &h->target) ||
        !literal(&p, "HTTP/1.", 7) || p.end - p.at < 3)
        return 0;
    h->minor = (unsigned)(*p.at++ - '0');
    if (h->minor > 9 || !literal(&p, "\r\n", 2))
        return 0;
    while (p.at < p.end && *p.at != '\r') {
        if (!field(&p, h))
            return 0;
    }
    return literal(&p, "\r\n", 2) ? (size_t)(p.at - octets.data) : 0;
}

#else

bool byhand_is_possible(void)
{
    return false;
}

size_t byhand_parse(struct byhand_head *h, struct slice octets)
{
    (void)h, (void)octets;
    return 0;
}

#endif
