// SPDX-License-Identifier: MIT
// What is written for any header and body, in any dialect, is one whole frame, and in 1.2 it is read back the
// same.
#include "pieces.h"
#include "wire/stomp_frame.h"
#include "wire/stomp_write.h"

/* The header that a writer of SEND would have to give to say the same; false when it was left out. */
static bool read_back(struct buf *b, struct stomp_pair want, struct slice body)
{
    static struct stomp_scratch scratch;
    const struct stomp_limits limits = {.frame = 1 << 20, .line = 1 << 20, .headers = 4};
    struct stomp_parser p;
    struct slice value;
    size_t used;
    stomp_parser_init(&p, &limits, &scratch);
    enum stomp_result result = stomp_parser_feed(&p, b->data, b->len, &used);
    if (result == STOMP_ERROR) { /* text that is not UTF-8 is written as it stands, and refused */
        assert(stomp_parser_error(&p) == ERR_STOMP_TEXT);
        return true;
    }
    assert(result == STOMP_FRAME && used == b->len);
    assert(slice_equals(stomp_parser_frame(&p)->body, body));
    bool found = stomp_frame_header(stomp_parser_frame(&p), want.name, &value);
    assert(!found || slice_equals(value, want.value) || slice_equals(want.name, SLICE("content-length")));
    stomp_parser_release(&p);
    return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3)
        return 0;
    struct slice rest = slice_of(data + 1, size - 1), name = slice_cut(&rest, '|'),
                 value = slice_cut(&rest, '|');
    struct slice body = rest.data == NULL ? SLICE("") : rest;
    struct stomp_pair pair = {name, value.data == NULL ? SLICE("") : value};
    struct stomp_message m = {.headers = &pair, .header_count = 1, .body = body};
    for (int dialect = 0; dialect < STOMP_DIALECTS; dialect++) {
        struct buf b;
        buf_init(&b, 1 << 20);
        buf_append_string(&b, "SEND\n"); /* MESSAGE's command would be refused from a client */
        stomp_write_message_rest(&b, (enum stomp_dialect)dialect, &m);
        assert(buf_ok(&b) && b.data[b.len - 1] == 0);
        bool can = name.len > 0 && memchr(name.data, 0, name.len) == NULL &&
                   (pair.value.len == 0 || memchr(pair.value.data, 0, pair.value.len) == NULL);
        if (dialect == STOMP_1_2 && !slice_equals(name, SLICE("content-length")))
            assert(read_back(&b, pair, body) == can);
        buf_release(&b);
    }
    return 0;
}
