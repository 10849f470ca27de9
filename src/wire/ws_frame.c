// SPDX-License-Identifier: MIT
#include "wire/ws_frame.h"

#if defined __x86_64__
#include <immintrin.h>
#endif

/* The mask repeats every four octets, so one word of it fits at every multiple of four. Each of the functions
 * below does all of the data. What whole steps leave over is done by one more step that ends where the data
 * end: its octets are taken before those steps change some of them. */

/* A mask that begins `by` octets later. */
static uint32_t mask_turn(uint32_t mask, uint64_t by)
{
    unsigned bits = 8 * (unsigned)(by & 3);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return mask >> bits | mask << (-bits & 31);
#else
    return mask << bits | mask >> (-bits & 31);
#endif
}

#if defined __x86_64__
/* At least 32 octets. Four times 32 a step: written out, because compilers do not unroll it at -O2. */
__attribute__((target("avx2"))) static void unmask_avx2(unsigned char *data, size_t len, uint32_t mask)
{
    const __m256i wide = _mm256_set1_epi32((int)mask);
    __m256i *end = (__m256i *)(void *)(data + len - 32);
    __m256i last = _mm256_xor_si256(_mm256_loadu_si256(end), _mm256_set1_epi32((int)mask_turn(mask, len)));
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
    _mm256_storeu_si256(end, last);
}

static bool unmask_wide(unsigned char *data, size_t len, uint32_t mask)
{
    if (len < 32 || !__builtin_cpu_supports("avx2"))
        return false;
    unmask_avx2(data, len, mask);
    return true;
}
#else
static bool unmask_wide(unsigned char *data, size_t len, uint32_t mask)
{
    (void)data, (void)len, (void)mask;
    return false;
}
#endif

static uint64_t word_xor(const unsigned char *at, uint32_t mask)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word ^ ((uint64_t)mask << 32 | mask);
}

/* At least eight octets. */
static void unmask_words(unsigned char *data, size_t len, uint32_t mask)
{
    uint64_t word, last = word_xor(data + len - sizeof word, mask_turn(mask, len));
    for (size_t i = 0; len - i >= sizeof word; i += sizeof word) {
        word = word_xor(data + i, mask);
        memcpy(data + i, &word, sizeof word);
    }
    memcpy(data + len - sizeof last, &last, sizeof last);
}

void ws_unmask(unsigned char *data, size_t len, const unsigned char key[4], uint64_t at)
{
    uint32_t mask;
    memcpy(&mask, key, sizeof mask);
    mask = mask_turn(mask, at);
    if (unmask_wide(data, len, mask))
        return;
    if (len >= 8)
        unmask_words(data, len, mask);
    else
        for (size_t i = 0; i < len; i++)
            data[i] ^= key[(at + i) & 3];
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
