// SPDX-License-Identifier: MIT
#include "adapter/secrets.h"

void secret_wipe(struct secret *s)
{
    explicit_bzero(s, sizeof *s);
}

struct slice secret_expose(const struct secret *s)
{
    return slice_of(s->hidden.octets, s->hidden.len);
}

bool secret_set(struct secret *s, struct slice octets)
{
    secret_wipe(s);
    if (octets.len < SECRET_MIN || octets.len > SECRET_MAX)
        return false;
    memcpy(s->hidden.octets, octets.data, octets.len);
    s->hidden.len = octets.len;
    return true;
}

static bool make(struct secret *s, const struct data_folder *folder, const char *name,
                 const struct random *random, struct problem *why)
{
    random->fill(random, s->hidden.octets, SECRET_MIN);
    s->hidden.len = SECRET_MIN;
    if (data_folder_write(folder, name, secret_expose(s), why))
        return true;
    secret_wipe(s);
    return false;
}

bool secret_load(struct secret *s, const struct data_folder *folder, const char *name,
                 const struct random *random, struct problem *why)
{
    secret_wipe(s);
    size_t len;
    if (!data_folder_read(folder, name, s->hidden.octets, sizeof s->hidden.octets, &len, why)) {
        secret_wipe(s);
        return false;
    }
    if (len == SIZE_MAX)
        return make(s, folder, name, random, why);
    if (len < SECRET_MIN) {
        secret_wipe(s);
        return problem_set(why, "%s/%s is too short for a key", folder->path, name);
    }
    s->hidden.len = len;
    return true;
}
