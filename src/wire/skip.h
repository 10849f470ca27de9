/* SPDX-License-Identifier: MIT
 *
 * wire/skip.h - runs of ordinary octets, sixteen at a time, from inside a machine.
 *
 * An action on an octet that loops in a state may move p on over octets that would loop there as well:
 *
 *   const unsigned char *stop = skip_stop(p, pe);        // before `write exec`
 *   action skip_name { p = skip_name(p, stop); }         // token $skip_name
 *
 * skip_x(p, stop) returns the last octet of a run that begins at p, reading nothing at or behind pe; the run
 * may end early, never late. So the class that is skipped must be a subset of the octets that loop, and the
 * machine stays the specification: with WIRE_SKIP_PLAIN, or without SSE2, nothing is skipped and the events
 * are the same.
 */
#ifndef PARLEY_WIRE_SKIP_H
#define PARLEY_WIRE_SKIP_H

#include <stddef.h>

enum { SKIP_STRIDE = 16 };

/* Where strides over [p, pe) have to stop beginning. */
static inline const unsigned char *skip_stop(const unsigned char *p, const unsigned char *pe)
{
    return pe - p < SKIP_STRIDE ? p : pe - (SKIP_STRIDE - 1);
}

#if defined(__SSE2__) && !defined(WIRE_SKIP_PLAIN)

#include <emmintrin.h>

/* Octets from low to high. The addition moves them to the top of the signed range, where one comparison
 * tells. */
static inline __m128i skip_range(__m128i x, int low, int high)
{
    __m128i moved = _mm_add_epi8(x, _mm_set1_epi8((char)(0x7F - high)));
    return _mm_cmpgt_epi8(moved, _mm_set1_epi8((char)(0x7F - (high - low) - 1)));
}

static inline __m128i skip_is(__m128i x, char octet)
{
    return _mm_cmpeq_epi8(x, _mm_set1_epi8(octet));
}

static inline __m128i skip_letters(__m128i x)
{
    return skip_range(_mm_or_si128(x, _mm_set1_epi8(0x20)), 'a', 'z');
}

/* The classes hold what is usual, not all that is allowed: each comparison is paid for by every stride. */

/* Letters and "-" of field names. RFC 9110 5.6.2. */
static inline __m128i skip_class_name(__m128i x)
{
    return _mm_or_si128(skip_letters(x), skip_is(x, '-'));
}

/* ASCII of field values without HTAB. RFC 9110 5.5. */
static inline __m128i skip_class_value(__m128i x)
{
    return skip_range(x, 0x20, 0x7E);
}

/* Letters, digits and  & ' ( ) * + , - . / : ; = _  of paths and queries. RFC 3986 3.3. */
static inline __m128i skip_class_path(__m128i x)
{
    __m128i marks = _mm_or_si128(skip_is(x, '='), skip_is(x, '_'));
    return _mm_or_si128(_mm_or_si128(skip_letters(x), skip_range(x, '&', ';')), marks);
}

/* Letters, digits, "-" and "." of host names. RFC 3986 3.2.2. */
static inline __m128i skip_class_host(__m128i x)
{
    return _mm_or_si128(skip_letters(x), _mm_or_si128(skip_range(x, '0', '9'), skip_range(x, '-', '.')));
}

#define SKIP_DEFINE(name)                                                                                    \
    static inline const unsigned char *skip_##name(const unsigned char *p, const unsigned char *stop)        \
    {                                                                                                        \
        for (p++; p < stop; p += SKIP_STRIDE) {                                                              \
            __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);                                   \
            unsigned run = (unsigned)_mm_movemask_epi8(skip_class_##name(x));                                \
            if (run != 0xFFFF)                                                                               \
                return p - 1 + (unsigned)__builtin_ctz(~run);                                                \
        }                                                                                                    \
        return p - 1;                                                                                        \
    }

#else

#define SKIP_DEFINE(name)                                                                                    \
    static inline const unsigned char *skip_##name(const unsigned char *p, const unsigned char *stop)        \
    {                                                                                                        \
        (void)stop;                                                                                          \
        return p;                                                                                            \
    }

#endif

SKIP_DEFINE(name)
SKIP_DEFINE(value)
SKIP_DEFINE(path)
SKIP_DEFINE(host)

/* What is ordinary in a path is so in a query. */
static inline const unsigned char *skip_query(const unsigned char *p, const unsigned char *stop)
{
    return skip_path(p, stop);
}

/* The one blank that nearly everybody sends behind a colon: p stands on what is before it. */
static inline const unsigned char *skip_blank(const unsigned char *p, const unsigned char *stop)
{
#ifndef WIRE_SKIP_PLAIN
    if (p < stop && p[1] == ' ')
        return p + 1;
#endif
    (void)stop;
    return p;
}

#undef SKIP_DEFINE

#endif
