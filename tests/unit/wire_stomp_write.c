// SPDX-License-Identifier: MIT
#include "wire/stomp_write.h"

#include "base/object.h"
#include "support/test.h"
#include "wire/stomp_frame.h"

static struct buf out;

/* What was written since the last time, without the NUL that must be at its end (SE-1). */
static struct slice written(void)
{
    static unsigned char text[4096];
    size_t len = out.len;
    CHECK(buf_ok(&out) && len > 0 && len <= sizeof text && out.data[len - 1] == 0);
    memcpy(text, out.data, len);
    buf_release(&out);
    return slice_of(text, len - 1);
}

static void begin(void)
{
    buf_release(&out);
    buf_init(&out, 4096);
}

TEST(connected, "SL-1, SL-2, SE-3: CONNECTED has version, heart-beat, user-name and no content-length")
{
    begin();
    stomp_write_connected(&out, STOMP_1_2,
                          &(struct stomp_connected){.sx = 10000, .sy = 0, .user = SLICE("kim")});
    CHECK_SLICE(written(), "CONNECTED\nversion:1.2\nheart-beat:10000,0\nuser-name:kim\n\n");
    stomp_write_connected(&out, STOMP_1_1, &(struct stomp_connected){.sx = 1, .sy = 2});
    CHECK_SLICE(written(), "CONNECTED\nversion:1.1\nheart-beat:1,2\n\n");
    stomp_write_connected(&out, STOMP_1_0, &(struct stomp_connected){.session = SLICE("s-1")});
    CHECK_SLICE(written(), "CONNECTED\nversion:1.0\nheart-beat:0,0\nsession:s-1\n\n");
}

TEST(connected_raw, "SE-4, ST-19: CONNECTED is never escaped, and leaves out what cannot be said so")
{
    begin();
    stomp_write_connected(&out, STOMP_1_2, &(struct stomp_connected){.user = SLICE("a:b\\c")});
    CHECK_SLICE(written(), "CONNECTED\nversion:1.2\nheart-beat:0,0\nuser-name:a:b\\c\n\n");
    stomp_write_connected(&out, STOMP_1_2, &(struct stomp_connected){.user = SLICE("a\nversion:1.0")});
    CHECK_SLICE(written(), "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n");
    stomp_write_connected(&out, STOMP_1_2, &(struct stomp_connected){.user = SLICE("a\0b")});
    CHECK_SLICE(written(), "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n");
}

TEST(receipt, "SL-10, ST-48, SE-3: RECEIPT has its id escaped back, further headers, no content-length")
{
    const struct stomp_pair more[] = {{SLICE_INIT("delivered"), SLICE_INIT("0")}};
    begin();
    stomp_write_receipt(&out, STOMP_1_2, SLICE("r:1"), NULL, 0);
    CHECK_SLICE(written(), "RECEIPT\nreceipt-id:r\\c1\n\n");
    stomp_write_receipt(&out, STOMP_1_0, SLICE("r:1"), more, 1);
    CHECK_SLICE(written(), "RECEIPT\nreceipt-id:r:1\ndelivered:0\n\n");
}

TEST(error, "SL-13, SL-14, ST-21, SE-3: ERROR names its cause, content-length is its last header even when 0")
{
    begin();
    stomp_write_error(&out, STOMP_1_2, &(struct stomp_error){.message = SLICE("unknown command")});
    CHECK_SLICE(written(), "ERROR\nmessage:unknown command\ncontent-length:0\n\n");
    stomp_write_error(&out, STOMP_1_2,
                      &(struct stomp_error){.message = SLICE("no"), .receipt_id = SLICE("7\n8")});
    CHECK_SLICE(written(), "ERROR\nmessage:no\nreceipt-id:7\\n8\ncontent-length:0\n\n");
    stomp_write_error(&out, STOMP_1_0,
                      &(struct stomp_error){.message = SLICE("no"),
                                            .version = SLICE("1.0,1.1,1.2"),
                                            .content_type = SLICE("text/plain"),
                                            .body = SLICE("1.0, 1.1 or 1.2")});
    CHECK_SLICE(written(), "ERROR\nmessage:no\nversion:1.0,1.1,1.2\ncontent-type:text/plain\n"
                           "content-length:15\n\n1.0, 1.1 or 1.2");
}

TEST(message,
     "MF-1, MF-3, MF-4, MF-7, SE-3: one part for each subscriber, the rest shared; content-length is last")
{
    const struct stomp_pair own[] = {{SLICE_INIT("k"), SLICE_INIT("1")}, {SLICE_INIT("k"), SLICE_INIT("2:")}};
    const struct stomp_message m = {.destination = SLICE("/topic/a"),
                                    .message_id = SLICE("m-1"),
                                    .content_type = SLICE("text/plain"),
                                    .headers = own,
                                    .header_count = 2,
                                    .lines = SLICE("x:y\\c\n"),
                                    .body = SLICE("h\0i")};
    begin();
    stomp_write_message_prefix(&out, STOMP_1_2, SLICE("sub:0"), SLICE_NONE);
    CHECK(slice_starts_with(buf_slice(&out), STOMP_MESSAGE_BEGIN));
    stomp_write_message_rest(&out, STOMP_1_2, &m);
    static const char want[] =
        "MESSAGE\nsubscription:sub\\c0\ndestination:/topic/a\ncontent-type:text/plain\n"
        "message-id:m-1\nk:1\nk:2\\c\nx:y\\c\ncontent-length:3\n\nh\0i";
    CHECK(slice_equals(written(), slice_of(want, sizeof want - 1)));
    stomp_write_message_prefix(&out, STOMP_1_2, SLICE("0"), SLICE("a-9"));
    stomp_write_message_rest(&out, STOMP_1_2,
                             &(struct stomp_message){.destination = SLICE("d"), .message_id = SLICE("m")});
    CHECK_SLICE(written(),
                "MESSAGE\nsubscription:0\nack:a-9\ndestination:d\nmessage-id:m\ncontent-length:0\n\n");
    stomp_write_message_prefix(&out, STOMP_1_0, SLICE_NONE, SLICE_NONE); /* ST-33 */
    stomp_write_message_rest(&out, STOMP_1_0, &(struct stomp_message){.destination = SLICE("d")});
    CHECK_SLICE(written(), "MESSAGE\ndestination:d\ncontent-length:0\n\n");
}

TEST(escapes,
     "ST-19: none in 1.0, three in 1.1 where CR is dropped, four in 1.2; what cannot be said is left out")
{
    static const struct {
        struct slice value;
        const char *want[STOMP_DIALECTS]; /* NULL: no header at all */
    } cases[] = {
        {SLICE_INIT("plain"), {"plain", "plain", "plain"}},
        {SLICE_INIT(""), {"", "", ""}},
        {SLICE_INIT("a:b"), {"a:b", "a\\cb", "a\\cb"}},
        {SLICE_INIT("a\\b"), {"a\\b", "a\\\\b", "a\\\\b"}},
        {SLICE_INIT("a\nb"), {NULL, "a\\nb", "a\\nb"}},
        {SLICE_INIT("a\rb"), {NULL, "ab", "a\\rb"}},
        {SLICE_INIT("\r\n:\\"), {NULL, "\\n\\c\\\\", "\\r\\n\\c\\\\"}},
        {SLICE_INIT("a\0b"), {NULL, NULL, NULL}},
    };
    char want[64];
    begin();
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        for (int dialect = 0; dialect < STOMP_DIALECTS; dialect++) {
            const char *value = cases[i].want[dialect];
            stomp_write_receipt(&out, (enum stomp_dialect)dialect, cases[i].value, NULL, 0);
            if (value == NULL)
                strcpy(want, "RECEIPT\n\n");
            else
                snprintf(want, sizeof want, "RECEIPT\nreceipt-id:%s\n\n", value);
            CHECK_SLICE(written(), want);
        }
    }
}

TEST(names,
     "ST-18, ST-19: names are escaped too; one with a colon cannot be said in 1.0, one without letters never")
{
    const struct stomp_pair odd[] = {{SLICE_INIT("a:b"), SLICE_INIT("1")}, {SLICE_INIT(""), SLICE_INIT("2")}};
    begin();
    stomp_write_headers(&out, STOMP_1_2, odd, 2);
    buf_append_octet(&out, 0);
    CHECK_SLICE(written(), "a\\cb:1\n");
    stomp_write_headers(&out, STOMP_1_0, odd, 2);
    buf_append_octet(&out, 0);
    CHECK_SLICE(written(), "");
}

TEST(passes, "MF-5: a client's headers go through, but not those that the server writes itself")
{
    static const char *const stay[] = {"message-id", "receipt",     "transaction",    "subscription",
                                       "ack",        "user-name",   "content-length", "simpOrigDestination",
                                       "position",   "destination", "content-type",   "parley-x",
                                       "redelivered"};
    for (size_t i = 0; i < ARRAY_LEN(stay); i++)
        CHECK(!stomp_header_passes(slice_from_string(stay[i])));
    CHECK(stomp_header_passes(SLICE("priority")) && stomp_header_passes(SLICE("Message-Id")));
    CHECK(stomp_header_passes(SLICE("parley")) && stomp_header_passes(SLICE("")));
}

TEST(limit, "a frame that passes the limit of its buf fails, and says so")
{
    buf_release(&out);
    buf_init(&out, 20);
    stomp_write_receipt(&out, STOMP_1_2, SLICE("1234567890"), NULL, 0);
    CHECK(!buf_ok(&out) && out.len <= 20);
    buf_release(&out);
}

TEST(round, "ST-18: what is written in 1.2 is read back the same, every pair of octets in a value")
{
    static struct stomp_scratch scratch;
    const struct stomp_limits limits = STOMP_LIMITS_DEFAULT;
    begin();
    for (unsigned pair = 0; pair < 128 * 128; pair++) {
        unsigned char value[2] = {(unsigned char)(pair / 128), (unsigned char)(pair % 128)};
        bool can = value[0] != 0 && value[1] != 0;
        struct stomp_pair header = {slice_of(value, 2), slice_of(value, 2)};
        struct stomp_parser p;
        size_t used;
        buf_append_string(&out, "SEND\n");
        stomp_write_headers(&out, STOMP_1_2, &header, 1);
        buf_append(&out, slice_of("\n", 2));
        stomp_parser_init(&p, &limits, &scratch);
        CHECK_INT(stomp_parser_feed(&p, out.data, out.len, &used), STOMP_FRAME);
        CHECK_INT(stomp_parser_frame(&p)->header_count, can);
        if (can) {
            CHECK(slice_equals(stomp_header_name(stomp_parser_frame(&p), 0), header.name));
            CHECK(slice_equals(stomp_header_value(stomp_parser_frame(&p), 0), header.value));
        }
        stomp_parser_release(&p);
        buf_clear(&out);
    }
    buf_release(&out);
}
