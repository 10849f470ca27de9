
#line 1 "grammar/parsers/http_fields.rl"
// SPDX-License-Identifier: MIT
// The machines of wire/http_fields.h: each judges or walks one whole field value.
#include "wire/http_fields.h"

#include "wire/skip.h"


#line 8 "gen/http_fields.c"
static const int http_token_start = 1;
static const int http_token_first_final = 2;


#line 13 "grammar/parsers/http_fields.rl"



#line 13 "gen/http_fields.c"
static const int http_value_start = 1;
static const int http_value_first_final = 1;


#line 21 "grammar/parsers/http_fields.rl"



#line 18 "gen/http_fields.c"
static const int http_host_start = 1;
static const int http_host_first_final = 6;


#line 33 "grammar/parsers/http_fields.rl"



#line 23 "gen/http_fields.c"
static const int http_list_start = 3;


#line 43 "grammar/parsers/http_fields.rl"



#line 27 "gen/http_fields.c"
static const int http_etag_start = 1;
static const int http_etag_first_final = 5;


#line 54 "grammar/parsers/http_fields.rl"


bool http_is_token(struct slice s)
{
    if (s.len == 0)
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    int cs;
    
#line 63 "grammar/parsers/http_fields.rl"
    
#line 38 "gen/http_fields.c"
	{
	cs = http_token_start;
	}

#line 64 "grammar/parsers/http_fields.rl"
    
#line 41 "gen/http_fields.c"
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
	}
	_test_eof2: cs = 2; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 65 "grammar/parsers/http_fields.rl"
    return cs >= http_token_first_final;
}

bool http_is_field_value(struct slice s)
{
    if (s.len == 0)
        return true;
    const unsigned char *p = s.data, *pe = p + s.len;
    int cs;
    
#line 75 "grammar/parsers/http_fields.rl"
    
#line 115 "gen/http_fields.c"
	{
	cs = http_value_start;
	}

#line 76 "grammar/parsers/http_fields.rl"
    
#line 118 "gen/http_fields.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	if ( (*p) == 127u )
		goto st0;
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto st0;
	} else
		goto st0;
	goto st1;
st0:
cs = 0;
	goto _out;
	}
	_test_eof1: cs = 1; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 77 "grammar/parsers/http_fields.rl"
    return cs >= http_value_first_final;
}

/* Octets of the host in a Host value; 0 when it is none. */
static size_t host_len(struct slice value)
{
    if (value.len == 0)
        return 0;
    const unsigned char *p = value.data, *pe = p + value.len, *eof = pe, *stop = skip_stop(p, pe);
    size_t name_len = 0;
    int cs;
    
#line 89 "grammar/parsers/http_fields.rl"
    
#line 155 "gen/http_fields.c"
	{
	cs = http_host_start;
	}

#line 90 "grammar/parsers/http_fields.rl"
    
#line 158 "gen/http_fields.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	switch( (*p) ) {
		case 33u: goto tr0;
		case 37u: goto st2;
		case 59u: goto tr0;
		case 61u: goto tr0;
		case 91u: goto st4;
		case 95u: goto tr0;
		case 126u: goto tr0;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto tr0;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 90u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto tr0;
		} else if ( (*p) >= 65u )
			goto tr0;
	} else
		goto tr0;
	goto st0;
st0:
cs = 0;
	goto _out;
tr0:
#line 28 "grammar/parsers/http_fields.rl"
	{ p = skip_host(p, stop); }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 195 "gen/http_fields.c"
	switch( (*p) ) {
		case 33u: goto tr0;
		case 37u: goto st2;
		case 58u: goto tr8;
		case 61u: goto tr0;
		case 95u: goto tr0;
		case 126u: goto tr0;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto tr0;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 90u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto tr0;
		} else if ( (*p) >= 65u )
			goto tr0;
	} else
		goto tr0;
	goto st0;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st3;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st3;
	} else
		goto st3;
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st6;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st6;
	} else
		goto st6;
	goto st0;
tr8:
#line 29 "grammar/parsers/http_fields.rl"
	{ name_len = (size_t)(p - value.data); }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 248 "gen/http_fields.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st8;
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st9;
	goto st0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st10;
	goto st0;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st11;
	goto st0;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto st12;
	goto st0;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) == 46u )
		goto st5;
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 58u )
			goto st5;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st5;
	} else
		goto st5;
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 46u: goto st5;
		case 93u: goto st13;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 58u )
			goto st5;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st5;
	} else
		goto st5;
	goto st0;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	if ( (*p) == 58u )
		goto tr8;
	goto st0;
	}
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof13: cs = 13; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 6: 
	case 13: 
#line 29 "grammar/parsers/http_fields.rl"
	{ name_len = (size_t)(p - value.data); }
	break;
#line 345 "gen/http_fields.c"
	}
	}

	_out: {}
	}

#line 91 "grammar/parsers/http_fields.rl"
    return cs >= http_host_first_final ? name_len : 0;
}

bool http_is_host(struct slice value)
{
    return host_len(value) > 0;
}

struct slice http_host_name(struct slice value)
{
    return slice_of(value.data, host_len(value));
}

bool http_list_next(struct slice *rest, struct slice *element)
{
    while (rest->len > 0) {
        const unsigned char *p = rest->data, *pe = p + rest->len, *comma = NULL;
        struct slice whole = *rest;
        int cs;
        
#line 111 "grammar/parsers/http_fields.rl"
        
#line 369 "gen/http_fields.c"
	{
	cs = http_list_start;
	}

#line 112 "grammar/parsers/http_fields.rl"
        
#line 372 "gen/http_fields.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 34u: goto st1;
		case 44u: goto tr3;
	}
	goto st3;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	switch( (*p) ) {
		case 34u: goto st3;
		case 92u: goto st2;
	}
	goto st1;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	goto st1;
tr3:
#line 41 "grammar/parsers/http_fields.rl"
	{ comma = p; {p++; cs = 4; goto _out;} }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 407 "gen/http_fields.c"
	goto st0;
st0:
cs = 0;
	goto _out;
	}
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 113 "grammar/parsers/http_fields.rl"
        (void)cs;
        size_t len = comma == NULL ? whole.len : (size_t)(comma - whole.data);
        *element = slice_trim(slice_of(whole.data, len));
        *rest = comma == NULL ? SLICE_NONE : slice_after(whole, len + 1);
        if (element->len > 0)
            return true;
    }
    return false;
}

bool http_list_has_token(struct slice value, struct slice token)
{
    struct slice element;
    if (slice_equals_nocase(value, token))
        return true;
    while (http_list_next(&value, &element)) {
        if (slice_equals_nocase(element, token))
            return true;
    }
    return false;
}

/* Takes one entity tag, without its "W/", off the list; SLICE_NONE for an element that is none. */
static struct slice etag_next(struct slice *rest)
{
    const unsigned char *p = rest->data, *pe = p + rest->len, *tag = NULL;
    size_t tag_len = 0;
    int cs;
    
#line 142 "grammar/parsers/http_fields.rl"
    
#line 448 "gen/http_fields.c"
	{
	cs = http_etag_start;
	}

#line 143 "grammar/parsers/http_fields.rl"
    
#line 451 "gen/http_fields.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	switch( (*p) ) {
		case 9u: goto st1;
		case 32u: goto st1;
		case 34u: goto tr2;
		case 44u: goto st1;
		case 87u: goto st3;
	}
	goto st0;
st0:
cs = 0;
	goto _out;
tr2:
#line 50 "grammar/parsers/http_fields.rl"
	{ tag = p; }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 478 "gen/http_fields.c"
	switch( (*p) ) {
		case 34u: goto tr5;
		case 127u: goto st0;
	}
	if ( (*p) <= 32u )
		goto st0;
	goto st2;
tr5:
#line 51 "grammar/parsers/http_fields.rl"
	{ tag_len = (size_t)(p + 1 - tag); }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
#line 492 "gen/http_fields.c"
	switch( (*p) ) {
		case 9u: goto st5;
		case 32u: goto st5;
		case 44u: goto tr8;
	}
	goto st0;
tr8:
#line 52 "grammar/parsers/http_fields.rl"
	{ {p++; cs = 6; goto _out;} }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 505 "gen/http_fields.c"
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) == 47u )
		goto st4;
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) == 34u )
		goto tr2;
	goto st0;
	}
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 144 "grammar/parsers/http_fields.rl"
    if (cs < http_etag_first_final) {
        slice_cut(rest, ',');
        return SLICE_NONE;
    }
    *rest = p == pe ? SLICE_NONE : slice_after(*rest, (size_t)(p - rest->data));
    return slice_of(tag, tag_len);
}

bool http_etag_matches(struct slice value, struct slice etag)
{
    struct slice own = slice_starts_with(etag, SLICE("W/")) ? slice_after(etag, 2) : etag;
    if (slice_equals(slice_trim(value), SLICE("*")))
        return true;
    while (value.len > 0) {
        struct slice tag = etag_next(&value);
        if (tag.data != NULL && slice_equals(tag, own))
            return true;
    }
    return false;
}
