// SPDX-License-Identifier: MIT
// The values of accept-version and heart-beat, against readers that cut and compare.
#include "pieces.h"
#include "wire/accept_version.h"
#include "wire/heart_beat.h"

static int naive_version(struct slice value, unsigned served)
{
    int highest = -1;
    for (struct slice rest = value; rest.data != NULL;) {
        struct slice item = slice_trim(slice_cut(&rest, ','));
        for (int dialect = 0; dialect < STOMP_DIALECTS; dialect++) {
            bool same = slice_equals(item, stomp_dialect_name((enum stomp_dialect)dialect));
            if (same && (served & STOMP_SERVES(dialect)) && dialect > highest)
                highest = dialect;
        }
    }
    return highest;
}

static bool naive_beats(struct slice value, uint64_t n[2])
{
    struct slice rest = value, first = slice_cut(&rest, ',');
    return first.len <= 9 && rest.len <= 9 && rest.data != NULL && slice_to_uint(first, 999999999, &n[0]) &&
           slice_to_uint(rest, 999999999, &n[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct slice value = slice_of(data + 1, size - 1);
    enum stomp_dialect agreed = STOMP_DIALECTS;
    int want = naive_version(value, data[0] & 7u);
    assert(accept_version_parse(value, data[0] & 7u, &agreed) == (want >= 0));
    assert(want < 0 || (int)agreed == want);
    uint64_t n[2] = {0, 0};
    uint32_t cx = 0, cy = 0;
    bool beats = naive_beats(value, n);
    assert(heart_beat_parse(value, &cx, &cy) == beats);
    assert(!beats || (cx == n[0] && cy == n[1]));
    return 0;
}
