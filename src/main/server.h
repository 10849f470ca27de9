/* SPDX-License-Identifier: MIT
 *
 * main/server.h - the whole of parleyd, wired: adapters to ports, workers to the broker, the api on top. Only
 * here do all layers meet.
 */
#ifndef PARLEY_MAIN_SERVER_H
#define PARLEY_MAIN_SERVER_H

#include "adapter/bcrypt_passwords.h"
#include "adapter/jwt_tokens.h"
#include "api/api.h"
#include "base/logger.h"
#include "broker/broker.h"
#include "chat/notifier.h"
#include "engine/connection.h"
#include "log/hub.h"
#include "main/config.h"
#include "main/files.h"
#include "main/logins.h"
#include "main/pulse.h"
#include "main/stores.h"
#include "main/witness.h"
#include "net/listener.h"
#include "net/worker.h"

/* What one worker thread has of its own. */
struct server_worker {
    struct worker *worker;
    struct lane lane;
    struct broker broker;
    struct api api;
    struct engine engine;
    struct pulse pulse;
    struct api_requests requests;
    char apart[64]; /* what one worker counts shares no line of memory with what another does */
};

struct server {
    unsigned magic;
    const struct config *config;
    struct logger *logger;
    struct listener listener;
    struct stores stores;
    struct blob_directory files;
    struct logins logins;
    struct bcrypt_passwords passwords;
    struct jwt_tokens tokens;
    struct attempts *attempts;
    struct api_shared shared;
    struct engine_limits limits;
    struct hub hub;
    struct witness witness;
    struct notifier notifier; /* of the first worker */
    struct stomp_rules *rules;
    unsigned worker_count;
    struct server_worker *workers;
    struct lane **lanes;
    struct api **apis;
    sem_t left; /* posted by each worker when its last connection has ended */
    _Atomic uint32_t cut;
    int64_t started; /* wall clock */
};

/* Opens everything up to listening. False with a sentence: nothing is held then but what server_close() gives
 * back. */
bool server_open(struct server *s, const struct config *config, struct logger *logger, struct problem *why);
/* Serves. False when a thread could not be had. */
bool server_start(struct server *s);
/* Drains (design.md section 9): readiness off, listeners closed, sessions told to go, tasks finished. Returns
 * false when something had to be cut off at the deadline. */
bool server_drain(struct server *s);
/* Stops the threads and closes the store. `drained` is what server_drain() said: without it the memory is
 * left to the end of the process. */
void server_close(struct server *s, bool drained);

#endif
