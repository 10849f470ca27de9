
#line 1 "grammar/parsers/cookie.rl"
// SPDX-License-Identifier: MIT
// The machines of wire/cookie.h: one pair of the list, and what Set-Cookie may carry.
#include "wire/cookie.h"

#include "wire/http_fields.h"


#line 8 "gen/cookie.c"
static const int cookie_start = 1;
static const int cookie_first_final = 4;


#line 15 "grammar/parsers/cookie.rl"



#line 13 "gen/cookie.c"
static const int cookie_path_start = 1;
static const int cookie_path_first_final = 2;


#line 24 "grammar/parsers/cookie.rl"



#line 18 "gen/cookie.c"
static const int cookie_value_start = 2;
static const int cookie_value_first_final = 2;


#line 32 "grammar/parsers/cookie.rl"


static struct slice unquoted(struct slice value)
{
    if (value.len < 2 || value.data[0] != '"')
        return value;
    return slice_of(value.data + 1, value.len - 2);
}

static bool parse_pair(struct slice pair, struct slice *name, struct slice *value)
{
    if (pair.len == 0)
        return false;
    const unsigned char *p = pair.data, *pe = p + pair.len;
    int cs;
    
#line 48 "grammar/parsers/cookie.rl"
    
#line 36 "gen/cookie.c"
	{
	cs = cookie_start;
	}

#line 49 "grammar/parsers/cookie.rl"
    
#line 39 "gen/cookie.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	switch( (*p) ) {
		case 33u: goto st2;
		case 124u: goto st2;
		case 126u: goto st2;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st2;
		} else if ( (*p) >= 35u )
			goto st2;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st2;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st2;
		} else
			goto st2;
	} else
		goto st2;
	goto st0;
st0:
cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 33u: goto st2;
		case 61u: goto st4;
		case 124u: goto st2;
		case 126u: goto st2;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st2;
		} else if ( (*p) >= 35u )
			goto st2;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st2;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st2;
		} else
			goto st2;
	} else
		goto st2;
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) == 34u )
		goto st3;
	if ( (*p) < 45u ) {
		if ( 33u <= (*p) && (*p) <= 43u )
			goto st5;
	} else if ( (*p) > 58u ) {
		if ( (*p) > 91u ) {
			if ( 93u <= (*p) && (*p) <= 126u )
				goto st5;
		} else if ( (*p) >= 60u )
			goto st5;
	} else
		goto st5;
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	if ( (*p) == 33u )
		goto st5;
	if ( (*p) < 45u ) {
		if ( 35u <= (*p) && (*p) <= 43u )
			goto st5;
	} else if ( (*p) > 58u ) {
		if ( (*p) > 91u ) {
			if ( 93u <= (*p) && (*p) <= 126u )
				goto st5;
		} else if ( (*p) >= 60u )
			goto st5;
	} else
		goto st5;
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) == 34u )
		goto st6;
	if ( (*p) < 45u ) {
		if ( 33u <= (*p) && (*p) <= 43u )
			goto st3;
	} else if ( (*p) > 58u ) {
		if ( (*p) > 91u ) {
			if ( 93u <= (*p) && (*p) <= 126u )
				goto st3;
		} else if ( (*p) >= 60u )
			goto st3;
	} else
		goto st3;
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	goto st0;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 50 "grammar/parsers/cookie.rl"
    if (cs < cookie_first_final)
        return false;
    *name = slice_cut(&pair, '='); /* a name has none */
    *value = unquoted(pair);
    return true;
}

/* ";" divides even where somebody meant to quote it: no browser sends it within a value. */
bool cookie_next(struct slice *rest, struct slice *name, struct slice *value)
{
    while (rest->data != NULL) {
        if (parse_pair(slice_trim(slice_cut(rest, ';')), name, value))
            return true;
    }
    return false;
}

bool cookie_find(struct slice header, struct slice name, struct slice *value)
{
    struct slice found, content;
    while (cookie_next(&header, &found, &content)) {
        if (slice_equals(found, name)) {
            *value = content;
            return true;
        }
    }
    return false;
}

static bool is_cookie_value(struct slice s)
{
    if (s.len == 0)
        return true;
    const unsigned char *p = s.data, *pe = p + s.len;
    int cs;
    
#line 86 "grammar/parsers/cookie.rl"
    
#line 203 "gen/cookie.c"
	{
	cs = cookie_value_start;
	}

#line 87 "grammar/parsers/cookie.rl"
    
#line 206 "gen/cookie.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 2:
	if ( (*p) == 34u )
		goto st1;
	if ( (*p) < 45u ) {
		if ( 33u <= (*p) && (*p) <= 43u )
			goto st3;
	} else if ( (*p) > 58u ) {
		if ( (*p) > 91u ) {
			if ( 93u <= (*p) && (*p) <= 126u )
				goto st3;
		} else if ( (*p) >= 60u )
			goto st3;
	} else
		goto st3;
	goto st0;
st0:
cs = 0;
	goto _out;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) == 33u )
		goto st3;
	if ( (*p) < 45u ) {
		if ( 35u <= (*p) && (*p) <= 43u )
			goto st3;
	} else if ( (*p) > 58u ) {
		if ( (*p) > 91u ) {
			if ( 93u <= (*p) && (*p) <= 126u )
				goto st3;
		} else if ( (*p) >= 60u )
			goto st3;
	} else
		goto st3;
	goto st0;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	if ( (*p) == 34u )
		goto st4;
	if ( (*p) < 45u ) {
		if ( 33u <= (*p) && (*p) <= 43u )
			goto st1;
	} else if ( (*p) > 58u ) {
		if ( (*p) > 91u ) {
			if ( 93u <= (*p) && (*p) <= 126u )
				goto st1;
		} else if ( (*p) >= 60u )
			goto st1;
	} else
		goto st1;
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	goto st0;
	}
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 88 "grammar/parsers/cookie.rl"
    return cs >= cookie_value_first_final;
}

bool cookie_is_pair(struct slice name, struct slice value)
{
    return http_is_token(name) && is_cookie_value(value);
}

bool cookie_is_path(struct slice path)
{
    if (path.len == 0)
        return true;
    const unsigned char *p = path.data, *pe = p + path.len;
    int cs;
    
#line 103 "grammar/parsers/cookie.rl"
    
#line 292 "gen/cookie.c"
	{
	cs = cookie_path_start;
	}

#line 104 "grammar/parsers/cookie.rl"
    
#line 295 "gen/cookie.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	if ( (*p) > 58u ) {
		if ( 60u <= (*p) && (*p) <= 126u )
			goto st2;
	} else if ( (*p) >= 32u )
		goto st2;
	goto st0;
st0:
cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	if ( (*p) > 58u ) {
		if ( 60u <= (*p) && (*p) <= 126u )
			goto st2;
	} else if ( (*p) >= 32u )
		goto st2;
	goto st0;
	}
	_test_eof2: cs = 2; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 105 "grammar/parsers/cookie.rl"
    return cs >= cookie_path_first_final;
}
