/* SPDX-License-Identifier: MIT
 *
 * wire/skip.h - runs of ordinary octets, sixteen at a time, from inside a machine.
 *
 * An action on an octet that loops in a state may move p on over octets that would loop there as well:
 *
 *   action skip_name { p = skip_name(p, pe); }        # token $skip_name
 *
 * skip_x(p, pe) returns the last octet of a run that begins at p, reading nothing at or behind pe; the run
 * may end early, never late. So the class that is skipped must be a subset of the octets that loop, and the
 * machine stays the specification: with WIRE_SKIP_PLAIN, or without SSE2, nothing is skipped and the events
 * are the same.
 */
#ifndef PARLEY_WIRE_SKIP_H
#define PARLEY_WIRE_SKIP_H

#include <stddef.h>

#if defined(__SSE2__) && !defined(WIRE_SKIP_PLAIN)

#include <emmintrin.h>

/* Octets from low to high, both below 0x80. Octets from 0x80 are negative here and in no such range. */
static inline __m128i skip_range(__m128i x, char low, char high)
{
    return _mm_and_si128(_mm_cmpgt_epi8(x, _mm_set1_epi8((char)(low - 1))),
                         _mm_cmplt_epi8(x, _mm_set1_epi8((char)(high + 1))));
}

static inline __m128i skip_is(__m128i x, char octet)
{
    return _mm_cmpeq_epi8(x, _mm_set1_epi8(octet));
}

static inline __m128i skip_letters(__m128i x)
{
    return skip_range(_mm_or_si128(x, _mm_set1_epi8(0x20)), 'a', 'z');
}

/* Letters, digits and "-": nearly all names. RFC 9110 5.6.2. */
static inline __m128i skip_class_name(__m128i x)
{
    return _mm_or_si128(skip_letters(x), _mm_or_si128(skip_range(x, '0', '9'), skip_is(x, '-')));
}

/* Everything but control octets (HTAB too, which is rare). RFC 9110 5.5. */
static inline __m128i skip_class_value(__m128i x)
{
    __m128i above = _mm_cmpeq_epi8(_mm_max_epu8(x, _mm_set1_epi8(0x20)), x);
    return _mm_andnot_si128(skip_is(x, 0x7F), above);
}

/* Letters, digits and  & ' ( ) * + , - . / : ; = _ ~  of RFC 3986 3.3. */
static inline __m128i skip_class_path(__m128i x)
{
    __m128i marks = _mm_or_si128(skip_range(x, '&', ';'), skip_is(x, '='));
    return _mm_or_si128(_mm_or_si128(skip_letters(x), marks), _mm_or_si128(skip_is(x, '_'), skip_is(x, '~')));
}

#define SKIP_DEFINE(name)                                                                                    \
    static inline const unsigned char *skip_##name(const unsigned char *p, const unsigned char *pe)          \
    {                                                                                                        \
        for (p++; pe - p >= 16; p += 16) {                                                                   \
            __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);                                   \
            unsigned stops = (unsigned)_mm_movemask_epi8(skip_class_##name(x)) ^ 0xFFFFu;                    \
            if (stops != 0)                                                                                  \
                return p + __builtin_ctz(stops) - 1;                                                         \
        }                                                                                                    \
        return p - 1;                                                                                        \
    }

#else

#define SKIP_DEFINE(name)                                                                                    \
    static inline const unsigned char *skip_##name(const unsigned char *p, const unsigned char *pe)          \
    {                                                                                                        \
        (void)pe;                                                                                            \
        return p;                                                                                            \
    }

#endif

SKIP_DEFINE(name)
SKIP_DEFINE(value)
SKIP_DEFINE(path)

/* What is ordinary in a path is so in a query. */
static inline const unsigned char *skip_query(const unsigned char *p, const unsigned char *pe)
{
    return skip_path(p, pe);
}

#undef SKIP_DEFINE

#endif
