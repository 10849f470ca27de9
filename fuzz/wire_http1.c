// SPDX-License-Identifier: MIT
// A request head: cut or whole, skipped or walked octet by octet, it comes to the same; and what is handed
// out lies inside it. The second octet chooses the limits.
#include "pieces.h"
#include "support/http1_plain.h"

static void check_slices(const struct http1_head *h, const unsigned char *base)
{
    struct slice name, value, target = http1_head_target(h, base), query = http1_head_query(h, base);
    assert(target.len <= h->max_target && target.data[0] == '/');
    assert(http1_head_path(h, base).len + (query.data == NULL ? 0 : query.len + 1) == target.len);
    assert(h->has_body == (h->content_length > 0 || h->is_chunked));
    assert(!(h->has_length && h->is_chunked) && (h->has_length || h->is_chunked || !h->has_body));
    assert(http1_head_field_count(h, base, SLICE("transfer-encoding")) == h->is_chunked);
    assert(http1_head_field_count(h, base, SLICE("host")) + (h->version == HTTP_VERSION_1_0) >= 1);
    for (size_t i = 0; i < h->field_count; i++) {
        http1_head_field_at(h, base, i, &name, &value);
        assert(name.len > 0 && value.data + value.len <= base + h->nread);
        assert(memchr(value.data, '\n', value.len) == NULL && memchr(value.data, '\0', value.len) == NULL);
    }
}

static void run_cut(struct http1_head *h, struct slice input, uint8_t seed)
{
    struct pieces pieces = pieces_cut(input, seed);
    unsigned char *piece;
    size_t len, so_far = 0;
    while (pieces_next(&pieces, &piece, &len)) {
        so_far += len;
        unsigned char *prefix = malloc(so_far); /* elsewhere each time, and exactly as large */
        assert(prefix != NULL);
        memcpy(prefix, input.data, so_far);
        http1_head_execute(h, prefix, so_far);
        assert(http1_head_valid(h));
        free(prefix);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http1_head whole, plain, cut;
    if (size < 2)
        return 0;
    struct slice input = slice_of(data + 2, size - 2);
    size_t max_head = (data[1] & 1) != 0 ? 16384 : 64, max_target = (data[1] & 1) != 0 ? 8192 : 24;
    http1_head_init(&whole, max_target, max_head);
    http1_plain_init(&plain, max_target, max_head);
    http1_head_init(&cut, max_target, max_head);
    http1_head_execute(&whole, input.data, input.len);
    http1_plain_execute(&plain, input.data, input.len);
    run_cut(&cut, input, data[0]);
    assert(http1_head_valid(&whole) && http1_same(&whole, &plain) && http1_same(&whole, &cut));
    if (whole.result == HTTP1_DONE)
        check_slices(&whole, input.data);
    return 0;
}
