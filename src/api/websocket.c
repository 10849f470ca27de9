// SPDX-License-Identifier: MIT
// The handshake of a STOMP session: who may open one from where, and what it brings along (protocols.md HS-1, HS-6, HS-7).
#include "api/credentials.h"
#include "wire/http_fields.h"
#include "wire/http_response.h"

/* An origin is a scheme, a host and a port (RFC 6454 section 4); the port that the scheme implies may be left out. */
static bool is_same_origin(struct slice origin, struct slice host)
{
    static const struct {
        struct slice scheme, port;
    } schemes[] = {{SLICE_INIT("http://"), SLICE_INIT(":80")}, {SLICE_INIT("https://"), SLICE_INIT(":443")}};
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
        if (!slice_starts_with(origin, schemes[i].scheme))
            continue;
        struct slice authority = slice_after(origin, schemes[i].scheme.len), port = schemes[i].port;
        if (host.len == authority.len + port.len && slice_equals(slice_after(host, authority.len), port))
            host.len = authority.len;
        return authority.len > 0 && slice_equals_nocase(authority, host);
    }
    return false;
}

static bool is_allowed_origin(const struct api *a, struct slice origin, struct slice host)
{
    struct slice rest = slice_from_string(a->shared->options.allowed_origins), item;
    if (is_same_origin(origin, host))
        return true;
    while (http_list_next(&rest, &item)) {
        if (slice_equals(item, SLICE("*")) || slice_equals_nocase(item, origin))
            return true;
    }
    return false;
}

/* HS-6, HS-7: browsers say where a page came from, once; other clients need not. */
static bool origin_passes(const struct api_request *r)
{
    size_t count = http1_head_field_count(r->http->head, r->http->base, SLICE("origin"));
    return count == 0 || (count == 1 && is_allowed_origin(r->api, api_field(r, SLICE("origin")),
                                                          api_field(r, SLICE("host"))));
}

/* HS-1: no body. */
static void refuse_method(struct api_request *r)
{
    struct buf fields;
    buf_init(&fields, API_FIELDS_LIMIT);
    api_common_fields(r->api, r->connection, &fields);
    http_response_field_string(&fields, "Allow", "GET");
    if (buf_ok(&fields))
        api_reply(r->connection, 405, SLICE_NONE, buf_slice(&fields), NULL);
    else
        connection_abort(r->connection, ERR_OUT_OF_MEMORY);
    buf_release(&fields);
}

void api_open_websocket(struct api_request *r)
{
    struct handshake_credentials credentials;
    if (r->http->head->method != HTTP_METHOD_GET) {
        refuse_method(r);
        return;
    }
    enum error error = origin_passes(r) ? credentials_of_handshake(r, &credentials) : ERR_FORBIDDEN_ORIGIN;
    if (error != ERR_NONE) {
        api_refuse(r->api, r->connection, error, r->path, r->language, NULL);
        return;
    }
    struct slice note = handshake_credentials_pack(&r->arena, &credentials);
    if (arena_ok(&r->arena))
        http_upgrade(r->connection, r->http, &stomp_successor, note);
    else
        connection_abort(r->connection, ERR_OUT_OF_MEMORY);
}
