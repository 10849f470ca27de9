// SPDX-License-Identifier: MIT
// However a text is cut, it is judged alike; what is valid has as many characters as it has lead octets.
#include "base/utf8.h"
#include "pieces.h"

static bool judge(struct pieces pieces)
{
    struct utf8 u;
    unsigned char *data;
    size_t len;
    bool good = true;
    utf8_init(&u);
    while (pieces_next(&pieces, &data, &len)) {
        bool now = utf8_feed(&u, slice_of(data, len));
        assert(good || !now); /* what is spoiled stays so */
        good = now;
    }
    return good && utf8_complete(&u);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct slice text = slice_of(data + 1, size - 1);
    bool valid = utf8_valid(text);
    assert(judge(pieces_whole(text)) == valid);
    assert(judge(pieces_cut(text, data[0])) == valid);
    assert(utf8_length(text) <= text.len && (!valid || utf8_length(text) * 4 >= text.len));
    return 0;
}
