// SPDX-License-Identifier: MIT
// Small field values that decide something: credentials, Host, lists, entity tags.
#include "pieces.h"
#include "wire/authorization.h"
#include "wire/http_fields.h"

static void check_bearer(struct slice value)
{
    struct slice token = SLICE_NONE;
    if (!authorization_bearer(value, &token)) {
        assert(token.data == NULL);
        return;
    }
    assert(slice_equals_nocase(slice_of(value.data, 6), SLICE("bearer")) && value.data[6] == ' ');
    assert(token.len > 0 && token.data + token.len == value.data + value.len && token.data[-1] == ' ');
    assert(token.data[0] != '=' && memchr(token.data, ' ', token.len) == NULL);
}

static void check_host(struct slice value)
{
    struct slice name = http_host_name(value);
    assert(http_is_host(value) == (name.len > 0));
    if (name.len == 0)
        return;
    struct slice port = slice_after(value, name.len);
    assert(port.len == 0 || (port.data[0] == ':' && port.len <= 6));
    assert(name.data[0] == '[' || memchr(name.data, ':', name.len) == NULL);
}

static void check_list(struct slice value)
{
    struct slice rest = value, element;
    while (http_list_next(&rest, &element)) {
        assert(element.len > 0 && element.data >= value.data);
        assert(element.data + element.len <= value.data + value.len);
        assert(http_list_has_token(value, element));
        if (element.data[0] == '"' && element.data[element.len - 1] == '"' && element.len > 1 &&
            memchr(element.data, '\\', element.len) == NULL && memchr(element.data, ' ', element.len) == NULL)
            http_etag_matches(value, element);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice value = slice_of(data, size);
    if (size > 500)
        return 0; /* looking for every element is quadratic */
    check_bearer(value);
    check_host(value);
    check_list(value);
    return 0;
}
