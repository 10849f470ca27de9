/* SPDX-License-Identifier: MIT
 *
 * adapter/digest.h - digests and base64 by OpenSSL, for layers that must not know it; they get these as
 * function pointers (RFC 6455 4.2.2 asks for SHA-1, where it protects nothing).
 *
 * Any thread. Running out of memory aborts: there is no digest to go on with.
 */
#ifndef PARLEY_ADAPTER_DIGEST_H
#define PARLEY_ADAPTER_DIGEST_H

#include "base/slice.h"

enum { DIGEST_SHA1 = 20, DIGEST_SHA256 = 32 };

void digest_sha1(struct slice s, unsigned char out[DIGEST_SHA1]);
void digest_sha256(struct slice s, unsigned char out[DIGEST_SHA256]);

/* Octets that base64_encode() writes for n, without its NUL. */
#define BASE64_LENGTH(n) (((n) + 2) / 3 * 4)

/* RFC 4648 section 4, padded, followed by a NUL: `out` has BASE64_LENGTH(s.len) + 1 octets. s.len < 2^30.
 * Returns the length without the NUL. */
size_t base64_encode(struct slice s, char *out);

/* RFC 6455 4.2.2: what proves that a key of 24 octets was read. No NUL. */
void digest_websocket_accept(struct slice key, char accept[28]);

#endif
