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
