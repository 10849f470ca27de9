// SPDX-License-Identifier: MIT
#include "adapter/bcrypt_passwords.h"

#include <crypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/object.h"
#include "base/service.h"

enum {
    BCRYPT_MAGIC = 0x42435259,
    PASSWORD_ROOM = 72, /* what bcrypt reads */
    SALT_OCTETS = 16,
    HASH_LENGTH = PASSWORD_HASH - 1,
    SETTING_LENGTH = 29 /* "$2b$10$" and 22 characters of salt */
};

const struct bcrypt_options bcrypt_defaults = {.cost = 10, .threads = 0, .queue = 128, .nice = 5};

/* Calls of one operation that wait, the oldest first. */
struct password_line {
    struct mail *first, *last;
};

struct bcrypt_worker {
    struct service service;
    struct bcrypt_passwords *owner;
    _Atomic unsigned unfinished;
    struct crypt_data data; /* 32 KiB, too much for a stack */
};

/* --- bcrypt --- */

/* The NUL-terminated copy that crypt wants, cut as bcrypt would cut it. False when there is a NUL inside,
 * behind which crypt would see nothing. */
static bool copy_password(struct slice password, char to[PASSWORD_ROOM + 1])
{
    if (password.len > 0 && memchr(password.data, '\0', password.len) != NULL)
        return false;
    size_t len = password.len < PASSWORD_ROOM ? password.len : PASSWORD_ROOM;
    if (len > 0)
        memcpy(to, password.data, len);
    to[len] = '\0';
    return true;
}

/* NULL when crypt refuses the setting. The result lies in w->data. */
static const char *hash(struct bcrypt_worker *w, const char *password, const char *setting)
{
    w->data.initialized = 0;
    return crypt_rn(password, setting, &w->data, (int)sizeof w->data);
}

static void wipe(struct bcrypt_worker *w, char password[PASSWORD_ROOM + 1])
{
    explicit_bzero(password, PASSWORD_ROOM + 1);
    explicit_bzero(&w->data, sizeof w->data);
}

static enum error make_hash(struct bcrypt_worker *w, struct password_call *c)
{
    const struct bcrypt_passwords *p = w->owner;
    char password[PASSWORD_ROOM + 1], salt[SALT_OCTETS], setting[CRYPT_GENSALT_OUTPUT_SIZE];
    if (c->password.len == 0 || !copy_password(c->password, password))
        return ERR_INVALID_REQUEST;
    p->random->fill(p->random, salt, sizeof salt);
    const char *made = NULL;
    if (crypt_gensalt_rn("$2b$", p->cost, salt, sizeof salt, setting, (int)sizeof setting) != NULL)
        made = hash(w, password, setting);
    bool taken = made != NULL && strlen(made) == HASH_LENGTH;
    if (taken)
        memcpy(c->hash, made, PASSWORD_HASH);
    wipe(w, password);
    return taken ? ERR_NONE : ERR_SERVICE_UNAVAILABLE;
}

static bool is_bcrypt(const char hash_text[PASSWORD_HASH])
{
    static const char *const prefixes[] = {"$2a$", "$2b$", "$2y$"};
    if (strnlen(hash_text, PASSWORD_HASH) != HASH_LENGTH)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
        if (strncmp(hash_text, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    }
    return false;
}

/* A user who is not there costs the time of one who is: the work is done, its result is not looked at. */
static void waste_time(struct bcrypt_worker *w, const char *password)
{
    char setting[SETTING_LENGTH + 1];
    (void)snprintf(setting, sizeof setting, "$2b$%02u$......................", w->owner->cost);
    (void)hash(w, password, setting);
}

static enum error verify(struct bcrypt_worker *w, struct password_call *c)
{
    char password[PASSWORD_ROOM + 1] = "";
    bool whole = copy_password(c->password, password);
    const char *made = whole && is_bcrypt(c->hash) ? hash(w, password, c->hash) : NULL;
    if (made == NULL)
        waste_time(w, password);
    c->matches = made != NULL && slice_equals_secret(slice_from_string(made), slice_of(c->hash, HASH_LENGTH));
    wipe(w, password);
    return ERR_NONE;
}

/* --- the threads --- */

static void deliver(struct mail *mail)
{
    struct password_call *c = CONTAINER_OF(mail, struct password_call, mail);
    c->done(c);
}

static bool has_address(const struct password_call *c)
{
    static const struct ip_address none;
    return memcmp(&c->address, &none, sizeof none) != 0;
}

static bool reserve_share(struct bcrypt_passwords *p, const struct password_call *c)
{
    return !has_address(c) ||
           shares_take(&p->unfinished_of, share_of(&p->key, &c->address), 1, p->queue - p->queue / 2);
}

static void give_share_back(struct bcrypt_passwords *p, const struct password_call *c)
{
    if (has_address(c))
        shares_give_back(&p->unfinished_of, share_of(&p->key, &c->address), 1);
}

static void give_back(struct bcrypt_passwords *p, const struct password_call *c)
{
    atomic_fetch_sub_explicit(&p->unfinished, 1, memory_order_relaxed);
    give_share_back(p, c);
}

static void run(struct bcrypt_worker *w, struct password_call *c)
{
    c->matches = false;
    if (atomic_load(&w->service.stopping))
        c->error = ERR_SERVICE_UNAVAILABLE;
    else
        c->error = c->operation == PASSWORD_MAKE ? make_hash(w, c) : verify(w, c);
    atomic_fetch_sub_explicit(&w->unfinished, 1, memory_order_relaxed);
    give_back(w->owner, c);
    c->mail.run = deliver;
    loop_post(c->home, &c->mail);
}

static void sort(struct password_line lines[], struct mail *mail)
{
    struct mail *next;
    for (; mail != NULL; mail = next) {
        struct password_line *line = &lines[CONTAINER_OF(mail, struct password_call, mail)->operation];
        next = mail->next;
        mail->next = NULL;
        *(line->first == NULL ? &line->first : &line->last->next) = mail;
        line->last = mail;
    }
}

static struct mail *pop(struct password_line *line)
{
    struct mail *mail = line->first;
    if (mail != NULL)
        line->first = mail->next;
    return mail;
}

/* Logins before sign-ups, also those that come meanwhile: strangers may sign up as fast as they like, and nobody who is
 * known waits for all of them. */
static void step(struct service *service)
{
    struct bcrypt_worker *w = CONTAINER_OF(service, struct bcrypt_worker, service);
    struct password_line lines[] = {[PASSWORD_MAKE] = {0}, [PASSWORD_VERIFY] = {0}};
    for (;;) {
        sort(lines, mailbox_take(&service->inbox));
        struct mail *mail = pop(&lines[PASSWORD_VERIFY]);
        if (mail == NULL)
            mail = pop(&lines[PASSWORD_MAKE]);
        if (mail == NULL)
            return;
        run(w, CONTAINER_OF(mail, struct password_call, mail));
    }
}

static bool reserve_place(struct bcrypt_passwords *p)
{
    unsigned unfinished = atomic_load_explicit(&p->unfinished, memory_order_relaxed);
    do {
        if (unfinished >= p->queue)
            return false;
    } while (!atomic_compare_exchange_weak_explicit(&p->unfinished, &unfinished, unfinished + 1,
                                                    memory_order_relaxed, memory_order_relaxed));
    return true;
}

static bool reserve(struct bcrypt_passwords *p, const struct password_call *c)
{
    if (!reserve_share(p, c))
        return false;
    if (reserve_place(p))
        return true;
    give_share_back(p, c);
    return false;
}

static bool submit(struct passwords *port, struct password_call *c)
{
    struct bcrypt_passwords *p = CONTAINER_OF(port, struct bcrypt_passwords, port);
    OBJ_CHECK(p, BCRYPT_MAGIC);
    if (!reserve(p, c))
        return false;
    struct bcrypt_worker *best = &p->workers[0];
    for (unsigned i = 1; i < p->worker_count; i++) {
        if (atomic_load_explicit(&p->workers[i].unfinished, memory_order_relaxed) <
            atomic_load_explicit(&best->unfinished, memory_order_relaxed))
            best = &p->workers[i];
    }
    atomic_fetch_add_explicit(&best->unfinished, 1, memory_order_relaxed);
    service_post(&best->service, &c->mail);
    return true;
}

static unsigned half_of_cores(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : (unsigned)((cores + 1) / 2);
}

bool bcrypt_passwords_init(struct bcrypt_passwords *p, const struct bcrypt_options *options,
                           const struct random *random)
{
    assert(options->cost >= 4 && options->cost <= 31 && options->queue > 0);
    OBJ_INIT(p, BCRYPT_MAGIC);
    p->port.submit = submit;
    p->cost = options->cost;
    p->queue = options->queue;
    p->random = random;
    p->key = hash_key_draw(random);
    atomic_init(&p->unfinished, 0);
    unsigned count = options->threads == 0 ? half_of_cores() : options->threads;
    p->workers = calloc(count, sizeof *p->workers);
    if (p->workers == NULL)
        return false;
    for (; p->worker_count < count; p->worker_count++) {
        struct bcrypt_worker *w = &p->workers[p->worker_count];
        service_init(&w->service, "bcrypt", step);
        w->service.nice = options->nice;
        w->owner = p;
        atomic_init(&w->unfinished, 0);
    }
    return true;
}

bool bcrypt_passwords_start(struct bcrypt_passwords *p)
{
    OBJ_CHECK(p, BCRYPT_MAGIC);
    for (unsigned i = 0; i < p->worker_count; i++) {
        if (!service_start(&p->workers[i].service))
            return false;
    }
    return true;
}

void bcrypt_passwords_step(struct bcrypt_passwords *p)
{
    OBJ_CHECK(p, BCRYPT_MAGIC);
    for (unsigned i = 0; i < p->worker_count; i++)
        step(&p->workers[i].service);
}

void bcrypt_passwords_release(struct bcrypt_passwords *p)
{
    OBJ_CHECK(p, BCRYPT_MAGIC);
    for (unsigned i = 0; i < p->worker_count; i++) {
        struct service *service = &p->workers[i].service;
        atomic_store(&service->stopping, true);
        service_stop(service);
    }
    free(p->workers);
    p->workers = NULL;
    OBJ_DEAD(p);
}
