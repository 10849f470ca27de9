// SPDX-License-Identifier: MIT
#include "support/test.h"
#include "support/transcript.h"
#include "wire/http1.h"

static const char *const error_names[] = {[ERR_NONE] = "NONE",
#define X(name, status, close, type, line, ko, en) [ERR_##name] = #name,
                                          ERROR_TABLE(X)
#undef X
};

static void tell_request_line(struct transcript *t, const struct http1_head *h, const unsigned char *base)
{
    if (h->method_name.len > 0) {
        transcript_event(t, h->method_name.at, "method");
        transcript_quote(t, " ", http1_head_method(h, base));
    }
    if (h->target.len > 0 && h->error != ERR_URI_TOO_LONG) {
        transcript_event(t, h->target.at, "path");
        transcript_quote(t, " ", http1_head_path(h, base));
        if (h->has_query)
            transcript_quote(t, " query ", http1_head_query(h, base));
    }
}

static void tell_fields(struct transcript *t, const struct http1_head *h, const unsigned char *base)
{
    for (size_t i = 0; i < h->field_count; i++) {
        struct slice name, value;
        http1_head_field_at(h, base, i, &name, &value);
        transcript_event(t, h->fields[i].name.at, "%.*s", (int)name.len, (const char *)name.data);
        transcript_quote(t, "=", value);
    }
}

static void tell(struct transcript *t, const struct http1_head *h, const unsigned char *base)
{
    tell_request_line(t, h, base);
    if (transcript_number(t, "fields", 1) != 0)
        tell_fields(t, h, base);
    if (h->result == HTTP1_ERROR)
        transcript_event(t, h->error_at, "error %s", error_names[h->error]);
    else if (h->result == HTTP1_DONE)
        transcript_event(t, h->nread, "done %s%s%s%s length=%llu",
                         h->version == HTTP_VERSION_1_1 ? "1.1" : "1.0", h->keep_alive ? " keep-alive" : "",
                         h->expect_continue ? " expect" : "", h->is_chunked ? " chunked" : "",
                         (unsigned long long)h->content_length);
}

static void feed(struct transcript *t)
{
    struct http1_head h;
    struct slice prefix = SLICE_NONE;
    http1_head_init(&h, transcript_number(t, "max_target", 8192), transcript_number(t, "max_head", 16384));
    while (transcript_next_prefix(t, &prefix)) {
        http1_head_execute(&h, prefix.data, prefix.len);
        CHECK(http1_head_valid(&h));
    }
    CHECK_INT(http1_head_execute(&h, prefix.data, prefix.len), h.result);
    tell(t, &h, prefix.data);
}

TEST(transcript, "request heads at every cut: RFC 9112 2 to 6")
{
    transcript_run("tests/transcript/http1.t", feed);
}

TEST(refused, "what could smuggle a request is refused: RFC 9112 3.2, 5.1, 5.2, 11.2")
{
    transcript_run("tests/transcript/http1_refused.t", feed);
}

TEST(framing, "where a body ends is never in doubt: RFC 9112 6.1, 6.3, 7")
{
    transcript_run("tests/transcript/http1_framing.t", feed);
}

TEST(limits, "the last size that passes and the first that does not: RFC 9110 15.5.15, RFC 6585 5")
{
    transcript_run("tests/transcript/http1_limits.t", feed);
}

TEST(lookup, "fields are found by name without case, the first and every one")
{
    static const char text[] = "PATCH /a HTTP/1.1\r\nhOST: a\r\nCookie: a=1\r\ncookie:b=2\r\nX:\r\n\r\nrest";
    const unsigned char *base = (const unsigned char *)text;
    struct http1_head h;
    struct slice value;
    size_t i = 0;
    http1_head_init(&h, 10, 1000);
    CHECK_INT(http1_head_execute(&h, base, sizeof text - 1), HTTP1_DONE);
    CHECK_INT(h.nread, sizeof text - 1 - 4);
    CHECK_INT(h.method, HTTP_METHOD_PATCH);
    CHECK_SLICE(http1_head_target(&h, base), "/a");
    CHECK(http1_head_query(&h, base).data == NULL);
    CHECK_SLICE(http1_head_field(&h, base, SLICE("COOKIE")), "a=1");
    CHECK(http1_head_field(&h, base, SLICE("x")).data != NULL);
    CHECK(http1_head_field(&h, base, SLICE("y")).data == NULL);
    CHECK_INT(http1_head_field_count(&h, base, SLICE("cookie")), 2);
    CHECK(http1_head_field_next(&h, base, SLICE("cookie"), &i, &value));
    CHECK(http1_head_field_next(&h, base, SLICE("cookie"), &i, &value));
    CHECK_SLICE(value, "b=2");
    CHECK(!http1_head_field_next(&h, base, SLICE("cookie"), &i, &value));
}

TEST(methods, "methods are told apart by their exact names, RFC 9110 9.1")
{
    for (int m = 0; m < HTTP_METHOD_OTHER; m++)
        CHECK_INT(http_method_from_name(slice_from_string(http_method_name((enum http_method)m))), m);
    CHECK_INT(http_method_from_name(SLICE("get")), HTTP_METHOD_OTHER);
    CHECK_INT(http_method_from_name(SLICE("GETS")), HTTP_METHOD_OTHER);
    CHECK_SLICE(slice_from_string(http_method_name(HTTP_METHOD_OTHER)), "");
}
