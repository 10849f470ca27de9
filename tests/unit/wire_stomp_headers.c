// SPDX-License-Identifier: MIT
#include "base/object.h"
#include "support/guarded.h"
#include "support/test.h"
#include "wire/accept_version.h"
#include "wire/heart_beat.h"

static const unsigned ALL = STOMP_SERVES(STOMP_1_0) | STOMP_SERVES(STOMP_1_1) | STOMP_SERVES(STOMP_1_2);

TEST(versions, "SL-4, SL-5, ST-22: items are trimmed, unknown ones passed over, the highest common one wins")
{
    static const struct {
        const char *value;
        unsigned served;
        int want; /* -1: none */
    } cases[] = {
        {"1.2,1.1,1.0", 7, STOMP_1_2},
        {"1.0,1.1,1.2", 7, STOMP_1_2},
        {"1.0,1.1,2.0", 7, STOMP_1_1},
        {"1.0", 7, STOMP_1_0},
        {"1.1", 7, STOMP_1_1},
        {" 1.0 ,\t1.1 ", 7, STOMP_1_1},
        {"1.2 , 3", 7, STOMP_1_2},
        {"1.2,1.1,1.0", 1 << STOMP_1_2, STOMP_1_2},
        {"1.1,1.0", 1 << STOMP_1_2, -1},
        {"1.2,1.1", 1 << STOMP_1_1 | 1 << STOMP_1_0, STOMP_1_1},
        {"", 7, -1},
        {",", 7, -1},
        {"1.2,", 7, STOMP_1_2},
        {",,1.2", 7, STOMP_1_2},
        {"2.0", 7, -1},
        {"1.20", 7, -1},
        {"11.2", 7, -1},
        {"1.2x,1.1", 7, STOMP_1_1},
        {"1 .2", 7, -1},
        {"1.2 1.1", 7, -1},
        {"1", 7, -1},
        {"\xFF,1.2", 7, STOMP_1_2},
    };
    struct guarded memory;
    guarded_init(&memory, 64);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        enum stomp_dialect agreed = STOMP_DIALECTS;
        struct slice value = guarded_copy(&memory, slice_from_string(cases[i].value));
        CHECK(accept_version_parse(value, cases[i].served, &agreed) == (cases[i].want >= 0));
        CHECK_INT(agreed, cases[i].want >= 0 ? cases[i].want : STOMP_DIALECTS);
    }
    CHECK_INT(ALL, 7);
    CHECK_SLICE(stomp_dialect_name(STOMP_1_0), "1.0");
    CHECK_SLICE(stomp_dialect_name(STOMP_1_1), "1.1");
    CHECK_SLICE(stomp_dialect_name(STOMP_1_2), "1.2");
    guarded_release(&memory);
}

TEST(beats, "HB-9: two numbers of at most nine digits, and nothing else")
{
    static const char *const refused[] = {"",       ",",     "0",    "0,",   ",0",           "0,0,0",
                                          "-1,0",   "0,+1",  " 0,0", "0,0 ", "0, 0",         "1e3,0",
                                          "0x10,0", "1.5,0", "a,b",  "0;0",  "0,1000000000", "1234567890,0"};
    uint32_t cx = 1, cy = 2;
    struct guarded memory;
    guarded_init(&memory, 64);
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        CHECK(!heart_beat_parse(guarded_copy(&memory, slice_from_string(refused[i])), &cx, &cy));
        CHECK(cx == 1 && cy == 2);
    }
    CHECK(heart_beat_parse(SLICE("10000,20000"), &cx, &cy) && cx == 10000 && cy == 20000);
    CHECK(heart_beat_parse(SLICE("0,0"), &cx, &cy) && cx == 0 && cy == 0);
    CHECK(heart_beat_parse(SLICE("999999999,000000001"), &cx, &cy) && cx == 999999999 && cy == 1);
    guarded_release(&memory);
}

TEST(arithmetic, "ST-28 to ST-32: the agreed intervals")
{
    static const struct {
        const char *client;
        uint32_t server_sends, client_sends; /* with sx,sy = 10000,10000 */
    } cases[] = {
        {"10000,10000", 10000, 10000}, /* ST-28 */
        {"0,0", 0, 0},                 /* ST-29, and ST-32: absent is 0,0 */
        {"4000,20000", 20000, 10000},  /* ST-30 */
        {"0,5000", 10000, 0},          /* ST-31 */
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        uint32_t cx, cy;
        CHECK(heart_beat_parse(slice_from_string(cases[i].client), &cx, &cy));
        CHECK_INT(heart_beat_interval(10000, cy), cases[i].server_sends);
        CHECK_INT(heart_beat_interval(cx, 10000), cases[i].client_sends);
    }
    CHECK_INT(heart_beat_interval(0, 5000), 0);
}
