// SPDX-License-Identifier: MIT
#include "base/uuid.h"

%%{
    machine uuid;
    alphtype unsigned char;

    # '0' to '9' end in 0x0 to 0x9; letters have bit 6 set and end in 0x1 to 0x6.
    action hex_digit {
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }

    include rfc9562 "rfc9562.rl";
    main := UUID;
    write data noerror;
}%%

bool uuid_parse(struct slice s, struct uuid *u)
{
    unsigned char octets[16];
    size_t at = 0;
    int cs;
    if (s.len != UUID_TEXT)
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    memset(octets, 0, sizeof octets);
    %% write init;
    %% write exec;
    if (cs < uuid_first_final)
        return false;
    memcpy(u->octets, octets, sizeof octets);
    return true;
}

void uuid_format(const struct uuid *u, char out[UUID_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof u->octets; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = '-';
        *out++ = digits[u->octets[i] >> 4];
        *out++ = digits[u->octets[i] & 0xF];
    }
}

void uuid_make(struct uuid *u, const unsigned char random[16])
{
    memcpy(u->octets, random, sizeof u->octets);
    u->octets[6] = (unsigned char)((u->octets[6] & 0x0F) | 0x40); /* version 4 */
    u->octets[8] = (unsigned char)((u->octets[8] & 0x3F) | 0x80); /* variant of RFC 9562 */
}
