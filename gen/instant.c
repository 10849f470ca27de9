
#line 1 "grammar/parsers/instant.rl"
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


#line 32 "gen/instant.c"
static const int instant_start = 1;
static const int instant_first_final = 44;

static const int instant_en_main = 1;


#line 54 "grammar/parsers/instant.rl"


bool instant_parse(struct slice s, int64_t *microseconds)
{
    struct civil c = {.micro_unit = 100000};
    int cs;
    if (slice_is_empty(s))
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    
#line 46 "gen/instant.c"
	{
	cs = instant_start;
	}

#line 64 "grammar/parsers/instant.rl"
    
#line 49 "gen/instant.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	if ( (*p) == 48u )
		goto tr0;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto tr2;
	goto st0;
st0:
cs = 0;
	goto _out;
tr0:
#line 35 "grammar/parsers/instant.rl"
	{ c.year = c.year * 10 + (*p - '0'); }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 70 "gen/instant.c"
	if ( (*p) == 48u )
		goto tr3;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto tr4;
	goto st0;
tr3:
#line 35 "grammar/parsers/instant.rl"
	{ c.year = c.year * 10 + (*p - '0'); }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
#line 82 "gen/instant.c"
	if ( (*p) == 48u )
		goto tr5;
	if ( 49u <= (*p) && (*p) <= 57u )
		goto tr6;
	goto st0;
tr5:
#line 35 "grammar/parsers/instant.rl"
	{ c.year = c.year * 10 + (*p - '0'); }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 94 "gen/instant.c"
	if ( 49u <= (*p) && (*p) <= 57u )
		goto tr7;
	goto st0;
tr7:
#line 35 "grammar/parsers/instant.rl"
	{ c.year = c.year * 10 + (*p - '0'); }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
#line 104 "gen/instant.c"
	if ( (*p) == 45u )
		goto st6;
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	switch( (*p) ) {
		case 48u: goto tr9;
		case 49u: goto tr10;
	}
	goto st0;
tr9:
#line 36 "grammar/parsers/instant.rl"
	{ c.month = c.month * 10 + (*p - '0'); }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 123 "gen/instant.c"
	if ( 49u <= (*p) && (*p) <= 57u )
		goto tr11;
	goto st0;
tr11:
#line 36 "grammar/parsers/instant.rl"
	{ c.month = c.month * 10 + (*p - '0'); }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 133 "gen/instant.c"
	if ( (*p) == 45u )
		goto st9;
	goto st0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	switch( (*p) ) {
		case 48u: goto tr13;
		case 51u: goto tr15;
	}
	if ( 49u <= (*p) && (*p) <= 50u )
		goto tr14;
	goto st0;
tr13:
#line 37 "grammar/parsers/instant.rl"
	{ c.day = c.day * 10 + (*p - '0'); }
	goto st10;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
#line 154 "gen/instant.c"
	if ( 49u <= (*p) && (*p) <= 57u )
		goto tr16;
	goto st0;
tr16:
#line 37 "grammar/parsers/instant.rl"
	{ c.day = c.day * 10 + (*p - '0'); }
	goto st11;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
#line 164 "gen/instant.c"
	switch( (*p) ) {
		case 84u: goto st12;
		case 116u: goto st12;
	}
	goto st0;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	if ( (*p) == 50u )
		goto tr19;
	if ( 48u <= (*p) && (*p) <= 49u )
		goto tr18;
	goto st0;
tr18:
#line 38 "grammar/parsers/instant.rl"
	{ c.hour = c.hour * 10 + (*p - '0'); }
	goto st13;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
#line 185 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr20;
	goto st0;
tr20:
#line 38 "grammar/parsers/instant.rl"
	{ c.hour = c.hour * 10 + (*p - '0'); }
	goto st14;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
#line 195 "gen/instant.c"
	if ( (*p) == 58u )
		goto st15;
	goto st0;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	if ( 48u <= (*p) && (*p) <= 53u )
		goto tr22;
	goto st0;
tr22:
#line 39 "grammar/parsers/instant.rl"
	{ c.minute = c.minute * 10 + (*p - '0'); }
	goto st16;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
#line 212 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr23;
	goto st0;
tr23:
#line 39 "grammar/parsers/instant.rl"
	{ c.minute = c.minute * 10 + (*p - '0'); }
	goto st17;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
#line 222 "gen/instant.c"
	if ( (*p) == 58u )
		goto st18;
	goto st0;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	if ( 48u <= (*p) && (*p) <= 53u )
		goto tr25;
	goto st0;
tr25:
#line 40 "grammar/parsers/instant.rl"
	{ c.second = c.second * 10 + (*p - '0'); }
	goto st19;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
#line 239 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr26;
	goto st0;
tr26:
#line 40 "grammar/parsers/instant.rl"
	{ c.second = c.second * 10 + (*p - '0'); }
	goto st20;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
#line 249 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 46u: goto st27;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	goto st0;
tr28:
#line 43 "grammar/parsers/instant.rl"
	{ c.west = true; }
	goto st21;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
#line 264 "gen/instant.c"
	if ( (*p) == 50u )
		goto tr32;
	if ( 48u <= (*p) && (*p) <= 49u )
		goto tr31;
	goto st0;
tr31:
#line 41 "grammar/parsers/instant.rl"
	{ c.offset_hour = c.offset_hour * 10 + (*p - '0'); }
	goto st22;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
#line 276 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr33;
	goto st0;
tr33:
#line 41 "grammar/parsers/instant.rl"
	{ c.offset_hour = c.offset_hour * 10 + (*p - '0'); }
	goto st23;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
#line 286 "gen/instant.c"
	if ( (*p) == 58u )
		goto st24;
	goto st0;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
	if ( 48u <= (*p) && (*p) <= 53u )
		goto tr35;
	goto st0;
tr35:
#line 42 "grammar/parsers/instant.rl"
	{ c.offset_minute = c.offset_minute * 10 + (*p - '0'); }
	goto st25;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
#line 303 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr36;
	goto st0;
tr36:
#line 42 "grammar/parsers/instant.rl"
	{ c.offset_minute = c.offset_minute * 10 + (*p - '0'); }
	goto st44;
st44:
	if ( ++p == pe )
		goto _test_eof44;
case 44:
#line 313 "gen/instant.c"
	goto st0;
tr32:
#line 41 "grammar/parsers/instant.rl"
	{ c.offset_hour = c.offset_hour * 10 + (*p - '0'); }
	goto st26;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
#line 321 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 51u )
		goto tr33;
	goto st0;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr37;
	goto st0;
tr37:
#line 44 "grammar/parsers/instant.rl"
	{
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }
	goto st28;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
#line 343 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr38;
	goto st0;
tr38:
#line 44 "grammar/parsers/instant.rl"
	{
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }
	goto st29;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
#line 364 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr39;
	goto st0;
tr39:
#line 44 "grammar/parsers/instant.rl"
	{
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }
	goto st30;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
#line 385 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr40;
	goto st0;
tr40:
#line 44 "grammar/parsers/instant.rl"
	{
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }
	goto st31;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
#line 406 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr41;
	goto st0;
tr41:
#line 44 "grammar/parsers/instant.rl"
	{
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }
	goto st32;
st32:
	if ( ++p == pe )
		goto _test_eof32;
case 32:
#line 427 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr42;
	goto st0;
tr42:
#line 44 "grammar/parsers/instant.rl"
	{
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }
	goto st33;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
#line 448 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr43;
	goto st0;
tr43:
#line 44 "grammar/parsers/instant.rl"
	{
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }
	goto st34;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
#line 469 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr44;
	goto st0;
tr44:
#line 44 "grammar/parsers/instant.rl"
	{
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }
	goto st35;
st35:
	if ( ++p == pe )
		goto _test_eof35;
case 35:
#line 490 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr45;
	goto st0;
tr45:
#line 44 "grammar/parsers/instant.rl"
	{
        if (*p != '.') {
            c.micro += (*p - '0') * c.micro_unit; /* nothing from the seventh digit on: the unit is 0 */
            c.micro_unit /= 10;
        }
    }
	goto st36;
st36:
	if ( ++p == pe )
		goto _test_eof36;
case 36:
#line 511 "gen/instant.c"
	switch( (*p) ) {
		case 43u: goto st21;
		case 45u: goto tr28;
		case 90u: goto st44;
		case 122u: goto st44;
	}
	goto st0;
tr19:
#line 38 "grammar/parsers/instant.rl"
	{ c.hour = c.hour * 10 + (*p - '0'); }
	goto st37;
st37:
	if ( ++p == pe )
		goto _test_eof37;
case 37:
#line 525 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 51u )
		goto tr20;
	goto st0;
tr14:
#line 37 "grammar/parsers/instant.rl"
	{ c.day = c.day * 10 + (*p - '0'); }
	goto st38;
st38:
	if ( ++p == pe )
		goto _test_eof38;
case 38:
#line 535 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr16;
	goto st0;
tr15:
#line 37 "grammar/parsers/instant.rl"
	{ c.day = c.day * 10 + (*p - '0'); }
	goto st39;
st39:
	if ( ++p == pe )
		goto _test_eof39;
case 39:
#line 545 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 49u )
		goto tr16;
	goto st0;
tr10:
#line 36 "grammar/parsers/instant.rl"
	{ c.month = c.month * 10 + (*p - '0'); }
	goto st40;
st40:
	if ( ++p == pe )
		goto _test_eof40;
case 40:
#line 555 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 50u )
		goto tr11;
	goto st0;
tr6:
#line 35 "grammar/parsers/instant.rl"
	{ c.year = c.year * 10 + (*p - '0'); }
	goto st41;
st41:
	if ( ++p == pe )
		goto _test_eof41;
case 41:
#line 565 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr7;
	goto st0;
tr4:
#line 35 "grammar/parsers/instant.rl"
	{ c.year = c.year * 10 + (*p - '0'); }
	goto st42;
st42:
	if ( ++p == pe )
		goto _test_eof42;
case 42:
#line 575 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr6;
	goto st0;
tr2:
#line 35 "grammar/parsers/instant.rl"
	{ c.year = c.year * 10 + (*p - '0'); }
	goto st43;
st43:
	if ( ++p == pe )
		goto _test_eof43;
case 43:
#line 585 "gen/instant.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr4;
	goto st0;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof13: cs = 13; goto _test_eof; 
	_test_eof14: cs = 14; goto _test_eof; 
	_test_eof15: cs = 15; goto _test_eof; 
	_test_eof16: cs = 16; goto _test_eof; 
	_test_eof17: cs = 17; goto _test_eof; 
	_test_eof18: cs = 18; goto _test_eof; 
	_test_eof19: cs = 19; goto _test_eof; 
	_test_eof20: cs = 20; goto _test_eof; 
	_test_eof21: cs = 21; goto _test_eof; 
	_test_eof22: cs = 22; goto _test_eof; 
	_test_eof23: cs = 23; goto _test_eof; 
	_test_eof24: cs = 24; goto _test_eof; 
	_test_eof25: cs = 25; goto _test_eof; 
	_test_eof44: cs = 44; goto _test_eof; 
	_test_eof26: cs = 26; goto _test_eof; 
	_test_eof27: cs = 27; goto _test_eof; 
	_test_eof28: cs = 28; goto _test_eof; 
	_test_eof29: cs = 29; goto _test_eof; 
	_test_eof30: cs = 30; goto _test_eof; 
	_test_eof31: cs = 31; goto _test_eof; 
	_test_eof32: cs = 32; goto _test_eof; 
	_test_eof33: cs = 33; goto _test_eof; 
	_test_eof34: cs = 34; goto _test_eof; 
	_test_eof35: cs = 35; goto _test_eof; 
	_test_eof36: cs = 36; goto _test_eof; 
	_test_eof37: cs = 37; goto _test_eof; 
	_test_eof38: cs = 38; goto _test_eof; 
	_test_eof39: cs = 39; goto _test_eof; 
	_test_eof40: cs = 40; goto _test_eof; 
	_test_eof41: cs = 41; goto _test_eof; 
	_test_eof42: cs = 42; goto _test_eof; 
	_test_eof43: cs = 43; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 65 "grammar/parsers/instant.rl"
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
