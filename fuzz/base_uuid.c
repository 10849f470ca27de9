// SPDX-License-Identifier: MIT
// What is read as a UUID is written back the same, but for the case of its letters.
#include "base/uuid.h"
#include "pieces.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = slice_of(data, size);
    struct uuid u, again;
    char out[UUID_TEXT];
    if (!uuid_parse(text, &u))
        return 0;
    uuid_format(&u, out);
    assert(slice_equals_nocase(text, slice_of(out, sizeof out)));
    assert(uuid_parse(slice_of(out, sizeof out), &again) && uuid_equals(&u, &again));
    return 0;
}
