// SPDX-License-Identifier: MIT
#include "base/error.h"
#include "support/test.h"
#include "wire/http_response.h"

TEST(head, "a response head, field by field; RFC 9112 4 and 5")
{
    struct buf out;
    buf_init(&out, 1000);
    CHECK(http_response_begin(&out, 203));
    CHECK(http_response_date(&out, 784111777));
    CHECK(http_response_field(&out, SLICE("X-Name"), SLICE("\xED\x95\x9C a\tb")));
    CHECK(http_response_field_string(&out, "X-Empty", ""));
    CHECK(http_response_content_length(&out, 42));
    CHECK(http_response_end(&out));
    CHECK_SLICE(buf_slice(&out), "HTTP/1.1 203 Non-Authoritative Information\r\n"
                                 "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                                 "X-Name: \xED\x95\x9C a\tb\r\nX-Empty: \r\nContent-Length: 42\r\n\r\n");
    buf_release(&out);
}

TEST(splitting, "a name or value that would split the response writes nothing and spoils the whole")
{
    static const struct slice values[] = {SLICE_INIT("a\r\nb"), SLICE_INIT("a\n"), SLICE_INIT("a\r"),
                                          SLICE_INIT("a\0b"), SLICE_INIT("\x7F")};
    static const struct slice names[] = {SLICE_INIT(""), SLICE_INIT("a b"), SLICE_INIT("a:"),
                                         SLICE_INIT("a\r\nb"), SLICE_INIT("\xC3\xA9")};
    struct buf out;
    buf_init(&out, 1000);
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        CHECK(!http_response_field(&out, SLICE("A"), values[i]) && out.len == 0 && !buf_ok(&out));
        buf_clear(&out);
        CHECK(!http_response_field(&out, names[i], SLICE("a")) && out.len == 0 && !buf_ok(&out));
        CHECK(!http_response_end(&out));
        buf_clear(&out);
    }
    buf_release(&out);
}

TEST(cookies, "Set-Cookie with the attributes of D3.2, and no room for others in a value; RFC 6265 4.1.1")
{
    static const struct slice odd[] = {SLICE_INIT("a;b"),   SLICE_INIT("a b"),  SLICE_INIT("a,b"),
                                       SLICE_INIT("a\r\n"), SLICE_INIT("a\\b"), SLICE_INIT("\"a")};
    struct buf out;
    struct http_cookie c = {.name = SLICE("REFRESH_TOKEN"),
                            .value = SLICE("a.b-c"),
                            .path = SLICE("/"),
                            .max_age = 604800,
                            .http_only = true,
                            .secure = true,
                            .same_site = HTTP_SAME_SITE_LAX};
    buf_init(&out, 1000);
    CHECK(http_response_cookie(&out, &c));
    c = (struct http_cookie){
        .name = SLICE("XSRF-TOKEN"), .value = SLICE("x"), .path = SLICE("/"), .max_age = -1};
    CHECK(http_response_cookie(&out, &c));
    c.max_age = 0;
    c.value = c.path = SLICE_NONE;
    CHECK(http_response_cookie(&out, &c));
    CHECK_SLICE(buf_slice(&out),
                "Set-Cookie: REFRESH_TOKEN=a.b-c; Path=/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax\r\n"
                "Set-Cookie: XSRF-TOKEN=x; Path=/\r\nSet-Cookie: XSRF-TOKEN=; Max-Age=0\r\n");
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        buf_clear(&out);
        c.value = odd[i];
        CHECK(!http_response_cookie(&out, &c) && out.len == 0);
    }
    buf_clear(&out);
    c.value = SLICE("x");
    c.path = SLICE("/; Domain=evil");
    CHECK(!http_response_cookie(&out, &c));
    buf_clear(&out);
    c.path = SLICE("/");
    c.name = SLICE("a=b");
    CHECK(!http_response_cookie(&out, &c));
    buf_release(&out);
}

TEST(dates, "IMF-fixdate without a calendar library, RFC 9110 5.6.7")
{
    static const struct {
        int64_t seconds;
        const char *date;
    } rows[] = {
        {0, "Thu, 01 Jan 1970 00:00:00 GMT"},
        {951782399, "Mon, 28 Feb 2000 23:59:59 GMT"},
        {951782400, "Tue, 29 Feb 2000 00:00:00 GMT"},
        {951868800, "Wed, 01 Mar 2000 00:00:00 GMT"},
        {1709164800, "Thu, 29 Feb 2024 00:00:00 GMT"},
        {1798761599, "Thu, 31 Dec 2026 23:59:59 GMT"},
        {4107542400, "Mon, 01 Mar 2100 00:00:00 GMT"},
        {253402300799, "Fri, 31 Dec 9999 23:59:59 GMT"},
        {253402300800, "Fri, 31 Dec 9999 23:59:59 GMT"},
        {-1, "Thu, 01 Jan 1970 00:00:00 GMT"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char date[HTTP_DATE_LEN + 1];
        http_date_format(rows[i].seconds, date);
        CHECK_SLICE(slice_from_string(date), rows[i].date);
    }
}

TEST(reasons, "every status of our errors has a reason phrase; D5.1")
{
    for (int e = ERR_NONE + 1; e < ERR_COUNT; e++)
        CHECK(strcmp(http_reason(error_row((enum error)e)->status), "Unknown") != 0);
    CHECK_SLICE(slice_from_string(http_reason(299)), "Unknown");
}
