// SPDX-License-Identifier: MIT
// The machines of the engine against oracles that ask the other way round: not "what may come in this state",
// but "when may this come". Every sequence of events up to a length, also those that go on after an event that
// was refused.
#include "engine/http_exchange.h"
#include "engine/stomp_life.h"
#include "engine/websocket_life.h"
#include "engine/ws_key.h"
#include "support/test.h"

enum { LONGEST = 6, LONGEST_HTTP = 12 };

/* ---- HTTP (RFC 9112 section 9) ---- */

enum { /* sets of phases */
       BIT_UNREAD = 1 << HTTP_READING | 1 << HTTP_GATHERING,
       BIT_FED = BIT_UNREAD | 1 << HTTP_STREAMING,
       BIT_BEFORE_WHOLE = 1 << HTTP_OFFERED | 1 << HTTP_STREAMING | 1 << HTTP_HELD,
       BIT_ASKED = 1 << HTTP_ANSWERING | 1 << HTTP_LEAVING,
};

static bool http_is_in(enum http_phase p, int set)
{
    return (set & 1 << p) != 0;
}

static enum http_deed go(enum http_phase *p, enum http_phase to, enum http_deed deed)
{
    *p = to;
    return deed;
}

/* An event that may come in these phases alone. */
static enum http_deed only_in(enum http_phase *p, int set, enum http_phase to, enum http_deed deed)
{
    return http_is_in(*p, set) ? go(p, to, deed) : HTTP_DO_BUG;
}

static enum http_deed http_timeout(enum http_phase *p)
{
    if (*p == HTTP_OVER)
        return HTTP_DO_NOTHING;
    return *p == HTTP_IDLE ? go(p, HTTP_OVER, HTTP_DO_FINISH) : only_in(p, BIT_FED, HTTP_OVER, HTTP_DO_LATE);
}

/* What will never be whole is given up; what is whole is answered. */
static enum http_deed http_ended(enum http_phase *p)
{
    if (http_is_in(*p, BIT_FED | 1 << HTTP_IDLE | 1 << HTTP_HELD))
        return go(p, HTTP_OVER, HTTP_DO_FINISH);
    return *p == HTTP_OFFERED ? HTTP_DO_BUG : HTTP_DO_NOTHING;
}

/* What the application knows of is answered. */
static enum http_deed http_leave(enum http_phase *p)
{
    if (http_is_in(*p, BIT_UNREAD | 1 << HTTP_IDLE))
        return go(p, HTTP_OVER, HTTP_DO_FINISH);
    if (http_is_in(*p, 1 << HTTP_STREAMING | 1 << HTTP_HELD | 1 << HTTP_SENDING))
        return HTTP_DO_LAST;
    if (http_is_in(*p, BIT_ASKED))
        *p = HTTP_LEAVING;
    return *p == HTTP_OFFERED ? HTTP_DO_BUG : HTTP_DO_NOTHING;
}

/* One answer to each request; an early one is the last. */
static enum http_deed http_answered(enum http_phase *p, enum http_event e)
{
    if (*p == HTTP_LEAVING || e == HTTPE_LAST)
        return only_in(p, BIT_ASKED | 1 << HTTP_SENDING | (e == HTTPE_LAST ? BIT_BEFORE_WHOLE : 0), HTTP_OVER,
                       HTTP_DO_FINISH);
    if (e == HTTPE_UPGRADED)
        return only_in(p, 1 << HTTP_ANSWERING, HTTP_OVER, HTTP_DO_SPEAK);
    return only_in(p, 1 << HTTP_ANSWERING | 1 << HTTP_SENDING, HTTP_IDLE, HTTP_DO_NEXT);
}

static enum http_deed http_oracle(enum http_phase *p, enum http_event e)
{
    const int offered = 1 << HTTP_OFFERED, streaming = 1 << HTTP_STREAMING, held = 1 << HTTP_HELD;
    switch (e) {
    case HTTPE_OCTETS: return only_in(p, 1 << HTTP_IDLE, HTTP_READING, HTTP_DO_BEGIN);
    case HTTPE_REQUEST: return only_in(p, BIT_UNREAD, HTTP_ANSWERING, HTTP_DO_DISPATCH);
    case HTTPE_HEAD: return only_in(p, 1 << HTTP_READING, HTTP_OFFERED, HTTP_DO_OFFER);
    case HTTPE_GATHER: return only_in(p, offered, HTTP_GATHERING, HTTP_DO_NOTHING);
    case HTTPE_STREAM: return only_in(p, offered, HTTP_STREAMING, HTTP_DO_STREAM);
    case HTTPE_HOLD: return only_in(p, offered | streaming, HTTP_HELD, HTTP_DO_HOLD);
    case HTTPE_RESUME: return only_in(p, held, HTTP_STREAMING, HTTP_DO_GO_ON);
    case HTTPE_WHOLE: return only_in(p, streaming, HTTP_ANSWERING, HTTP_DO_DELIVER);
    case HTTPE_BAD: return only_in(p, BIT_FED | held, HTTP_OVER, HTTP_DO_REFUSE);
    case HTTPE_BEGUN: return only_in(p, BIT_ASKED, HTTP_SENDING, HTTP_DO_NOTHING);
    case HTTPE_ROOM: return only_in(p, 1 << HTTP_SENDING, HTTP_SENDING, HTTP_DO_ASK);
    case HTTPE_TIMEOUT: return http_timeout(p);
    case HTTPE_ENDED: return http_ended(p);
    case HTTPE_LEAVE: return http_leave(p);
    default: return http_answered(p, e);
    }
}

/* The machine and the oracle are all that a sequence leaves behind: where both have been in this state with as
 * much left to go, everything that can follow has been seen. */
static struct http_seen {
    struct http_machine machine;
    enum http_phase phase;
} http_seen[LONGEST_HTTP + 1][64];
static size_t http_seen_count[LONGEST_HTTP + 1];

static bool http_is_new(struct http_machine m, enum http_phase p, int left)
{
    struct http_seen *seen = http_seen[left];
    size_t *count = &http_seen_count[left];
    for (size_t i = 0; i < *count; i++) {
        if (seen[i].machine.cs == m.cs && seen[i].machine.phase == m.phase && seen[i].phase == p)
            return false;
    }
    CHECK(*count < ARRAY_LEN(http_seen[left]));
    seen[(*count)++] = (struct http_seen){m, p};
    return true;
}

static size_t walk_http(struct http_machine m, enum http_phase p, int left)
{
    size_t wrong = m.phase != p;
    for (int e = HTTPE_OCTETS; left > 0 && e <= HTTPE_LEAVE; e++) {
        struct http_machine next = m;
        enum http_phase phase = p;
        enum http_deed deed = http_machine_step(&next, (enum http_event)e);
        wrong += deed != http_oracle(&phase, (enum http_event)e);
        if (http_is_new(next, phase, left - 1))
            wrong += walk_http(next, phase, left - 1);
    }
    return wrong;
}

TEST(http,
     "one request at a time, gathered or streamed, refused, late or answered, whole or in pieces, and an end "
     "that waits for the answer (RFC 9112 9)")
{
    struct http_machine m;
    http_machine_init(&m);
    CHECK_INT(walk_http(m, HTTP_IDLE, LONGEST_HTTP), 0);
    CHECK_INT(http_seen_count[0], HTTP_OVER + 1); /* every phase was reached, and the two never parted */
}

/* ---- WebSocket (RFC 6455 section 7) ---- */

static enum ws_life_deed ws_open(enum ws_life_phase *p, enum ws_life_event e)
{
    static const enum ws_life_deed deeds[] = {
        [WSL_DATA] = WS_DO_DELIVER, [WSL_PING] = WS_DO_PONG,    [WSL_PONG] = WS_DO_NOTHING,
        [WSL_CLOSE] = WS_DO_ECHO,   [WSL_BROKEN] = WS_DO_FAIL,  [WSL_FINISH] = WS_DO_CLOSE,
        [WSL_TIMEOUT] = WS_DO_FAIL, [WSL_ENDED] = WS_DO_FINISH,
    };
    if (e > WSL_PONG)
        *p = e == WSL_FINISH ? WS_CLOSING : WS_CLOSED;
    return deeds[e];
}

static enum ws_life_deed ws_oracle(enum ws_life_phase *p, enum ws_life_event e)
{
    if (*p == WS_OPEN)
        return ws_open(p, e);
    bool is_end = e == WSL_CLOSE || e == WSL_BROKEN || e == WSL_TIMEOUT || e == WSL_ENDED;
    if (*p == WS_CLOSED || !is_end)
        return WS_DO_NOTHING;
    *p = WS_CLOSED;
    return WS_DO_FINISH;
}

static size_t walk_ws(struct ws_life m, enum ws_life_phase p, int left)
{
    size_t wrong = m.phase != p;
    for (int e = WSL_DATA; left > 0 && e <= WSL_ENDED; e++) {
        struct ws_life next = m;
        enum ws_life_phase phase = p;
        enum ws_life_deed deed = ws_life_step(&next, (enum ws_life_event)e);
        wrong += deed != ws_oracle(&phase, (enum ws_life_event)e);
        wrong += walk_ws(next, phase, left - 1);
    }
    return wrong;
}

TEST(websocket, "one close frame is sent at most, and nothing after it (RFC 6455 1.4, 5.5.1, 7.1)")
{
    struct ws_life m;
    ws_life_init(&m);
    CHECK_INT(walk_ws(m, WS_OPEN, LONGEST), 0);
}

/* ---- STOMP (protocols.md 1.5) ---- */

static enum stomp_deed stomp_frame_oracle(enum stomp_phase *p, enum stomp_event e)
{
    static const enum stomp_deed deeds[] = {
        [STOMPE_SEND] = STOMP_DO_SEND,
        [STOMPE_SUBSCRIBE] = STOMP_DO_SUBSCRIBE,
        [STOMPE_UNSUBSCRIBE] = STOMP_DO_UNSUBSCRIBE,
        [STOMPE_ACK] = STOMP_DO_ACK,
        [STOMPE_TRANSACTION] = STOMP_DO_TRANSACTION,
        [STOMPE_DISCONNECT] = STOMP_DO_DISCONNECT,
    };
    bool is_connect = e == STOMPE_CONNECT;
    if (*p == STOMP_OPENING)
        return STOMP_DO_BUG; /* ST-27: it waits */
    if (*p == STOMP_LEAVING || *p == STOMP_OVER)
        return STOMP_DO_DROP; /* SL-9, ST-51 */
    if (*p == STOMP_NEW && is_connect) {
        *p = STOMP_OPENING;
        return STOMP_DO_CONNECT;
    }
    if (*p == STOMP_NEW || is_connect) { /* SL-8, SL-7 */
        enum stomp_deed deed = is_connect ? STOMP_DO_AGAIN : STOMP_DO_NOT_CONNECTED;
        *p = STOMP_OVER;
        return deed;
    }
    if (e == STOMPE_DISCONNECT)
        *p = STOMP_LEAVING;
    return deeds[e];
}

static enum stomp_deed stomp_accepted(enum stomp_phase *p)
{
    if (*p == STOMP_OVER)
        return STOMP_DO_NOTHING;
    if (*p != STOMP_OPENING)
        return STOMP_DO_BUG;
    *p = STOMP_OPEN;
    return STOMP_DO_WELCOME;
}

static enum stomp_deed stomp_oracle(enum stomp_phase *p, enum stomp_event e)
{
    if (e <= STOMPE_DISCONNECT)
        return stomp_frame_oracle(p, e);
    if (e == STOMPE_BEAT)
        return STOMP_DO_NOTHING;
    if (e == STOMPE_ACCEPTED)
        return stomp_accepted(p);
    if (*p == STOMP_OVER || (*p == STOMP_LEAVING && e != STOMPE_CLOSED))
        return STOMP_DO_NOTHING;
    *p = STOMP_OVER;
    return e == STOMPE_CLOSED ? STOMP_DO_END : STOMP_DO_FAIL;
}

static size_t walk_stomp(struct stomp_life m, enum stomp_phase p, int left)
{
    size_t wrong = m.phase != p;
    for (int e = STOMPE_CONNECT; left > 0 && e <= STOMPE_CLOSED; e++) {
        struct stomp_life next = m;
        enum stomp_phase phase = p;
        enum stomp_deed deed = stomp_life_step(&next, (enum stomp_event)e);
        wrong += deed != stomp_oracle(&phase, (enum stomp_event)e);
        wrong += walk_stomp(next, phase, left - 1);
    }
    return wrong;
}

TEST(stomp, "CONNECT first and once, nothing while it is decided, nothing after DISCONNECT or ERROR "
            "(SL-7, SL-8, SL-9, ST-27, ST-51)")
{
    struct stomp_life m;
    stomp_life_init(&m);
    CHECK_INT(walk_stomp(m, STOMP_NEW, LONGEST), 0);
}

/* ---- Sec-WebSocket-Key ---- */

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Sixteen octets in base64 are 24 characters; the 22nd has only its
 * two highest bits to say something with. */
static bool key_oracle(struct slice key)
{
    if (key.len != 24 || key.data[22] != '=' || key.data[23] != '=')
        return false;
    for (size_t i = 0; i < 22; i++) {
        const char *at = key.data[i] == 0 ? NULL : strchr(base64, key.data[i]);
        if (at == NULL || (i == 21 && (at - base64) % 16 != 0))
            return false;
    }
    return true;
}

TEST(key, "Sec-WebSocket-Key is sixteen octets in base64, and nothing else (HS-5, RFC 6455 4.1)")
{
    const char *good = "dGhlIHNhbXBsZSBub25jZQ==";
    unsigned char key[32];
    CHECK(ws_key_valid(slice_from_string(good)));
    CHECK(!ws_key_valid(SLICE_NONE));
    for (size_t at = 0; at < 24; at++) {
        for (unsigned octet = 0; octet < 256; octet++) {
            memcpy(key, good, 24);
            key[at] = (unsigned char)octet;
            CHECK_INT(ws_key_valid(slice_of(key, 24)), key_oracle(slice_of(key, 24)));
        }
    }
    memset(key, 'A', sizeof key);
    for (size_t len = 0; len <= sizeof key; len++) {
        CHECK(!ws_key_valid(slice_of(good, len < 24 ? len : 0)));
        CHECK(!ws_key_valid(slice_of(key, len)));
    }
}
