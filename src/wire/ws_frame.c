// SPDX-License-Identifier: MIT
#include "wire/ws_frame.h"

#if defined __x86_64__
#include <immintrin.h>
#endif

/* The mask repeats every four octets, so one word of it fits at every multiple of four. Each of the functions
 * below takes as many whole steps as there are and returns how many octets that was. */

#if defined __x86_64__
/* Four times 32 octets a step: written out, because compilers do not unroll it at -O2. */
__attribute__((target("avx2"))) static size_t unmask_avx2(unsigned char *data, size_t len, uint32_t mask)
{
    const __m256i wide = _mm256_set1_epi32((int)mask);
    size_t i = 0;
    for (; len - i >= 128; i += 128) {
        __m256i *at = (__m256i *)(void *)(data + i);
        __m256i a = _mm256_loadu_si256(at), b = _mm256_loadu_si256(at + 1);
        __m256i c = _mm256_loadu_si256(at + 2), d = _mm256_loadu_si256(at + 3);
        _mm256_storeu_si256(at, _mm256_xor_si256(a, wide));
        _mm256_storeu_si256(at + 1, _mm256_xor_si256(b, wide));
        _mm256_storeu_si256(at + 2, _mm256_xor_si256(c, wide));
        _mm256_storeu_si256(at + 3, _mm256_xor_si256(d, wide));
    }
    for (; len - i >= 32; i += 32) {
        __m256i *at = (__m256i *)(void *)(data + i);
        _mm256_storeu_si256(at, _mm256_xor_si256(_mm256_loadu_si256(at), wide));
    }
    return i;
}

static size_t unmask_wide(unsigned char *data, size_t len, uint32_t mask)
{
    return len >= 32 && __builtin_cpu_supports("avx2") ? unmask_avx2(data, len, mask) : 0;
}
#else
static size_t unmask_wide(unsigned char *data, size_t len, uint32_t mask)
{
    (void)data, (void)len, (void)mask;
    return 0;
}
#endif

static size_t unmask_words(unsigned char *data, size_t len, uint32_t mask)
{
    uint64_t word, both = (uint64_t)mask << 32 | mask;
    size_t i = 0;
    for (; len - i >= sizeof word; i += sizeof word) {
        memcpy(&word, data + i, sizeof word);
        word ^= both;
        memcpy(data + i, &word, sizeof word);
    }
    return i;
}

void ws_unmask(unsigned char *data, size_t len, const unsigned char key[4], uint64_t at)
{
    const unsigned char turned[4] = {key[at & 3], key[(at + 1) & 3], key[(at + 2) & 3], key[(at + 3) & 3]};
    uint32_t mask;
    if (len == 0)
        return;
    memcpy(&mask, turned, sizeof mask);
    size_t i = unmask_wide(data, len, mask);
    i += unmask_words(data + i, len - i, mask);
    for (; i < len; i++)
        data[i] ^= turned[i & 3];
}

static size_t put_length(unsigned char *out, uint64_t len, size_t octets)
{
    for (size_t i = 0; i < octets; i++)
        out[i] = (unsigned char)(len >> 8 * (octets - 1 - i));
    return octets;
}

size_t ws_frame_head(unsigned char out[WS_HEAD_MAX], enum ws_opcode opcode, bool fin, uint64_t len)
{
    out[0] = (unsigned char)((fin ? 0x80 : 0) | opcode);
    if (len <= 125) {
        out[1] = (unsigned char)len;
        return 2;
    }
    out[1] = len <= 0xFFFF ? 126 : 127;
    return 2 + put_length(out + 2, len, len <= 0xFFFF ? 2 : 8);
}
