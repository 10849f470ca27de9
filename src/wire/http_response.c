// SPDX-License-Identifier: MIT
#include "wire/http_response.h"

#include <stdio.h>

#include "base/object.h"
#include "wire/cookie.h"
#include "wire/http_fields.h"

/* RFC 9110 15, RFC 6585, and the codes of our own error table. */
static const struct {
    uint16_t status;
    const char *reason;
} reasons[] = {
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

const char *http_reason(unsigned status)
{
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        if (reasons[i].status == status)
            return reasons[i].reason;
    }
    return "Unknown";
}

static bool refuse(struct buf *out)
{
    out->failed = true;
    return false;
}

bool http_response_begin(struct buf *out, unsigned status)
{
    assert(status >= 100 && status <= 599);
    return buf_printf(out, "HTTP/1.1 %u %s\r\n", status, http_reason(status));
}

bool http_response_field(struct buf *out, struct slice name, struct slice value)
{
    if (!http_is_token(name) || !http_is_field_value(value))
        return refuse(out);
    buf_append(out, name);
    buf_append(out, SLICE(": "));
    buf_append(out, value);
    return buf_append(out, SLICE("\r\n"));
}

bool http_response_field_string(struct buf *out, const char *name, const char *value)
{
    return http_response_field(out, slice_from_string(name), slice_from_string(value));
}

bool http_response_content_length(struct buf *out, uint64_t octets)
{
    buf_append(out, SLICE("Content-Length: "));
    buf_append_uint(out, octets);
    return buf_append(out, SLICE("\r\n"));
}

bool http_response_date(struct buf *out, int64_t seconds)
{
    char date[HTTP_DATE_LEN + 1];
    http_date_format(seconds, date);
    return http_response_field_string(out, "Date", date);
}

bool http_response_cookie(struct buf *out, const struct http_cookie *c)
{
    static const char *const same_site[] = {
        [HTTP_SAME_SITE_UNSET] = "",
        [HTTP_SAME_SITE_LAX] = "; SameSite=Lax",
        [HTTP_SAME_SITE_STRICT] = "; SameSite=Strict",
        [HTTP_SAME_SITE_NONE] = "; SameSite=None",
    };
    if (!cookie_is_pair(c->name, c->value) || !cookie_is_path(c->path))
        return refuse(out);
    buf_append(out, SLICE("Set-Cookie: "));
    buf_append(out, c->name);
    buf_append_octet(out, '=');
    buf_append(out, c->value);
    if (c->path.len > 0) {
        buf_append(out, SLICE("; Path="));
        buf_append(out, c->path);
    }
    if (c->max_age >= 0) {
        buf_append(out, SLICE("; Max-Age="));
        buf_append_uint(out, (uint64_t)c->max_age);
    }
    buf_append_string(out, c->http_only ? "; HttpOnly" : "");
    buf_append_string(out, c->secure ? "; Secure" : "");
    buf_append_string(out, same_site[c->same_site]);
    return buf_append(out, SLICE("\r\n"));
}

bool http_response_end(struct buf *out)
{
    return buf_append(out, SLICE("\r\n"));
}

struct day {
    unsigned year, month, day; /* month and day from 1 */
};

/* Days since 1970-01-01 to a date of the Gregorian calendar, by eras of 400 years that begin in March. */
static struct day civil(uint32_t days)
{
    uint32_t shifted = days + 719468, era = shifted / 146097, of_era = shifted % 146097;
    uint32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    uint32_t from_march = (5 * of_year + 2) / 153;
    uint32_t month = from_march < 10 ? from_march + 3 : from_march - 9;
    return (struct day){era * 400 + year + (month <= 2), month, of_year - (153 * from_march + 2) / 5 + 1};
}

void http_date_format(int64_t seconds, char date[HTTP_DATE_LEN + 1])
{
    static const char names[] = "ThuFriSatSunMonTueWed", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    static const int64_t last = 253402300799; /* 9999-12-31T23:59:59Z */
    uint64_t s = seconds < 0 ? 0 : (uint64_t)(seconds > last ? last : seconds);
    uint32_t days = (uint32_t)(s / 86400), of_day = (uint32_t)(s % 86400);
    struct day d = civil(days);
    snprintf(date, HTTP_DATE_LEN + 1, "%.3s, %02u %.3s %04u %02u:%02u:%02u GMT", names + days % 7 * 3,
             d.day % 100, months + (d.month - 1) * 3, d.year % 10000, of_day / 3600, of_day / 60 % 60,
             of_day % 60);
}
