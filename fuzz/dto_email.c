// SPDX-License-Identifier: MIT
// E-mail addresses (grammar/parsers/email.rl): whatever is accepted has the shape that the rest relies on.
#include <stdint.h>

#include "base/object.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "dto/email.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice address = slice_of(data, size);
    if (!utf8_valid(address) || !email_is_address(address)) /* what is no UTF-8 never comes this far */
        return 0;
    struct slice rest = address;
    struct slice local = slice_cut(&rest, '@');
    assert(local.len > 0 && local.len <= EMAIL_LOCAL && rest.len > 0);
    assert(memchr(rest.data, '@', rest.len) == NULL);
    for (size_t i = 0; i < size; i++)
        assert(data[i] > ' ' && data[i] != 0x7F && data[i] != '"' && data[i] != '<');
    return 0;
}
