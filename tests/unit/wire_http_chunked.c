// SPDX-License-Identifier: MIT
#include "support/test.h"
#include "support/transcript.h"
#include "wire/http_chunked.h"
#include "wire/transfer_encoding.h"

static const char *const error_names[] = {[ERR_NONE] = "NONE",
#define X(name, status, close, type, line, ko, en) [ERR_##name] = #name,
                                          ERROR_TABLE(X)
#undef X
};

static enum http_chunked_event draw(struct transcript *t, struct http_chunked *c, struct slice *input)
{
    enum http_chunked_event event;
    struct slice data;
    while ((event = http_chunked_next(c, input, &data)) == HTTP_CHUNKED_DATA) {
        CHECK(data.len > 0 && http_chunked_valid(c));
        transcript_data(t, c->nread - data.len, "data", data);
    }
    CHECK(http_chunked_valid(c));
    CHECK(event != HTTP_CHUNKED_MORE || input->len == 0);
    return event;
}

static void feed(struct transcript *t)
{
    struct http_chunked_limits limits = {
        .body = transcript_number(t, "max_body", 1000),
        .extensions = (uint32_t)transcript_number(t, "max_extensions", 100),
        .trailer = (uint32_t)transcript_number(t, "max_trailer", 100),
        .overhead = (uint32_t)transcript_number(t, "max_overhead", 200),
    };
    struct http_chunked c;
    struct slice input;
    enum http_chunked_event event = HTTP_CHUNKED_MORE;
    http_chunked_init(&c, &limits);
    while (event == HTTP_CHUNKED_MORE && transcript_next(t, &input))
        event = draw(t, &c, &input);
    if (event == HTTP_CHUNKED_END)
        transcript_event(t, c.nread, "end");
    if (event == HTTP_CHUNKED_ERROR)
        transcript_event(t, c.error_at, "error %s", error_names[c.error]);
    struct slice more = SLICE("0\r\n\r\n");
    if (event != HTTP_CHUNKED_MORE) {
        CHECK_INT(draw(t, &c, &more), event); /* says the same again, and takes nothing */
        CHECK_INT(more.len, 5);
    }
}

TEST(transcript, "chunked bodies at every cut: RFC 9112 7.1")
{
    transcript_run("tests/transcript/http_chunked.t", feed);
}

TEST(no_copy, "data comes as it lies in the input")
{
    struct http_chunked_limits limits = {.body = 10, .extensions = 0, .trailer = 2, .overhead = 20};
    struct slice data, input = SLICE("3\r\nabc\r\n0\r\n\r\nrest");
    const unsigned char *begin = input.data;
    struct http_chunked c;
    http_chunked_init(&c, &limits);
    CHECK_INT(http_chunked_next(&c, &input, &data), HTTP_CHUNKED_DATA);
    CHECK(data.data == begin + 3 && data.len == 3);
    CHECK_INT(http_chunked_next(&c, &input, &data), HTTP_CHUNKED_END);
    CHECK_SLICE(input, "rest");
}

TEST(codings, "Transfer-Encoding is chunked alone, or not served, or unfit: RFC 9112 6.1, 6.3, 7")
{
    static const struct {
        const char *value;
        enum transfer_encoding want;
    } cases[] = {
        {"chunked", TRANSFER_ENCODING_CHUNKED},
        {"CHUNKED", TRANSFER_ENCODING_CHUNKED},
        {"gzip, chunked", TRANSFER_ENCODING_UNKNOWN},
        {"gzip;a=b,deflate;c=\"d,chunked\" , Chunked", TRANSFER_ENCODING_UNKNOWN},
        {"chunkedx, chunked", TRANSFER_ENCODING_UNKNOWN},
        {"chunke, chunked", TRANSFER_ENCODING_UNKNOWN},
        {"", TRANSFER_ENCODING_UNFIT},
        {"chunked, chunked", TRANSFER_ENCODING_UNFIT},
        {"chunked;a=b, chunked", TRANSFER_ENCODING_UNFIT},
        {"chunked;a=b", TRANSFER_ENCODING_UNFIT},
        {"gzip chunked", TRANSFER_ENCODING_UNFIT},
        {"gzip;, chunked", TRANSFER_ENCODING_UNFIT},
        {"gzip;a, chunked", TRANSFER_ENCODING_UNFIT},
        {"gzip,, chunked", TRANSFER_ENCODING_UNFIT},
        {"gzip, chunked,", TRANSFER_ENCODING_UNFIT},
        {" chunked", TRANSFER_ENCODING_UNFIT},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        CHECK_INT(transfer_encoding_read(slice_from_string(cases[i].value)), cases[i].want);
}
