// SPDX-License-Identifier: MIT
// Where a client is, when there may be proxies in between (design.md section 8).
//
// Each proxy appends to X-Forwarded-For whom it was asked by. So the list is believed from its end, as far as those who
// wrote it are trusted: the last address that is no trusted proxy is the client, and what stands before it anybody can
// have made up.
#include "api/internal.h"
#include "wire/http_fields.h"

static bool is_trusted(const struct api_options *o, const struct ip_address *a)
{
    for (size_t i = 0; i < o->proxy_count; i++) {
        if (ip_network_contains(&o->proxies[i], a))
            return true;
    }
    return false;
}

/* Goes through one line of the field. An element that is no address hides who is in front of it: then it is the proxy
 * itself that is known. Where all are trusted, the first is the client. */
static void walk(const struct api *a, const struct ip_address *peer, struct slice line,
                 struct ip_address *client, bool *begun)
{
    struct slice element;
    struct ip_address one;
    while (http_list_next(&line, &element)) {
        if (!a->shared->address_parse(element, &one))
            *client = *peer;
        else if (!*begun || !is_trusted(&a->shared->options, &one))
            *client = one;
        *begun = true;
    }
}

/* All zeros when nobody can tell. */
static struct ip_address peer_address(const struct api_request *r)
{
    struct connection_peer peer = {.address = ""};
    struct ip_address address = {{0}};
    if (r->api->engine->look_at_peer == NULL)
        return address;
    r->api->engine->look_at_peer(r->connection, &peer);
    (void)r->api->shared->address_parse(slice_from_string(peer.address), &address);
    return address;
}

struct ip_address api_client_address(const struct api_request *r)
{
    const struct api *a = r->api;
    struct ip_address peer = peer_address(r), client = peer;
    if (!is_trusted(&a->shared->options, &peer))
        return peer;
    struct slice line, real = api_field(r, SLICE("x-real-ip"));
    size_t at = 0;
    bool begun = false;
    while (http1_head_field_next(r->http->head, r->http->base, SLICE("x-forwarded-for"), &at, &line))
        walk(a, &peer, line, &client, &begun);
    if (!begun)
        (void)a->shared->address_parse(slice_trim(real), &client);
    return client;
}
