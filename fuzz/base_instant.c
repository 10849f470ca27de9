// SPDX-License-Identifier: MIT
// What is read as an instant lies in the calendar, and is read again from what is written.
#include "base/instant.h"
#include "pieces.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = slice_of(data, size);
    char out[INSTANT_ROOM];
    int64_t instant, again;
    if (!instant_parse(text, &instant))
        return 0;
    assert(instant >= INSTANT_MIN && instant <= INSTANT_MAX);
    assert(instant_format(instant, out) == INSTANT_TEXT && strlen(out) == INSTANT_TEXT);
    assert(instant_parse(slice_from_string(out), &again) && again == instant);
    /* A text in UTC and with capitals says the same to the second. */
    if (text.data[text.len - 1] == 'Z' && text.data[10] == 'T')
        assert(memcmp(text.data, out, 19) == 0);
    return 0;
}
