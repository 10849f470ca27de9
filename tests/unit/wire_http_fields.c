// SPDX-License-Identifier: MIT
#include <ctype.h>

#include "support/test.h"
#include "wire/authorization.h"
#include "wire/cookie.h"
#include "wire/http_fields.h"
#include "wire/media_type.h"

TEST(tokens, "a list has a token, case ignored, commas in quotes do not divide: RFC 9110 5.6.1")
{
    static const struct {
        struct slice value;
        bool has;
    } rows[] = {
        {SLICE_INIT("upgrade"), true},
        {SLICE_INIT("keep-alive, Upgrade"), true},
        {SLICE_INIT(" , ,\tUPGRADE ,"), true},
        {SLICE_INIT("upgraded"), false},
        {SLICE_INIT("up grade"), false},
        {SLICE_INIT(""), false},
        {SLICE_INIT(",,"), false},
        {SLICE_INIT("x=\"a, upgrade, b\""), false},
        {SLICE_INIT("x=\"a\\\", b\", upgrade"), true},
        {SLICE_INIT("x=\"never closed, upgrade"), false},
        {SLICE_INIT("x\", upgrade"), false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        CHECK(http_list_has_token(rows[i].value, SLICE("upgrade")) == rows[i].has);
    CHECK(!http_list_has_token(SLICE_NONE, SLICE("upgrade")));
}

TEST(list, "elements come trimmed and in order, empty ones do not come")
{
    struct slice rest = SLICE(" a b ,,\"c,d\", e"), element;
    CHECK(http_list_next(&rest, &element));
    CHECK_SLICE(element, "a b");
    CHECK(http_list_next(&rest, &element));
    CHECK_SLICE(element, "\"c,d\"");
    CHECK(http_list_next(&rest, &element));
    CHECK_SLICE(element, "e");
    CHECK(!http_list_next(&rest, &element));
}

TEST(etags, "entity tags compare weakly, RFC 9110 8.8.3.2 and 13.1.2")
{
    static const struct {
        struct slice value;
        bool matches;
    } rows[] = {
        {SLICE_INIT("\"a,b\""), true},
        {SLICE_INIT("W/\"a,b\""), true},
        {SLICE_INIT("*"), true},
        {SLICE_INIT(" * "), true},
        {SLICE_INIT("\"x\", \"a,b\""), true},
        {SLICE_INIT("\"x\",W/\"y\" , \"a,b\" , \"z\""), true},
        {SLICE_INIT("odd, \"a,b\""), true},
        {SLICE_INIT("\"a\", \"b\""), false},
        {SLICE_INIT("a,b"), false},
        {SLICE_INIT("w/\"a,b\""), false},
        {SLICE_INIT("\"a,b"), false},
        {SLICE_INIT("\"a,b\"x"), false},
        {SLICE_INIT("*, \"x\""), false},
        {SLICE_INIT(""), false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        CHECK(http_etag_matches(rows[i].value, SLICE("\"a,b\"")) == rows[i].matches);
        CHECK(http_etag_matches(rows[i].value, SLICE("W/\"a,b\"")) == rows[i].matches);
    }
}

TEST(host, "a Host has a name and perhaps a port, RFC 9110 7.2")
{
    static const struct {
        struct slice value;
        const char *name; /* "" for none */
    } rows[] = {
        {SLICE_INIT("a"), "a"},
        {SLICE_INIT("chat.example.org:8443"), "chat.example.org"},
        {SLICE_INIT("a:"), "a"},
        {SLICE_INIT("127.0.0.1:80"), "127.0.0.1"},
        {SLICE_INIT("[::1]:80"), "[::1]"},
        {SLICE_INIT("[::1]"), "[::1]"},
        {SLICE_INIT("a_b-c~%41"), "a_b-c~%41"},
        {SLICE_INIT(""), ""},
        {SLICE_INIT(":80"), ""},
        {SLICE_INIT("a:80:80"), ""},
        {SLICE_INIT("a:123456"), ""},
        {SLICE_INIT("[::1"), ""},
        {SLICE_INIT("[::1]a"), ""},
        {SLICE_INIT("a%4"), ""},
        {SLICE_INIT("a@b"), ""},
        {SLICE_INIT("a b"), ""},
        {SLICE_INIT("\xC3\xA9"), ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        CHECK_SLICE(http_host_name(rows[i].value), rows[i].name);
        CHECK(http_is_host(rows[i].value) == (rows[i].name[0] != '\0'));
    }
}

/* RFC 3986 3.2.2 once more, octet by octet: a reg-name and a port. */
static bool naive_host(const unsigned char *s, size_t len)
{
    size_t at = 0, digits = 0;
    while (at < len && s[at] != ':') {
        if (s[at] == '%' && at + 2 < len && isxdigit(s[at + 1]) && isxdigit(s[at + 2])) {
            at += 3;
            continue;
        }
        bool alnum = (s[at] | 0x20) >= 'a' && (s[at] | 0x20) <= 'z' && s[at] < 0x80;
        if (!alnum && !(s[at] >= '0' && s[at] <= '9') &&
            (s[at] == 0 || strchr("-._~!$&'()*+,;=", s[at]) == NULL))
            return false;
        at++;
    }
    while (at + 1 + digits < len && s[at + 1 + digits] >= '0' && s[at + 1 + digits] <= '9')
        digits++;
    return at > 0 && (at == len || (at + 1 + digits == len && digits <= 5));
}

TEST(host_octets, "one odd octet anywhere in a long Host is seen, also where octets are skipped")
{
    static const char host[] = "chat.parley-server.example.org.with-a-long-name:8443";
    unsigned char text[sizeof host];
    for (size_t at = 0; at < sizeof host - 1; at++) {
        for (unsigned octet = 0; octet < 256; octet++) {
            memcpy(text, host, sizeof host);
            text[at] = (unsigned char)octet;
            if (http_is_host(slice_of(text, sizeof host - 1)) != naive_host(text, sizeof host - 1))
                CHECK_INT(at * 256 + octet, -1);
        }
    }
}

TEST(octets, "tokens and field values are told by every single octet, RFC 9110 5.5 and 5.6.2")
{
    for (unsigned c = 0; c < 256; c++) {
        unsigned char octet = (unsigned char)c;
        bool alnum = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80);
        bool mark = c != 0 && strchr("!#$%&'*+-.^_`|~", (int)c) != NULL;
        CHECK(http_is_token(slice_of(&octet, 1)) == (alnum || mark));
        CHECK(http_is_field_value(slice_of(&octet, 1)) == ((c >= 0x20 && c != 0x7F) || c == '\t'));
    }
    CHECK(!http_is_token(SLICE_NONE) && http_is_field_value(SLICE_NONE));
}

TEST(bearer, "a bearer token, RFC 6750 2.1: scheme without case, blanks, token68, nothing else; D3.1 SC-6")
{
    static const struct {
        struct slice value;
        const char *token; /* NULL: none */
    } rows[] = {
        {SLICE_INIT("Bearer abc"), "abc"},
        {SLICE_INIT("bEARER   a.b-c_~+/=="), "a.b-c_~+/=="},
        {SLICE_INIT("Bearer"), NULL},
        {SLICE_INIT("Bearer "), NULL},
        {SLICE_INIT(""), NULL},
        {SLICE_INIT(" Bearer a"), NULL},
        {SLICE_INIT("Bearer a "), NULL},
        {SLICE_INIT("Bearer a b"), NULL},
        {SLICE_INIT("Bearer a, Bearer b"), NULL},
        {SLICE_INIT("Bearer\ta"), NULL},
        {SLICE_INIT("Bearer ="), NULL},
        {SLICE_INIT("Bearer a=b"), NULL},
        {SLICE_INIT("Bearer \"a\""), NULL},
        {SLICE_INIT("Bearera"), NULL},
        {SLICE_INIT("Basic YTpi"), NULL},
        {SLICE_INIT("Bearer a\0"), NULL},
        {SLICE_INIT("Bearer \xC3\xA9"), NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct slice token = SLICE_NONE;
        CHECK(authorization_bearer(rows[i].value, &token) == (rows[i].token != NULL));
        CHECK_SLICE(token, rows[i].token);
    }
}

TEST(cookies, "ours is found among odd ones, and only ours: RFC 6265 4.2.1, D3.2")
{
    static const struct {
        struct slice value;
        const char *found; /* NULL: none */
    } rows[] = {
        {SLICE_INIT("T=abc"), "abc"},
        {SLICE_INIT("a=b; T=abc; c=d"), "abc"},
        {SLICE_INIT("a=b;T=abc"), "abc"},
        {SLICE_INIT("  T=abc\t; c=d"), "abc"},
        {SLICE_INIT("T=\"abc\""), "abc"},
        {SLICE_INIT("T=\"\""), ""},
        {SLICE_INIT("T="), ""},
        {SLICE_INIT("T=a=b=="), "a=b=="},
        {SLICE_INIT("T=1; T=2"), "1"},
        {SLICE_INIT(";;;T=1;"), "1"},
        {SLICE_INIT("odd; T=1"), "1"},
        {SLICE_INIT("=odd; T=1"), "1"},
        {SLICE_INIT("o d=1; T=1"), "1"},
        {SLICE_INIT("j={\"a\":[1,2]}; T=1"), "1"},
        {SLICE_INIT("u=\xED\x95\x9C; T=1"), "1"},
        {SLICE_INIT("q=\"open; T=1"), "1"},
        {SLICE_INIT("T=o dd; T=1"), "1"},
        {SLICE_INIT("T=\"odd; T=1"), "1"},
        {SLICE_INIT("T=1\0; T=2"), "2"},
        {SLICE_INIT("t=abc"), NULL},
        {SLICE_INIT("XT=abc; Tx=abc"), NULL},
        {SLICE_INIT("T"), NULL},
        {SLICE_INIT("a=T=abc"), NULL},
        {SLICE_INIT("T =abc"), NULL},
        {SLICE_INIT("T= abc"), NULL},
        {SLICE_INIT("T=a,b"), NULL},
        {SLICE_INIT("T=a\\b"), NULL},
        {SLICE_INIT("T=\"a\"b"), NULL},
        {SLICE_INIT("a=b, T=abc"), NULL},
        {SLICE_INIT(""), NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct slice value = SLICE_NONE;
        CHECK(cookie_find(rows[i].value, SLICE("T"), &value) == (rows[i].found != NULL));
        CHECK_SLICE(value, rows[i].found);
    }
    CHECK(!cookie_find(SLICE_NONE, SLICE("T"), &(struct slice){NULL, 0}));
}

TEST(media_types, "types, parameters and quoted strings, RFC 9110 8.3.1; what is malformed is refused")
{
    static const struct {
        struct slice value;
        bool valid;
    } rows[] = {
        {SLICE_INIT("application/json"), true},
        {SLICE_INIT(" text/plain;charset=utf-8 "), true},
        {SLICE_INIT("text/plain ; charset=\"utf-8\" ;"), true},
        {SLICE_INIT("a/b;;;x=y"), true},
        {SLICE_INIT("a/b; x=\"\\\"; y=z\""), true},
        {SLICE_INIT("a/b;1=1;2=2;3=3;4=4;5=5;6=6;7=7;8=8"), true},
        {SLICE_INIT("a/b;1=1;2=2;3=3;4=4;5=5;6=6;7=7;8=8;9=9"), false},
        {SLICE_INIT(""), false},
        {SLICE_INIT("text"), false},
        {SLICE_INIT("text/"), false},
        {SLICE_INIT("/plain"), false},
        {SLICE_INIT("text /plain"), false},
        {SLICE_INIT("text/plain charset=x"), false},
        {SLICE_INIT("a/b; x"), false},
        {SLICE_INIT("a/b; x="), false},
        {SLICE_INIT("a/b; x =y"), false},
        {SLICE_INIT("a/b; x= y"), false},
        {SLICE_INIT("a/b; x=\"y"), false},
        {SLICE_INIT("a/b; x=\"y\"z"), false},
        {SLICE_INIT("a/b; x=y; X=z"), false},
        {SLICE_INIT("a/b, c/d"), false},
        {SLICE_INIT("a/b\0"), false},
        {SLICE_INIT("a/b; x=\"\x01\""), false},
    };
    struct media_type m;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        CHECK(media_type_parse(rows[i].value, &m) == rows[i].valid);
    CHECK(media_type_parse(SLICE("Application/JSON; Charset=\"UTF-8\"; a=\"b\\\"c\";d=e"), &m));
    CHECK(media_type_is(&m, SLICE("application"), SLICE("json")));
    CHECK(!media_type_is(&m, SLICE("application"), SLICE("json5")));
    CHECK_SLICE(media_type_parameter(&m, SLICE("charset")), "UTF-8");
    CHECK_SLICE(media_type_parameter(&m, SLICE("a")), "b\\\"c");
    CHECK_SLICE(media_type_parameter(&m, SLICE("D")), "e");
    CHECK(media_type_parameter(&m, SLICE("x")).data == NULL && media_type_is_utf8(&m));
    CHECK(media_type_parse(SLICE("text/plain;charset=euc-kr"), &m) && !media_type_is_utf8(&m));
    CHECK(media_type_parse(SLICE("text/plain"), &m) && media_type_is_utf8(&m));
}

TEST(boundary, "a boundary of 1 to 70 octets that RFC 2046 5.1.1 allows; D4.1")
{
#define SEVENTY "0123456789012345678901234567890123456789012345678901234567890123456789"
    static const struct {
        struct slice value;
        const char *boundary; /* NULL: none */
    } rows[] = {
        {SLICE_INIT("multipart/form-data; boundary=----WebKitFormBoundaryAbC"), "----WebKitFormBoundaryAbC"},
        {SLICE_INIT("multipart/form-data; boundary=\"a b'()+_,-./:=?c\""), "a b'()+_,-./:=?c"},
        {SLICE_INIT("multipart/form-data; boundary=" SEVENTY), SEVENTY},
        {SLICE_INIT("multipart/form-data; boundary=1" SEVENTY), NULL},
        {SLICE_INIT("multipart/form-data; boundary=\"\""), NULL},
        {SLICE_INIT("multipart/form-data; boundary=\"a \""), NULL},
        {SLICE_INIT("multipart/form-data; boundary=\"a\\b\""), NULL},
        {SLICE_INIT("multipart/form-data; boundary=a*b"), NULL},
        {SLICE_INIT("multipart/form-data"), NULL},
        {SLICE_INIT("text/plain; boundary=a"), NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct media_type m;
        struct slice boundary = SLICE_NONE;
        CHECK(media_type_parse(rows[i].value, &m));
        CHECK(media_type_boundary(&m, &boundary) == (rows[i].boundary != NULL));
        CHECK_SLICE(boundary, rows[i].boundary);
    }
}
