// SPDX-License-Identifier: MIT
#include "engine/handshake.h"

#include "engine/ws_key.h"
#include "wire/http_fields.h"
#include "wire/ws_offer.h"

static bool has_token(const struct http_request *r, struct slice field, struct slice token)
{
    struct slice value;
    size_t i = 0;
    while (http1_head_field_next(r->head, r->base, field, &i, &value)) {
        if (http_list_has_token(value, token))
            return true;
    }
    return false;
}

static struct slice known_subprotocol(const struct http_successor *successor, struct slice offered)
{
    for (size_t i = 0; i < successor->subprotocol_count; i++) {
        if (slice_equals_nocase(offered, successor->subprotocols[i]))
            return successor->subprotocols[i];
    }
    return SLICE_NONE;
}

/* HS-9: the first of the client's list that is known. */
static struct slice agree(const struct http_request *r, const struct http_successor *successor)
{
    struct slice value;
    size_t i = 0;
    while (http1_head_field_next(r->head, r->base, SLICE("sec-websocket-protocol"), &i, &value)) {
        struct slice offered;
        while (http_list_next(&value, &offered)) {
            struct slice known = known_subprotocol(successor, offered);
            if (known.data != NULL)
                return known;
        }
    }
    return SLICE_NONE;
}

/* RFC 6455 4.2.1: offers that break the grammar end the handshake, also those that nobody would take. */
static bool offers_are_valid(const struct http_request *r)
{
    struct slice value;
    for (size_t i = 0;
         http1_head_field_next(r->head, r->base, SLICE("sec-websocket-protocol"), &i, &value);) {
        if (!ws_protocols_valid(value))
            return false;
    }
    for (size_t i = 0;
         http1_head_field_next(r->head, r->base, SLICE("sec-websocket-extensions"), &i, &value);) {
        if (!ws_extensions_valid(value))
            return false;
    }
    return true;
}

/* 11.3.1, 11.3.5 */
static bool is_single(const struct http_request *r, struct slice name)
{
    return http1_head_field_count(r->head, r->base, name) <= 1;
}

enum error handshake_read(const struct http_request *r, const struct http_successor *successor,
                          struct handshake *h)
{
    if (r->head->method != HTTP_METHOD_GET)
        return ERR_METHOD_NOT_ALLOWED;
    if (r->head->version != HTTP_VERSION_1_1 || r->head->has_body)
        return ERR_BAD_REQUEST;
    if (!has_token(r, SLICE("upgrade"), SLICE("websocket")) ||
        !has_token(r, SLICE("connection"), SLICE("upgrade")))
        return ERR_BAD_REQUEST;
    if (!is_single(r, SLICE("sec-websocket-version")) || !is_single(r, SLICE("sec-websocket-key")))
        return ERR_BAD_REQUEST;
    if (!slice_equals(http1_head_field(r->head, r->base, SLICE("sec-websocket-version")), SLICE("13")))
        return ERR_UPGRADE_REQUIRED;
    h->key = http1_head_field(r->head, r->base, SLICE("sec-websocket-key"));
    if (!ws_key_valid(h->key) || !offers_are_valid(r))
        return ERR_BAD_REQUEST;
    h->subprotocol = agree(r, successor);
    return ERR_NONE;
}
