// SPDX-License-Identifier: MIT
// What a client offers: a list that passes has elements that are tokens, and what passes as subprotocols
// passes as extensions without parameters.
#include <stdint.h>
#include <stdlib.h>

#include "base/object.h"
#include "wire/http_fields.h"
#include "wire/ws_offer.h"

static void check_protocols(struct slice value)
{
    struct slice element, rest = value;
    size_t count = 0;
    for (; http_list_next(&rest, &element); count++)
        assert(http_is_token(element));
    assert(count > 0 && ws_extensions_valid(value));
}

static void check_extensions(struct slice value)
{
    struct slice element, rest = value;
    size_t count = 0;
    for (; http_list_next(&rest, &element); count++)
        assert(http_is_token(slice_trim(slice_cut(&element, ';'))));
    assert(count > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *octets = malloc(size + 1); /* of its own, so that the sanitizers see its end */
    assert(octets != NULL);
    if (size > 0)
        memcpy(octets + 1, data, size);
    struct slice value = slice_of(octets + 1, size);
    if (ws_protocols_valid(value))
        check_protocols(value);
    if (ws_extensions_valid(value))
        check_extensions(value);
    free(octets);
    return 0;
}
