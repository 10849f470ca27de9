// SPDX-License-Identifier: MIT
// Patterns against a second reading, which tries every way: first line the pattern, the rest the destination.
#include "broker/pattern.h"
#include "pieces.h"

static bool segment_fits(struct slice p, struct slice t)
{
    if (p.len == 0)
        return t.len == 0;
    if (p.data[0] == '*')
        return segment_fits(slice_after(p, 1), t) || (t.len > 0 && segment_fits(p, slice_after(t, 1)));
    return t.len > 0 && (p.data[0] == '?' || p.data[0] == t.data[0]) &&
           segment_fits(slice_after(p, 1), slice_after(t, 1));
}

/* data NULL: no segment is left. */
static bool fits(struct slice p, struct slice t)
{
    struct slice p_rest = p, t_rest = t;
    if (p.data == NULL)
        return t.data == NULL;
    struct slice segment = slice_cut(&p_rest, '/');
    if (slice_equals(segment, SLICE("**"))) {
        if (fits(p_rest, t))
            return true;
        if (t.data == NULL)
            return false;
        (void)slice_cut(&t_rest, '/');
        return fits(p, t_rest);
    }
    if (t.data == NULL)
        return false;
    struct slice text = slice_cut(&t_rest, '/');
    bool same = segment.len > 0 && segment.data[0] == '{' ? text.len > 0 : segment_fits(segment, text);
    return same && fits(p_rest, t_rest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice destination = slice_of(data, size);
    struct slice pattern = slice_cut(&destination, '\n');
    if (size > 48 || destination.data == NULL || !pattern_valid(pattern))
        return 0; /* the second reading is exponential */
    bool expected = fits(pattern, destination);
    assert(pattern_matches(pattern, destination) == expected);
    if (!pattern_is(pattern))
        assert(expected == slice_equals(pattern, destination));
    return 0;
}
