/* SPDX-License-Identifier: MIT
 *
 * adapter/jwt_tokens.h - struct tokens by libjwt: JWT (RFC 7519) signed with HS256 and nothing else, access
 * and refresh tokens each with a key of their own (discodeit.md 3.4); tickets have that of access tokens.
 *
 * The header's algorithm is compared before a key is touched (RFC 8725 3.1), and `exp`, and `nbf` if there is
 * one, by us against the caller's clock. Claims: sub, jti, sid, userId, type, roles (one "ROLE_X"), iat, exp; all
 * of them must be there. Whether the login of a genuine token is still live is the registry's business.
 */
#ifndef PARLEY_ADAPTER_JWT_TOKENS_H
#define PARLEY_ADAPTER_JWT_TOKENS_H

#include "adapter/secrets.h"
#include "chat/port.h"

enum {
    JWT_TOKEN_MAX = 4096 /* octets of a token; longer ones are not looked at */
};

struct jwt_tokens {
    struct tokens port;
    unsigned magic;
    struct secret secrets[3]; /* by enum token_kind */
};

/* Copies the secrets. */
void jwt_tokens_init(struct jwt_tokens *t, const struct secret *access, const struct secret *refresh);
/* Wipes them. */
void jwt_tokens_release(struct jwt_tokens *t);

#endif
