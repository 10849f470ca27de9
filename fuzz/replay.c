// SPDX-License-Identifier: MIT
// Feeds files, or all files of folders, to a harness once each: corpus and regressions under any compiler.
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replayed;

static void replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return;
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    /* Exactly as large as the input, so that the sanitizers see a read past its end. */
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    if (data != NULL && size >= 0 && fread(data, 1, (size_t)size, f) == (size_t)size) {
        LLVMFuzzerTestOneInput(data, (size_t)size);
        replayed++;
    }
    free(data);
    fclose(f);
}

static void replay(const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL) {
        replay_file(path);
        return;
    }
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        char inner[4096];
        if (entry->d_name[0] == '.')
            continue;
        int len = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (len > 0 && (size_t)len < sizeof inner)
            replay_file(inner);
    }
    closedir(dir);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("%d inputs replayed\n", replayed);
    return replayed > 0 ? 0 : 1;
}
