/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/model.h - what is true: what was committed, in order; who may see what since when; what
 * people sent and what they were promised. Told by the desk, which sees what the store executes, and by the
 * people. It knows nothing of brokers, lanes and sessions: those are compared with it (oracle.h).
 */
#ifndef PARLEY_TESTS_SIM_MODEL_H
#define PARLEY_TESTS_SIM_MODEL_H

#include "log/event.h"
#include "support/sim/plan.h"

struct sim;

enum {
    MODEL_STREAM = 80,
    MODEL_SENDS = 4096,
    MODEL_TRANSIENTS = 1024,
    MODEL_CHECKS = 1024,
    MODEL_LOGINS = 512
};
#define MODEL_NEVER INT64_MAX

struct model_event {
    struct uuid id;
    int64_t time; /* its createdAt */
    int64_t at;   /* when it was committed, monotonic */
    int send;     /* which SEND it comes from; -1: of nobody */
};

struct model_channel {
    struct uuid id;
    char id_text[UUID_TEXT + 1], stream[MODEL_STREAM], destination[MODEL_STREAM];
    bool is_private;
    unsigned members;            /* bits of people: of a PRIVATE one */
    int64_t revoked[SIM_PEOPLE]; /* since when somebody is no longer a member; MODEL_NEVER */
    struct model_event *events;  /* seq 1 is events[0] */
    size_t count, room;
};

/* A SEND to a channel. */
struct model_send {
    unsigned person;
    int channel;
    bool promised; /* its RECEIPT came */
    unsigned committed;
    unsigned told; /* bits of people who were told of it */
};

/* A SEND to a topic, which is delivered and forgotten. */
struct model_transient {
    unsigned session, topic;
    int64_t at; /* when it was sent */
    bool promised;
};

/* The right to a channel was found while somebody subscribed. */
struct model_check {
    unsigned person;
    int channel;
    int64_t at;
    uint64_t head;
};

struct model_login {
    struct uuid id;
    int64_t ended;
};

/* A login that somebody was given. */
struct model_given {
    struct uuid id;
    unsigned person;
};

struct model {
    struct model_channel channels[SIM_CHANNELS];
    unsigned channel_count;
    struct model_send sends[MODEL_SENDS];
    unsigned send_count;
    struct model_check checks[MODEL_CHECKS];
    unsigned check_count;
    struct model_login logins[MODEL_LOGINS]; /* that have ended */
    unsigned login_count;
    struct model_given given[MODEL_LOGINS];
    unsigned given_count;
    struct model_transient transients[MODEL_TRANSIENTS];
    unsigned transient_count;
    uint64_t told; /* the seq of the last event of the stream `events` */
    int64_t told_at;
};

void model_init(struct model *m);
void model_release(struct model *m);

/* A channel that people know; -1 when it is one too many. */
int model_add_channel(struct model *m, const char *id, bool is_private, unsigned members);
/* The number of a new SEND, which its content has to carry: model_content(). */
int model_add_send(struct model *m, unsigned person, int channel);
/* "say#N" and padding, into a text of MODEL_CONTENT octets at least. */
void model_content(int send, size_t padding, char *out, size_t room);

/* Who and which; -1: unknown. */
int model_person(const struct sim *sim, const struct uuid *user);
int model_channel(const struct model *m, const struct uuid *id);

/* From the desk. */
void model_committed(struct sim *sim, const struct event *e);
void model_checked(struct sim *sim, const struct uuid *channel, const struct uuid *user, uint64_t head);
void model_login_ended(struct sim *sim, const struct uuid *login);
void model_revoked(struct sim *sim, const struct uuid *channel, const struct uuid *user);

/* Somebody has logged in, or refreshed. */
void model_login_given(struct model *m, unsigned person, const struct uuid *login);
/* How many logins of his live. */
unsigned model_live_logins(const struct model *m, unsigned person);
/* May the event have outlived the retention, so that it is no longer in the log? */
bool model_is_expired(const struct sim *sim, const struct model_channel *c, uint64_t seq);
/* When the login ended; MODEL_NEVER while it lives. */
int64_t model_login_end(const struct model *m, const struct uuid *login);
/* The seq of an event of the channel by its id; 0: there is none. */
uint64_t model_find(const struct model_channel *c, const struct uuid *id);
/* May the person see the channel, if nothing is withdrawn? */
bool model_is_member(const struct model_channel *c, unsigned person);

#endif
