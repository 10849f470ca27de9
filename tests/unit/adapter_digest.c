// SPDX-License-Identifier: MIT
#include "adapter/digest.h"
#include "support/test.h"

static void check_hex(const unsigned char *octets, size_t n, const char *expected)
{
    char hex[2 * DIGEST_SHA256 + 1] = "";
    for (size_t i = 0; i < n; i++)
        (void)snprintf(hex + 2 * i, 3, "%02x", octets[i]);
    CHECK_SLICE(slice_from_string(hex), expected);
}

TEST(sha1, "SHA-1 of RFC 3174's first example and of nothing")
{
    unsigned char out[DIGEST_SHA1];
    digest_sha1(SLICE("abc"), out);
    check_hex(out, sizeof out, "a9993e364706816aba3e25717850c26c9cd0d89d");
    digest_sha1(SLICE_NONE, out);
    check_hex(out, sizeof out, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

TEST(sha256, "SHA-256 of RFC 6234's first example")
{
    unsigned char out[DIGEST_SHA256];
    digest_sha256(SLICE("abc"), out);
    check_hex(out, sizeof out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(accept, "the Sec-WebSocket-Accept of RFC 6455 section 1.3")
{
    unsigned char out[DIGEST_SHA1];
    char text[BASE64_LENGTH(DIGEST_SHA1) + 1];
    digest_sha1(SLICE("dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11"), out);
    CHECK_INT(base64_encode(slice_of(out, sizeof out), text), 28);
    CHECK_SLICE(slice_from_string(text), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(base64, "RFC 4648 section 10")
{
    static const struct {
        const char *in, *out;
    } cases[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[16];
        struct slice in = slice_from_string(cases[i].in);
        CHECK_INT(base64_encode(in, text), BASE64_LENGTH(in.len));
        CHECK_SLICE(slice_from_string(text), cases[i].out);
    }
}

TEST(websocket_accept, "the key of RFC 6455 1.3 gives the answer that stands there")
{
    char accept[28];
    digest_websocket_accept(SLICE("dGhlIHNhbXBsZSBub25jZQ=="), accept);
    CHECK_SLICE(slice_of(accept, sizeof accept), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}
