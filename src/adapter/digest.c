// SPDX-License-Identifier: MIT
#include "adapter/digest.h"

#include <limits.h>
#include <openssl/evp.h>

#include "base/object.h"

static void digest(const EVP_MD *kind, struct slice s, unsigned char *out)
{
    int rc = EVP_Digest(s.data, s.len, out, NULL, kind, NULL);
    assert(rc == 1);
}

void digest_sha1(struct slice s, unsigned char out[DIGEST_SHA1])
{
    digest(EVP_sha1(), s, out);
}

void digest_sha256(struct slice s, unsigned char out[DIGEST_SHA256])
{
    digest(EVP_sha256(), s, out);
}

size_t base64_encode(struct slice s, char *out)
{
    assert(s.len < INT_MAX / 2);
    return (size_t)EVP_EncodeBlock((unsigned char *)out, s.data, (int)s.len);
}

void digest_websocket_accept(struct slice key, char accept[28])
{
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char text[24 + sizeof guid - 1], sha1[DIGEST_SHA1];
    char encoded[BASE64_LENGTH(DIGEST_SHA1) + 1];
    assert(key.len == 24);
    memcpy(text, key.data, key.len);
    memcpy(text + key.len, guid, sizeof guid - 1);
    digest_sha1(slice_of(text, sizeof text), sha1);
    (void)base64_encode(slice_of(sha1, sizeof sha1), encoded);
    memcpy(accept, encoded, 28);
}
