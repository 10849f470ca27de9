// SPDX-License-Identifier: MIT
#include "base/instant.h"

#include "base/object.h"

static const int64_t SECOND = 1000000, DAY = 86400;

/* What stands in a text, as numbers. */
struct civil {
    int year, month, day, hour, minute, second;
    int micro, micro_unit; /* the unit is what the next digit of the fraction counts */
    int offset_hour, offset_minute;
    bool west;
};

/* Days since 1970-01-01. Years are counted from March, so that the leap day is the last of its year. */
static int64_t days_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    int64_t days = (int64_t)y * 365 + y / 4 - y / 100 + y / 400; /* y >= 0 here */
    return days + (m * 153 + 2) / 5 + day - 1 - 719468;
}

static bool has_day(const struct civil *c)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (c->year % 4 == 0 && c->year % 100 != 0) || c->year % 400 == 0;
    return c->day <= days[c->month - 1] + (c->month == 2 && leap);
}

%%{
    machine instant;
    alphtype unsigned char;

    action year          { c.year = c.year * 10 + (*p - '0'); }
    action month         { c.month = c.month * 10 + (*p - '0'); }
    action mday          { c.day = c.day * 10 + (*p - '0'); }
    action hour          { c.hour = c.hour * 10 + (*p - '0'); }
    action minute        { c.minute = c.minute * 10 + (*p - '0'); }
    action second        { c.second = c.second * 10 + (*p - '0'); }
    action offset_hour   { c.offset_hour = c.offset_hour * 10 + (*p - '0'); }
    action offset_minute { c.offset_minute = c.offset_minute * 10 + (*p - '0'); }
    action offset_west   { c.west = true; }
    action secfrac {
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }

    include rfc3339 "rfc3339.rl";
    main := date_time;
    write data noerror;
}%%

bool instant_parse(struct slice s, int64_t *microseconds)
{
    struct civil c = {.micro_unit = 100000};
    int cs;
    if (slice_is_empty(s))
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    %% write init;
    %% write exec;
    if (cs < instant_first_final || !has_day(&c))
        return false;
    int64_t offset = c.offset_hour * 3600 + c.offset_minute * 60;
    int64_t seconds = days_of(c.year, c.month, c.day) * DAY + c.hour * 3600 + c.minute * 60 + c.second;
    int64_t instant = (seconds + (c.west ? offset : -offset)) * SECOND + c.micro;
    if (instant < INSTANT_MIN || instant > INSTANT_MAX)
        return false;
    *microseconds = instant;
    return true;
}

static char *put_digits(char *out, int64_t n, int digits, char behind)
{
    for (int i = digits - 1; i >= 0; i--, n /= 10)
        out[i] = (char)('0' + n % 10);
    out[digits] = behind;
    return out + digits + 1;
}

size_t instant_format(int64_t microseconds, char out[INSTANT_ROOM])
{
    assert(microseconds >= INSTANT_MIN && microseconds <= INSTANT_MAX);
    int64_t since = microseconds - INSTANT_MIN; /* nothing below is negative */
    int64_t micro = since % SECOND, second = since / SECOND % DAY, day = since / SECOND / DAY;
    day += 306; /* from 0000-03-01, where 400 years begin that have 146097 days */
    int64_t era = day / 146097, of_era = day % 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    int64_t mday = of_year - (153 * month + 2) / 5 + 1;
    month = month < 10 ? month + 3 : month - 9;
    year += era * 400 + (month <= 2);
    char *at = put_digits(out, year, 4, '-');
    at = put_digits(at, month, 2, '-');
    at = put_digits(at, mday, 2, 'T');
    at = put_digits(at, second / 3600, 2, ':');
    at = put_digits(at, second / 60 % 60, 2, ':');
    at = put_digits(at, second % 60, 2, '.');
    at = put_digits(at, micro, 6, 'Z');
    *at = '\0';
    return INSTANT_TEXT;
}
