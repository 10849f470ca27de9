/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/plan.h - what a run is like: everything that stays the same in it, drawn from its seed.
 */
#ifndef PARLEY_TESTS_SIM_PLAN_H
#define PARLEY_TESTS_SIM_PLAN_H

#include "broker/broker.h"
#include "engine/connection.h"

enum { SIM_WORKERS = 4, SIM_PEOPLE = 6, SIM_CHANNELS = 5, SIM_TOPICS = 3, SIM_FOLLOWERS = 3 };

struct plan {
    uint64_t seed;
    /* The process. */
    unsigned workers; /* 2 to SIM_WORKERS */
    bool on_disk;     /* the store is a file, reopened by a restart; else in memory, and nothing restarts */
    size_t lane;      /* events on a worker's lane */
    unsigned store_lane, store_group, readers;
    int64_t retention; /* of the log */
    unsigned logins;   /* live logins of a user */
    int64_t access_lifetime;
    struct engine_limits limits;
    struct broker_options broker;
    /* The people. */
    unsigned people; /* 3 to SIM_PEOPLE; the first is the ADMIN */
    unsigned followers;
    unsigned public_channels, private_channels;
    unsigned acts;  /* of all people together, until it is quiet */
    int64_t pause;  /* most microseconds between two acts of one person */
    size_t padding; /* most octets that a message is made longer by */
    size_t room;    /* octets that the socket of one who reads holds; of one who does not, a share */
    /* What goes wrong: per mille of the occasions. */
    unsigned cut_octets;   /* a read or a write is cut somewhere */
    unsigned cut_lines;    /* acts that cut the connection */
    unsigned freezes;      /* acts after which somebody stops reading */
    unsigned withdrawals;  /* acts: logout, a new login, membership lost */
    unsigned ambushes;     /* checks of a right, which is then lost before anybody knows */
    unsigned allocations;  /* reads in which an allocation fails */
    unsigned stalls;       /* turns after which a worker is held up */
    unsigned store_holds;  /* commits after which the store is */
    unsigned store_faults; /* commits that fail; statements, more rarely */
    unsigned delays;       /* store's answers and placements that wait, although they could go */
    unsigned jumps;        /* acts before which the wall clock jumps */
    unsigned restarts;     /* acts before which the process ends */
    unsigned pauses;       /* acts before which nobody acts for a while */
    unsigned nonsense;     /* acts that the server has to refuse */
    unsigned readings;     /* acts before which everybody reads his notifications */
};

void plan_draw(struct plan *p, uint64_t seed);
/* One line, for the trace. */
void plan_describe(const struct plan *p, char *out, size_t room);

#endif
