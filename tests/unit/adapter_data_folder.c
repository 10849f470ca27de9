// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapter/data_folder.h"
#include "adapter/secrets.h"
#include "support/scratch.h"
#include "support/test.h"

static void count_up(const struct random *r, void *octets, size_t n)
{
    (void)r;
    for (size_t i = 0; i < n; i++)
        ((unsigned char *)octets)[i] = (unsigned char)i;
}
static const struct random counting = {count_up};

static void put(const char *path, const char *text, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert(fd != -1);
    ssize_t n = write(fd, text, strlen(text));
    assert(n == (ssize_t)strlen(text) && fchmod(fd, mode) == 0);
    close(fd);
}

static bool says(const struct problem *why, const char *word)
{
    return strstr(why->text, word) != NULL;
}

TEST(modes, "folder 0700, files 0600, whatever the umask and whatever they were")
{
    struct scratch s;
    struct data_folder f;
    struct problem why = {""};
    scratch_init(&s);
    mode_t mask = umask(0);
    char path[128];
    (void)snprintf(path, sizeof path, "%s", scratch_path(&s, "data"));
    CHECK(data_folder_open(&f, path, &why));
    CHECK(data_folder_touch(&f, "base", &why));
    CHECK(data_folder_write(&f, "small", SLICE("text"), &why));
    umask(mask);
    CHECK_INT(scratch_mode(&s, "data"), 0700);
    CHECK_INT(scratch_mode(&s, "data/lock"), 0600);
    CHECK_INT(scratch_mode(&s, "data/base"), 0600);
    CHECK_INT(scratch_mode(&s, "data/small"), 0600);
    CHECK(chmod(scratch_path(&s, "data/base"), 0644) == 0 && data_folder_touch(&f, "base", &why));
    CHECK_INT(scratch_mode(&s, "data/base"), 0600);
    data_folder_close(&f);
    scratch_release(&s);
}

TEST(lock, "a second process is told who holds the folder, and gets it when that one is gone")
{
    struct scratch s;
    struct data_folder f, second;
    struct problem why = {""};
    scratch_init(&s);
    CHECK(data_folder_open(&f, s.path, &why));
    CHECK(!data_folder_open(&second, s.path,
                            &why)); /* flock belongs to the open file: as another process would */
    char pid[16];
    (void)snprintf(pid, sizeof pid, "(%ld)", (long)getpid());
    CHECK(says(&why, "in use by another process") && says(&why, pid) && says(&why, s.path));
    data_folder_close(&f);
    CHECK(data_folder_open(&second, s.path, &why));
    data_folder_close(&second);
    scratch_release(&s);
}

TEST(lock_killed, "a process that is killed leaves no lock behind")
{
    struct scratch s;
    struct data_folder f;
    struct problem why = {""};
    scratch_init(&s);
    pid_t child = fork();
    if (child == 0) {
        if (!data_folder_open(&f, s.path, &why))
            _exit(1);
        (void)raise(SIGKILL);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
    CHECK(data_folder_open(&f, s.path, &why));
    data_folder_close(&f);
    scratch_release(&s);
}

TEST(impossible, "a folder that cannot be is refused with its name")
{
    struct scratch s;
    struct data_folder f;
    struct problem why = {""};
    scratch_init(&s);
    put(scratch_path(&s, "file"), "", 0600);
    CHECK(!data_folder_open(&f, "", &why));
    CHECK(!data_folder_open(&f, scratch_path(&s, "file"), &why) && says(&why, "file"));
    CHECK(!data_folder_open(&f, scratch_path(&s, "no/such"), &why) && says(&why, "no/such"));
    scratch_release(&s);
}

TEST(replace, "a file is replaced as a whole, also over what a killed writer left")
{
    struct scratch s;
    struct data_folder f;
    struct problem why = {""};
    unsigned char got[8];
    size_t len;
    scratch_init(&s);
    CHECK(data_folder_open(&f, s.path, &why));
    CHECK(data_folder_read(&f, "small", got, sizeof got, &len, &why) && len == SIZE_MAX);
    put(scratch_path(&s, ".small.new"), "half", 0644);
    CHECK(data_folder_write(&f, "small", SLICE("first"), &why));
    CHECK(data_folder_write(&f, "small", SLICE("second"), &why));
    CHECK(data_folder_read(&f, "small", got, sizeof got, &len, &why) &&
          slice_equals(slice_of(got, len), SLICE("second")));
    CHECK_INT(scratch_mode(&s, ".small.new"), 0);
    CHECK(!data_folder_read(&f, "small", got, 5, &len, &why) && says(&why, "too long"));
    data_folder_close(&f);
    scratch_release(&s);
}

TEST(secret_made, "a secret is made once, random, mode 0600, and found again; D3.4")
{
    struct scratch s;
    struct data_folder f;
    struct problem why = {""};
    struct secret made, found;
    scratch_init(&s);
    CHECK(data_folder_open(&f, s.path, &why));
    CHECK(secret_load(&made, &f, "access.key", &random_system, &why));
    CHECK_INT(secret_expose(&made).len, SECRET_MIN);
    CHECK_INT(scratch_mode(&s, "access.key"), 0600);
    CHECK(secret_load(&found, &f, "access.key", &counting, &why));
    CHECK(slice_equals_secret(secret_expose(&made), secret_expose(&found)));
    struct secret other;
    CHECK(secret_load(&other, &f, "refresh.key", &random_system, &why));
    CHECK(!slice_equals_secret(secret_expose(&made), secret_expose(&other)));
    secret_wipe(&made);
    CHECK_INT(secret_expose(&made).len, 0);
    static const struct secret nothing;
    CHECK(memcmp(&made, &nothing, sizeof made) == 0);
    data_folder_close(&f);
    scratch_release(&s);
}

TEST(secret_refused, "a secret that others may read, that is short, long, or a link is refused; D3.4")
{
    static const char *const key = "0123456789abcdef0123456789abcdef";
    struct scratch s;
    struct data_folder f;
    struct problem why = {""};
    struct secret got;
    scratch_init(&s);
    CHECK(data_folder_open(&f, s.path, &why));
    static const mode_t open_modes[] = {0640, 0604, 0660, 0620};
    for (size_t i = 0; i < ARRAY_LEN(open_modes); i++) {
        put(scratch_path(&s, "key"), key, open_modes[i]);
        CHECK(!secret_load(&got, &f, "key", &counting, &why) && says(&why, "0600"));
        CHECK_INT(secret_expose(&got).len, 0);
    }
    put(scratch_path(&s, "key"), key, 0400);
    CHECK(secret_load(&got, &f, "key", &counting, &why) &&
          slice_equals(secret_expose(&got), slice_from_string(key)));
    put(scratch_path(&s, "key2"), "short", 0600);
    CHECK(!secret_load(&got, &f, "key2", &counting, &why) && says(&why, "too short"));
    char path[192];
    (void)snprintf(path, sizeof path, "%s", scratch_path(&s, "key"));
    CHECK(symlink(path, scratch_path(&s, "link")) == 0);
    CHECK(!secret_load(&got, &f, "link", &counting, &why));
    CHECK(mkdir(scratch_path(&s, "folder"), 0700) == 0 && !secret_load(&got, &f, "folder", &counting, &why));
    data_folder_close(&f);
    scratch_release(&s);
}

TEST(secret_set, "a configured secret has 32 to 512 octets; D3.4")
{
    struct secret s;
    unsigned char octets[SECRET_MAX + 1] = {1};
    CHECK(!secret_set(&s, slice_of(octets, SECRET_MIN - 1)) && secret_expose(&s).len == 0);
    CHECK(secret_set(&s, slice_of(octets, SECRET_MIN)) && secret_expose(&s).len == SECRET_MIN);
    CHECK(secret_set(&s, slice_of(octets, SECRET_MAX)));
    CHECK(!secret_set(&s, slice_of(octets, SECRET_MAX + 1)) && secret_expose(&s).len == 0);
}
