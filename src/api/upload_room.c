// SPDX-License-Identifier: MIT
// Room for uploads: places among those that are long, and octets in the spool. An address may have half of either.
//
// A form that is no longer than any other body may be needs no place: a message without files comes so, and whoever sends
// large files slowly must not keep it waiting. It counts in the spool from its first octet of a file on.
#include "api/uploads_internal.h"

static bool take_place(struct upload *u)
{
    struct api_shared *shared = u->api->shared;
    uint32_t most = shared->options.uploads.at_once;
    if (!shares_take(&shared->uploads_of, u->share, 1, most - most / 2))
        return false;
    u->has_place = atomic_fetch_add(&shared->uploads, 1) < most;
    if (u->has_place)
        return true;
    atomic_fetch_sub(&shared->uploads, 1);
    shares_give_back(&shared->uploads_of, u->share, 1);
    return false;
}

/* Half of the spool, but at least one request. */
static uint64_t spool_share(const struct upload_limits *limits)
{
    uint64_t half = limits->spool / 2;
    return half > limits->request ? half : limits->request;
}

bool upload_room_reserve(struct upload *u)
{
    struct api_shared *shared = u->api->shared;
    const struct upload_limits *limits = &shared->options.uploads;
    if (u->reserved > 0)
        return true;
    if (!shares_take(&shared->spooled_of, u->share, u->length, spool_share(limits)))
        return false;
    if (atomic_fetch_add(&shared->spooled, u->length) + u->length <= limits->spool) {
        u->reserved = u->length;
        return true;
    }
    atomic_fetch_sub(&shared->spooled, u->length);
    shares_give_back(&shared->spooled_of, u->share, u->length);
    return false;
}

bool upload_room_take(struct upload *u)
{
    return u->is_small || (take_place(u) && upload_room_reserve(u));
}

void upload_room_give_back(struct upload *u)
{
    struct api_shared *shared = u->api->shared;
    atomic_fetch_sub(&shared->spooled, u->reserved);
    shares_give_back(&shared->spooled_of, u->share, u->reserved);
    u->reserved = 0;
    if (!u->has_place)
        return;
    atomic_fetch_sub(&shared->uploads, 1);
    shares_give_back(&shared->uploads_of, u->share, 1);
    u->has_place = false;
}
