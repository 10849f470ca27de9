// SPDX-License-Identifier: MIT
#include "base/instant.h"

#include "support/guarded.h"
#include "support/test.h"

static void check_round(int64_t instant, const char *text)
{
    char out[INSTANT_ROOM];
    int64_t got = 42;
    CHECK_INT(instant_format(instant, out), INSTANT_TEXT);
    CHECK_SLICE(slice_from_string(out), text);
    CHECK(instant_parse(slice_from_string(text), &got));
    CHECK_INT(got, instant);
}

TEST(known, "instants are written with six digits of fraction, and read back")
{
    check_round(0, "1970-01-01T00:00:00.000000Z");
    check_round(-1, "1969-12-31T23:59:59.999999Z");
    check_round(INT64_C(1772442930482913), "2026-03-02T09:15:30.482913Z");
    check_round(INT64_C(951782400000000), "2000-02-29T00:00:00.000000Z");
    check_round(INSTANT_MIN, "0001-01-01T00:00:00.000000Z");
    check_round(INSTANT_MAX, "9999-12-31T23:59:59.999999Z");
}

TEST(calendar, "every day from year 1 to 9999 follows the day before, by a calendar that only counts")
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 1, month = 1, day = 1;
    for (int64_t at = INSTANT_MIN; at <= INSTANT_MAX; at += INT64_C(86400000000)) {
        char want[64], out[INSTANT_ROOM];
        int64_t got = 0;
        snprintf(want, sizeof want, "%04d-%02d-%02dT00:00:00.000000Z", year, month, day);
        instant_format(at, out);
        CHECK(strcmp(out, want) == 0);
        CHECK(instant_parse(slice_from_string(want), &got) && got == at);
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        if (++day > days[month - 1] + (month == 2 && leap)) {
            day = 1;
            if (++month > 12) {
                month = 1;
                year++;
            }
        }
    }
    CHECK_INT(year, 10000);
}

TEST(forms, "RFC 3339 section 5.6: offsets, fractions of any length up to nine, either case of T and Z")
{
    static const struct {
        const char *text;
        int64_t micro; /* from 2026-03-02T09:15:30Z */
    } cases[] = {
        {"2026-03-02T09:15:30Z", 0},
        {"2026-03-02t09:15:30z", 0},
        {"2026-03-02T09:15:30.4Z", 400000},
        {"2026-03-02T09:15:30.482913Z", 482913},
        {"2026-03-02T09:15:30.482913999Z", 482913},
        {"2026-03-02T18:15:30+09:00", 0},
        {"2026-03-01T22:45:30.5-10:30", 500000},
        {"2026-03-02T09:15:30-00:00", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int64_t got = 0;
        CHECK(instant_parse(slice_from_string(cases[i].text), &got));
        CHECK_INT(got - INT64_C(1772442930000000), cases[i].micro);
    }
}

TEST(refuse, "what is no instant is refused, and leaves what was there")
{
    static const char *const texts[] = {
        "",
        "2026-03-02",
        "2026-03-02T09:15Z",
        "2026-03-02T09:15:30",
        "2026-03-02 09:15:30Z",
        "2026-03-02T09:15:30.Z",
        "2026-03-02T09:15:30.1234567890Z",
        "2026-03-02T09:15:30,5Z",
        "2026-03-02T09:15:30ZZ",
        "2026-03-02T09:15:30+0900",
        "2026-03-02T09:15:30+09",
        "2026-03-02T09:15:30+24:00",
        "2026-03-02T09:15:30+09:60",
        "2026-03-02T24:00:00Z",
        "2026-03-02T09:60:00Z",
        "2026-03-02T09:15:60Z", /* a leap second */
        "2026-00-02T09:15:30Z",
        "2026-13-02T09:15:30Z",
        "2026-03-00T09:15:30Z",
        "2026-03-32T09:15:30Z",
        "2026-04-31T09:15:30Z",
        "2026-02-29T09:15:30Z",
        "1900-02-29T09:15:30Z",
        "2000-02-30T09:15:30Z",
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "+2026-03-02T09:15:30Z",
        "0001-01-01T00:00:00+00:01", /* still in the year before */
        "9999-12-31T23:59:59-00:01",
        "2026-3-02T09:15:30Z",
        "2026-03-02T9:15:30Z",
    };
    struct guarded memory;
    guarded_init(&memory, 64);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        int64_t got = 42;
        CHECK(!instant_parse(guarded_copy(&memory, slice_from_string(texts[i])), &got));
        CHECK_INT(got, 42);
    }
    guarded_release(&memory);
}
