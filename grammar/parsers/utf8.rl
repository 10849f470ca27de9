// SPDX-License-Identifier: MIT
#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The first octet from p on that is not ASCII, or pe. */
static const unsigned char *ascii_end(const unsigned char *p, const unsigned char *pe)
{
#ifdef __SSE2__
    for (; pe - p >= 16; p += 16) {
        int high = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)p));
        if (high != 0)
            return p + __builtin_ctz((unsigned)high);
    }
#endif
    while (p < pe && *p < 0x80)
        p++;
    return p;
}

%%{
    machine utf8;
    alphtype unsigned char;
    variable cs u->state;

    action utf8_ascii { p = ascii_end(p + 1, pe) - 1; }

    include rfc3629 "rfc3629.rl";
    main := UTF8_octets;
    write data nofinal;
}%%

void utf8_init(struct utf8 *u)
{
    u->state = (uint32_t)utf8_start; /* what `write init` says, in our type */
}

bool utf8_feed(struct utf8 *u, struct slice piece)
{
    /* Ragel's goto code must not be entered in the error state: it would come out of it. */
    if (piece.len > 0 && u->state != (uint32_t)utf8_error) {
        const unsigned char *p = piece.data, *pe = p + piece.len;
        %% write exec;
    }
    return u->state != (uint32_t)utf8_error;
}

/* The one final state is the one between two characters: the start. */
bool utf8_complete(const struct utf8 *u)
{
    return u->state == (uint32_t)utf8_start;
}

bool utf8_valid(struct slice s)
{
    struct utf8 u;
    utf8_init(&u);
    return utf8_feed(&u, s) && utf8_complete(&u);
}

size_t utf8_length(struct slice s)
{
    size_t length = 0;
    for (size_t i = 0; i < s.len; i++)
        length += (s.data[i] & 0xC0) != 0x80;
    return length;
}
