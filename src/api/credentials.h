/* SPDX-License-Identifier: MIT
 *
 * api/credentials.h - with what a STOMP session may log in, and in what order (protocols.md SC-4 to SC-6, UD-11; rooms.md
 * section 1): what the handshake brought, and what CONNECT says itself, which goes before it.
 *
 * A browser cannot set header fields on a WebSocket, so there are ways without: a cookie, a ticket in the query that is
 * good for one session, an entry of Sec-WebSocket-Protocol. Tokens of the handshake are judged before the upgrade, as far
 * as that can be done without asking anybody; whether their login lives is asked at CONNECT.
 */
#ifndef PARLEY_API_CREDENTIALS_H
#define PARLEY_API_CREDENTIALS_H

#include "api/internal.h"

/* What may be switched on and off (--credentials). In the order in which the handshake is searched. */
enum credential {
    CREDENTIAL_HANDSHAKE,   /* Authorization of the handshake */
    CREDENTIAL_COOKIE,      /* ACCESS_TOKEN; goes with the option that sets it */
    CREDENTIAL_TICKET,      /* ?ticket= of the handshake */
    CREDENTIAL_SUBPROTOCOL, /* an entry "bearer.TOKEN" of Sec-WebSocket-Protocol */
    CREDENTIAL_CONNECT,     /* Authorization of CONNECT, or the configured header */
    CREDENTIAL_PASSCODE,    /* passcode of CONNECT */
    CREDENTIALS,            /* how many there are */
};

/* The bit of a name as it stands in --credentials; 0: there is none of that name. */
unsigned credential_named(struct slice name);

/* What a handshake brought. Slices lie in the request, or in the note. */
struct handshake_credentials {
    enum credential kind; /* of token; CREDENTIALS: there is none */
    struct slice token;
    struct slice refresh; /* the cookie REFRESH_TOKEN (discodeit.md 6.4) */
    struct slice csrf;    /* the cookie XSRF-TOKEN */
    bool has_cookies;
};

/* Reads it off a handshake. ERR_INVALID_TOKEN or ERR_LOGIN_ENDED for a token that is good for nothing: the handshake is
 * refused. An expired cookie is none: CONNECT can decide. */
enum error credentials_of_handshake(const struct api_request *r, struct handshake_credentials *h);
/* As a note for http_upgrade(), and back. Empty when there is nothing to note. */
struct slice handshake_credentials_pack(struct arena *arena, const struct handshake_credentials *h);
struct handshake_credentials handshake_credentials_unpack(struct slice note);

/* What CONNECT logs in with. ERR_UNAUTHENTICATED: nothing, ERR_INVALID_TOKEN: no bearer token,
 * ERR_INVALID_CSRF_TOKEN. */
enum error credentials_of_connect(const struct api_options *options, const struct stomp_credentials *connect,
                                  struct handshake_credentials *chosen);

/* The token that a page was given, or its masked form: base64url of as many octets of a mask and of the token under it. */
bool csrf_matches(struct slice cookie, struct slice given);

#endif
