
#line 1 "grammar/parsers/http_range.rl"
// SPDX-License-Identifier: MIT
#include "wire/http_range.h"


#line 5 "gen/http_range.c"
static const int http_range_start = 1;
static const int http_range_first_final = 10;


#line 16 "grammar/parsers/http_range.rl"


/* What is beyond any file stays beyond it. */
static uint64_t add_digit(uint64_t n, unsigned char digit)
{
    uint64_t value = (uint64_t)(digit - '0');
    return n > (UINT64_MAX - value) / 10 ? UINT64_MAX : n * 10 + value;
}

/* RFC 9110 14.1.2: the last so many octets, or all. */
static enum http_range_verdict take_suffix(uint64_t count, uint64_t length, struct http_range *out)
{
    if (count == 0)
        return HTTP_RANGE_UNSATISFIABLE;
    if (length == 0)
        return HTTP_RANGE_NONE; /* there is no way to say which octets of nothing */
    *out = (struct http_range){.first = count < length ? length - count : 0, .last = length - 1};
    return HTTP_RANGE_ONE;
}

static enum http_range_verdict take_range(struct http_range range, uint64_t length, struct http_range *out)
{
    if (range.last < range.first)
        return HTTP_RANGE_NONE; /* 14.1.1: invalid */
    if (range.first >= length)
        return HTTP_RANGE_UNSATISFIABLE;
    *out = (struct http_range){.first = range.first, .last = range.last < length ? range.last : length - 1};
    return HTTP_RANGE_ONE;
}

enum http_range_verdict http_range_parse(struct slice value, uint64_t length, struct http_range *out)
{
    if (value.len == 0)
        return HTTP_RANGE_NONE;
    const unsigned char *p = value.data, *pe = p + value.len;
    struct http_range range = {.first = 0, .last = UINT64_MAX};
    bool is_suffix = false;
    int cs;
    
#line 46 "gen/http_range.c"
	{
	cs = http_range_start;
	}

#line 55 "grammar/parsers/http_range.rl"
    
#line 49 "gen/http_range.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	switch( (*p) ) {
		case 66u: goto st2;
		case 98u: goto st2;
	}
	goto st0;
st0:
cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 89u: goto st3;
		case 121u: goto st3;
	}
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 84u: goto st4;
		case 116u: goto st4;
	}
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	switch( (*p) ) {
		case 69u: goto st5;
		case 101u: goto st5;
	}
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 83u: goto st6;
		case 115u: goto st6;
	}
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	if ( (*p) == 61u )
		goto st7;
	goto st0;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	switch( (*p) ) {
		case 9u: goto st7;
		case 32u: goto st7;
		case 45u: goto st8;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr8;
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr9;
	goto st0;
tr9:
#line 10 "grammar/parsers/http_range.rl"
	{ range.last = 0; is_suffix = true; }
#line 11 "grammar/parsers/http_range.rl"
	{ range.last = add_digit(range.last, *p); }
	goto st10;
tr12:
#line 11 "grammar/parsers/http_range.rl"
	{ range.last = add_digit(range.last, *p); }
	goto st10;
tr13:
#line 9 "grammar/parsers/http_range.rl"
	{ range.last = 0; }
#line 11 "grammar/parsers/http_range.rl"
	{ range.last = add_digit(range.last, *p); }
	goto st10;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
#line 140 "gen/http_range.c"
	switch( (*p) ) {
		case 9u: goto st11;
		case 32u: goto st11;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr12;
	goto st0;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	switch( (*p) ) {
		case 9u: goto st11;
		case 32u: goto st11;
	}
	goto st0;
tr8:
#line 8 "grammar/parsers/http_range.rl"
	{ range.first = add_digit(range.first, *p); }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
#line 163 "gen/http_range.c"
	if ( (*p) == 45u )
		goto st12;
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr8;
	goto st0;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	switch( (*p) ) {
		case 9u: goto st11;
		case 32u: goto st11;
	}
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr13;
	goto st0;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 56 "grammar/parsers/http_range.rl"
    if (cs < http_range_first_final)
        return HTTP_RANGE_NONE;
    return is_suffix ? take_suffix(range.last, length, out) : take_range(range, length, out);
}
