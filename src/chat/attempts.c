// SPDX-License-Identifier: MIT
//
// chat/attempts.c - each limit is a clock that runs ahead: an attempt moves it on by its share of the window, and none
// may come while it is a window ahead or more (the generic cell rate algorithm). One number says it all, and a clock
// that the time has caught up with needs no entry.
#include "chat/attempts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/object.h"

enum { ATTEMPTS_MAGIC = 0x41545450, WAYS = 8 };

enum subject { SUBJECT_ADDRESS, SUBJECT_ACCOUNT, SUBJECT_PAIR };

/* Free when `ahead` is not beyond now. */
struct entry {
    uint64_t key;
    int64_t ahead; /* monotonic microseconds */
};

struct attempts {
    unsigned magic;
    pthread_mutex_t lock;
    struct hash_key hash;
    int64_t window, account_share, address_share; /* shares: of the window, per attempt; 0: no limit */
    struct entry entries[ATTEMPTS_SLOTS];
};

struct attempts *attempts_new(const struct attempts_options *options, const struct random *random)
{
    assert(options->window > 0);
    struct attempts *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    if (pthread_mutex_init(&a->lock, NULL) != 0) {
        free(a);
        return NULL;
    }
    a->magic = ATTEMPTS_MAGIC;
    a->hash = hash_key_draw(random);
    a->window = options->window;
    a->account_share = options->per_account == 0 ? 0 : options->window / options->per_account;
    a->address_share = options->per_address == 0 ? 0 : options->window / options->per_address;
    return a;
}

void attempts_free(struct attempts *a)
{
    if (a == NULL)
        return;
    OBJ_CHECK(a, ATTEMPTS_MAGIC);
    OBJ_DEAD(a);
    pthread_mutex_destroy(&a->lock);
    free(a);
}

/* ---- the table ---- */

static uint64_t key_of(const struct attempts *a, enum subject subject, struct slice account,
                       const struct ip_address *address)
{
    struct ip_address site = ip_address_site(address);
    struct {
        uint64_t subject, account;
        unsigned char address[IP_ADDRESS];
    } all = {.subject = subject};
    if (subject != SUBJECT_ADDRESS)
        all.account = hash_slice(&a->hash, account);
    if (subject != SUBJECT_ACCOUNT)
        memcpy(all.address, site.octets, sizeof all.address);
    return hash_slice(&a->hash, slice_of(&all, sizeof all));
}

/* The entry of that key; without one, the one in its bucket that is nearest to being forgotten. */
static struct entry *place_of(struct attempts *a, uint64_t key)
{
    struct entry *bucket = &a->entries[key % (ATTEMPTS_SLOTS / WAYS) * WAYS], *oldest = bucket;
    for (size_t i = 0; i < WAYS; i++) {
        if (bucket[i].key == key)
            return &bucket[i];
        if (bucket[i].ahead < oldest->ahead)
            oldest = &bucket[i];
    }
    return oldest;
}

static int64_t ahead_of(struct attempts *a, uint64_t key, int64_t now)
{
    const struct entry *e = place_of(a, key);
    return e->key == key && e->ahead > now ? e->ahead : now;
}

static void set_ahead(struct attempts *a, uint64_t key, int64_t ahead)
{
    struct entry *e = place_of(a, key);
    e->key = key;
    e->ahead = ahead;
}

/* How long until one more may come; 0: at once. */
static int64_t wait_for(struct attempts *a, uint64_t key, int64_t share, int64_t now)
{
    int64_t over = share == 0 ? 0 : ahead_of(a, key, now) + share - (now + a->window);
    return over > 0 ? over : 0;
}

static void move(struct attempts *a, uint64_t key, int64_t by, int64_t now)
{
    int64_t ahead = ahead_of(a, key, now) + by;
    set_ahead(a, key, ahead > now + a->window ? now + a->window : ahead);
}

/* ---- attempts ---- */

struct keys {
    uint64_t address, account, pair;
};

static struct keys keys_of(const struct attempts *a, struct slice account, const struct ip_address *address)
{
    return (struct keys){key_of(a, SUBJECT_ADDRESS, account, address),
                         key_of(a, SUBJECT_ACCOUNT, account, address),
                         key_of(a, SUBJECT_PAIR, account, address)};
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t wait_of(struct attempts *a, const struct keys *k, int64_t now)
{
    int64_t address = wait_for(a, k->address, a->address_share, now);
    int64_t account = wait_for(a, k->account, a->account_share, now);
    int64_t stranger = ahead_of(a, k->pair, now) - now; /* until this address is a newcomer to the account */
    account = sooner(account, stranger);
    return address > account ? address : account;
}

bool attempts_take(struct attempts *a, struct slice account, const struct ip_address *address, int64_t now,
                   int64_t *wait)
{
    OBJ_CHECK(a, ATTEMPTS_MAGIC);
    struct keys k = keys_of(a, account, address);
    pthread_mutex_lock(&a->lock);
    *wait = wait_of(a, &k, now);
    if (*wait == 0) {
        move(a, k.address, a->address_share, now);
        move(a, k.account, a->account_share, now);
        set_ahead(a, k.pair, now + a->window);
    }
    pthread_mutex_unlock(&a->lock);
    return *wait == 0;
}

void attempts_give_back(struct attempts *a, struct slice account, const struct ip_address *address,
                        int64_t now)
{
    OBJ_CHECK(a, ATTEMPTS_MAGIC);
    struct keys k = keys_of(a, account, address);
    pthread_mutex_lock(&a->lock);
    move(a, k.address, -a->address_share, now);
    move(a, k.account, -a->account_share, now);
    set_ahead(a, k.pair, now);
    pthread_mutex_unlock(&a->lock);
}
