// SPDX-License-Identifier: MIT
#include "support/scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/test.h"

void scratch_init(struct scratch *s)
{
    const char *root = getenv("TMPDIR");
    (void)snprintf(s->path, sizeof s->path, "%s/parley-XXXXXX",
                   root == NULL || strlen(root) > 32 ? "/tmp" : root);
    char *made = mkdtemp(s->path);
    assert(made != NULL);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status, (void)type, (void)where;
    return remove(path);
}

void scratch_release(struct scratch *s)
{
    (void)nftw(s->path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_path(struct scratch *s, const char *name)
{
    static char path[192];
    (void)snprintf(path, sizeof path, "%s/%s", s->path, name);
    return path;
}

mode_t scratch_mode(struct scratch *s, const char *name)
{
    struct stat status;
    return stat(scratch_path(s, name), &status) == 0 ? status.st_mode & 07777 : 0;
}
