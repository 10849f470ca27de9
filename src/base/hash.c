// SPDX-License-Identifier: MIT
#include "base/hash.h"

struct sip {
    uint64_t v0, v1, v2, v3;
};

static uint64_t rotate(uint64_t x, unsigned by)
{
    return x << by | x >> (64 - by);
}

static void sip_rounds(struct sip *s, int rounds)
{
    for (int i = 0; i < rounds; i++) {
        s->v0 += s->v1;
        s->v1 = rotate(s->v1, 13) ^ s->v0;
        s->v0 = rotate(s->v0, 32);
        s->v2 += s->v3;
        s->v3 = rotate(s->v3, 16) ^ s->v2;
        s->v0 += s->v3;
        s->v3 = rotate(s->v3, 21) ^ s->v0;
        s->v2 += s->v1;
        s->v1 = rotate(s->v1, 17) ^ s->v2;
        s->v2 = rotate(s->v2, 32);
    }
}

static void sip_word(struct sip *s, uint64_t word)
{
    s->v3 ^= word;
    sip_rounds(s, 2);
    s->v0 ^= word;
}

/* Little endian on every machine, so that the published vectors hold. */
static uint64_t load(const unsigned char *octets, size_t n)
{
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)octets[i] << 8 * i;
    return word;
}

struct hash_key hash_key_draw(const struct random *random)
{
    struct hash_key key;
    random->fill(random, &key, sizeof key);
    return key;
}

uint64_t hash_slice(const struct hash_key *key, struct slice s)
{
    struct sip sip = {
        .v0 = key->k0 ^ UINT64_C(0x736f6d6570736575),
        .v1 = key->k1 ^ UINT64_C(0x646f72616e646f6d),
        .v2 = key->k0 ^ UINT64_C(0x6c7967656e657261),
        .v3 = key->k1 ^ UINT64_C(0x7465646279746573),
    };
    size_t whole = s.len & ~(size_t)7;
    for (size_t i = 0; i < whole; i += 8)
        sip_word(&sip, load(s.data + i, 8));
    uint64_t rest = s.len > whole ? load(s.data + whole, s.len - whole) : 0;
    sip_word(&sip, rest | (uint64_t)s.len << 56);
    sip.v2 ^= 0xff;
    sip_rounds(&sip, 4);
    return sip.v0 ^ sip.v1 ^ sip.v2 ^ sip.v3;
}
