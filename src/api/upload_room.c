// SPDX-License-Identifier: MIT
// Room for uploads: places among those that are long, and octets in the spool.
//
// A form that is no longer than any other body may be needs no place: a message without files comes so, and whoever sends
// large files slowly must not keep it waiting. It counts in the spool from its first octet of a file on.
#include "api/uploads_internal.h"

static bool take_place(struct upload *u)
{
    struct api_shared *shared = u->api->shared;
    if (atomic_fetch_add(&shared->uploads, 1) >= shared->options.uploads.at_once) {
        atomic_fetch_sub(&shared->uploads, 1);
        return false;
    }
    u->has_place = true;
    return true;
}

bool upload_room_reserve(struct upload *u)
{
    struct api_shared *shared = u->api->shared;
    if (u->reserved > 0)
        return true;
    if (atomic_fetch_add(&shared->spooled, u->length) + u->length > shared->options.uploads.spool) {
        atomic_fetch_sub(&shared->spooled, u->length);
        return false;
    }
    u->reserved = u->length;
    return true;
}

bool upload_room_take(struct upload *u)
{
    return u->is_small || (take_place(u) && upload_room_reserve(u));
}

void upload_room_give_back(struct upload *u)
{
    struct api_shared *shared = u->api->shared;
    atomic_fetch_sub(&shared->spooled, u->reserved);
    if (u->has_place)
        atomic_fetch_sub(&shared->uploads, 1);
    u->reserved = 0;
    u->has_place = false;
}
