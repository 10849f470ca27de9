/* SPDX-License-Identifier: MIT
 *
 * api/api.h - where the protocols meet the domain: rows that join REST routes and STOMP destinations to
 * operations of chat/, and event types to the bodies that clients get.
 *
 * One struct api per worker; everything of it runs on that worker's thread. What all workers share never
 * changes after the start, or is made for any thread. Knows no sockets and no SQL.
 */
#ifndef PARLEY_API_API_H
#define PARLEY_API_API_H

#include <stdatomic.h>

#include "api/actuator.h"
#include "api/uploads.h"
#include "base/hash.h"
#include "base/logger.h"
#include "base/metrics.h"
#include "base/shares.h"
#include "base/table.h"
#include "broker/port.h"
#include "chat/keeper.h"
#include "chat/operation.h"
#include "engine/port.h"
#include "log/hub.h"

struct api;
struct stomp_rules;

/* A file of the page, embedded in the program. */
struct asset {
    const char *path, *content_type;
    const unsigned char *begin, *end;
    const char *etag; /* with its quotes */
};

enum { API_PROXIES = 32 /* networks of proxies that are trusted, at most */ };

struct api_options {
    const char *allowed_origins; /* comma list beside the same origin; "*": any. protocols.md HS-6, DF-1 */
    bool allow_direct_publish;   /* SC-3 */
    const struct stomp_rules *rules; /* SC-1; NULL: none */
    unsigned credentials_off;        /* bits by enum credential of api/credentials.h (SC-6) */
    const char *connect_header;      /* of CONNECT, with an access token; "" or NULL: none */
    bool access_cookie;              /* login and refresh set ACCESS_TOKEN (discodeit.md 3.2) */
    bool stomp_csrf;                 /* SC-4 */
    struct upload_limits uploads;
    int64_t sweep_interval; /* microseconds between two looks for logins that have expired */
    /* What peers in these networks say of who is behind them is believed (X-Forwarded-For, X-Real-IP). */
    struct ip_network proxies[API_PROXIES];
    size_t proxy_count;
    enum language language; /* of messages for people, unless a request asks for the other */
    enum log_level log_level;
};

/* What the workers have in common. */
struct api_shared {
    struct chat chat[LANGUAGE_COUNT]; /* the same surroundings, by the language of what is said */
    struct api_options options;
    struct hub *hub;
    void (*websocket_accept)(struct slice key, char accept[28]);
    bool (*address_parse)(struct slice text, struct ip_address *address); /* net/address_text.h */
    const struct asset *assets;
    size_t asset_count;
    struct api **workers;
    size_t worker_count;
    _Atomic bool leaving;                /* readiness is off */
    _Atomic uint32_t uploads, downloads; /* that are under way, and long */
    _Atomic uint64_t spooled;            /* octets that are, or may be soon, in the spool */
    struct hash_key key;                 /* of shares; of all of these an address has half at the most */
    struct shares uploads_of, downloads_of, spooled_of;
    _Atomic uint32_t tasks; /* that are running, on all workers */
    struct actuator actuator;
    /* One line; any thread. */
    void (*log)(enum log_level level, const char *event, const struct log_field *fields, size_t count);
};

/* Lines that peers can cause are few a second, whatever they do; the rest is counted. */
struct api_notes {
    int64_t second;
    unsigned lines;
    uint64_t left_out;
};

/* One writer, the worker; any thread reads (base/metrics.h). */
struct api_counters {
    _Atomic uint64_t unrouted;  /* SENDs and SUBSCRIBEs that nothing handles (SB-1, AH-6) */
    _Atomic uint64_t forgiven;  /* SENDs with an invalid body that cost nothing (AH-7) */
    _Atomic uint64_t transient; /* publishes that skipped the store, */
    _Atomic uint64_t crowded;   /* and those that found no room on a lane */
    _Atomic uint64_t lines_left_out;
    _Atomic uint64_t refused[ERR_COUNT]; /* requests, by cause */
    struct histogram message_create;     /* from a SEND or a request to its commit */
};

enum { API_ROUTES = 96, API_REQUEST_SERIES = (API_ROUTES + 2) * 5 };

/* How long requests took, by route and outcome. Large, and for the most part never touched. */
struct api_requests {
    struct histogram took[API_REQUEST_SERIES];
};

struct api {
    unsigned magic;
    struct api_shared *shared;
    struct engine *engine;
    struct loop *loop;
    struct renderer renderer;
    struct table sessions; /* STOMP sessions by login */
    struct table ended;    /* logins that ended lately */
    struct list ended_order;
    struct hash_key key;
    struct keeper keeper; /* of files that came through this worker */
    struct timer sweep;   /* of one worker: api_sweep() */
    struct frame **asset_frames;
    struct api_counters counters;
    struct api_requests *requests; /* the owner's; NULL: they are not counted */
    struct api_notes notes;
};

extern const struct engine_ports api_ports; /* with a struct api as context */

void api_init(struct api *a, struct api_shared *shared, struct loop *loop);
/* The engine that it serves; before the first connection. */
void api_attach(struct api *a, struct engine *engine);
/* Nothing happens by itself any more: before the loop goes. Connections may still end. */
void api_stop(struct api *a);
void api_release(struct api *a);

/* What series of `struct api_requests` is about. */
void api_request_labels(size_t series, struct metric_labels *labels);

/* Makes this one the worker that ends expired logins, for all. Before its loop runs. */
void api_sweep(struct api *a);

/* Any thread: this was committed. Ends what is open of a channel, a user or a login that is gone, on every worker within
 * its next turn, and keeps presence; all other events mean nothing here. The same event may be told twice. Without memory
 * the process aborts. */
void api_witness(struct api_shared *shared, const struct event *event);

/* Any thread: these logins have ended. Ends their sessions on every worker within its next turn (SC-8). Without
 * memory the process aborts, here or there: an end that was forgotten would leave its sessions open. */
void api_end_logins(struct api *a, const struct uuid *logins, size_t count);

#endif
