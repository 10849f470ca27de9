
#line 1 "grammar/parsers/target.rl"
// SPDX-License-Identifier: MIT
// The machines of wire/target.h judge what is raw; whatever passes is then decoded without further questions.
#include "wire/target.h"

#include "base/utf8.h"


#line 8 "gen/target.c"
static const int target_path_start = 1;
static const int target_path_first_final = 11;


#line 19 "grammar/parsers/target.rl"



#line 13 "gen/target.c"
static const int target_query_start = 4;
static const int target_query_first_final = 4;


#line 30 "grammar/parsers/target.rl"


static bool is_path(struct slice raw)
{
    if (raw.len == 0)
        return false;
    const unsigned char *p = raw.data, *pe = p + raw.len;
    int cs;
    
#line 39 "grammar/parsers/target.rl"
    
#line 24 "gen/target.c"
	{
	cs = target_path_start;
	}

#line 40 "grammar/parsers/target.rl"
    
#line 27 "gen/target.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	if ( (*p) == 47u )
		goto st11;
	goto st0;
st0:
cs = 0;
	goto _out;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	switch( (*p) ) {
		case 33u: goto st12;
		case 37u: goto st5;
		case 46u: goto st7;
		case 47u: goto st11;
		case 61u: goto st12;
		case 95u: goto st12;
		case 126u: goto st12;
	}
	if ( (*p) < 64u ) {
		if ( 36u <= (*p) && (*p) <= 59u )
			goto st12;
	} else if ( (*p) > 90u ) {
		if ( 97u <= (*p) && (*p) <= 122u )
			goto st12;
	} else
		goto st12;
	goto st0;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	switch( (*p) ) {
		case 33u: goto st12;
		case 37u: goto st2;
		case 47u: goto st11;
		case 61u: goto st12;
		case 95u: goto st12;
		case 126u: goto st12;
	}
	if ( (*p) < 64u ) {
		if ( 36u <= (*p) && (*p) <= 59u )
			goto st12;
	} else if ( (*p) > 90u ) {
		if ( 97u <= (*p) && (*p) <= 122u )
			goto st12;
	} else
		goto st12;
	goto st0;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 50u: goto st3;
		case 55u: goto st3;
	}
	if ( (*p) < 65u ) {
		if ( 51u <= (*p) && (*p) <= 57u )
			goto st4;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st4;
	} else
		goto st4;
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st12;
	} else if ( (*p) > 69u ) {
		if ( 97u <= (*p) && (*p) <= 101u )
			goto st12;
	} else
		goto st12;
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st12;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st12;
	} else
		goto st12;
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 50u: goto st6;
		case 55u: goto st3;
	}
	if ( (*p) < 65u ) {
		if ( 51u <= (*p) && (*p) <= 57u )
			goto st4;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st4;
	} else
		goto st4;
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	switch( (*p) ) {
		case 69u: goto st7;
		case 101u: goto st7;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st12;
	} else if ( (*p) > 68u ) {
		if ( 97u <= (*p) && (*p) <= 100u )
			goto st12;
	} else
		goto st12;
	goto st0;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	switch( (*p) ) {
		case 33u: goto st12;
		case 37u: goto st8;
		case 46u: goto st10;
		case 61u: goto st12;
		case 95u: goto st12;
		case 126u: goto st12;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 45u )
			goto st12;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 90u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st12;
		} else if ( (*p) >= 64u )
			goto st12;
	} else
		goto st12;
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	switch( (*p) ) {
		case 50u: goto st9;
		case 55u: goto st3;
	}
	if ( (*p) < 65u ) {
		if ( 51u <= (*p) && (*p) <= 57u )
			goto st4;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st4;
	} else
		goto st4;
	goto st0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	switch( (*p) ) {
		case 69u: goto st10;
		case 101u: goto st10;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st12;
	} else if ( (*p) > 68u ) {
		if ( 97u <= (*p) && (*p) <= 100u )
			goto st12;
	} else
		goto st12;
	goto st0;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	switch( (*p) ) {
		case 33u: goto st12;
		case 37u: goto st2;
		case 61u: goto st12;
		case 95u: goto st12;
		case 126u: goto st12;
	}
	if ( (*p) < 48u ) {
		if ( 36u <= (*p) && (*p) <= 46u )
			goto st12;
	} else if ( (*p) > 59u ) {
		if ( (*p) > 90u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st12;
		} else if ( (*p) >= 64u )
			goto st12;
	} else
		goto st12;
	goto st0;
	}
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 41 "grammar/parsers/target.rl"
    return cs >= target_path_first_final;
}

static bool is_query_text(struct slice raw)
{
    if (raw.len == 0)
        return true;
    const unsigned char *p = raw.data, *pe = p + raw.len;
    int cs;
    
#line 51 "grammar/parsers/target.rl"
    
#line 265 "gen/target.c"
	{
	cs = target_query_start;
	}

#line 52 "grammar/parsers/target.rl"
    
#line 268 "gen/target.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	switch( (*p) ) {
		case 33u: goto st4;
		case 37u: goto st1;
		case 61u: goto st4;
	}
	if ( (*p) > 59u ) {
		if ( 63u <= (*p) && (*p) <= 126u )
			goto st4;
	} else if ( (*p) >= 36u )
		goto st4;
	goto st0;
st0:
cs = 0;
	goto _out;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	if ( (*p) == 48u )
		goto st2;
	if ( (*p) < 65u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto st3;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st3;
	} else
		goto st3;
	goto st0;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	if ( (*p) < 65u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto st4;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st4;
	} else
		goto st4;
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto st4;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto st4;
	} else
		goto st4;
	goto st0;
	}
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 53 "grammar/parsers/target.rl"
    return cs >= target_query_first_final;
}

static unsigned hex_value(unsigned char digit)
{
    return digit <= '9' ? digit - (unsigned)'0' : (digit | 0x20u) - 'a' + 10u;
}

/* The next octet of text that a machine has passed. */
static unsigned char take_octet(struct slice *raw, bool plus_is_blank)
{
    unsigned char octet = raw->data[0];
    size_t len = 1;
    if (octet == '%') {
        octet = (unsigned char)(hex_value(raw->data[1]) * 16 + hex_value(raw->data[2]));
        len = 3;
    } else if (octet == '+' && plus_is_blank) {
        octet = ' ';
    }
    *raw = slice_after(*raw, len);
    return octet;
}

static bool needs_decoding(struct slice raw, bool plus_is_blank)
{
    return raw.len > 0 && (memchr(raw.data, '%', raw.len) != NULL ||
                           (plus_is_blank && memchr(raw.data, '+', raw.len) != NULL));
}

static bool decode(struct arena *a, struct slice raw, bool plus_is_blank, struct slice *text)
{
    if (!needs_decoding(raw, plus_is_blank)) {
        *text = raw;
        return true;
    }
    unsigned char *out = arena_alloc(a, raw.len);
    size_t len = 0;
    if (out == NULL)
        return false;
    while (raw.len > 0)
        out[len++] = take_octet(&raw, plus_is_blank);
    *text = slice_of(out, len);
    return utf8_valid(*text);
}

void target_split(struct slice target, struct slice *path, struct slice *query)
{
    *query = target;
    *path = slice_cut(query, '?');
}

bool target_path_decode(struct arena *a, struct slice raw, struct slice *path)
{
    return is_path(raw) && decode(a, raw, false, path);
}

bool target_query_decode(struct arena *a, struct slice raw, struct slice *value)
{
    return is_query_text(raw) && decode(a, raw, true, value);
}

bool target_query_next(struct slice *rest, struct slice *name, struct slice *value)
{
    while (rest->data != NULL) {
        struct slice pair = slice_cut(rest, '&');
        if (pair.len == 0)
            continue;
        *value = pair;
        *name = slice_cut(value, '=');
        if (value->data == NULL)
            *value = slice_after(pair, pair.len);
        return true;
    }
    return false;
}

static bool decodes_to(struct slice raw, struct slice name)
{
    if (!is_query_text(raw))
        return false;
    while (raw.len > 0 && name.len > 0 && take_octet(&raw, true) == name.data[0])
        name = slice_after(name, 1);
    return raw.len == 0 && name.len == 0;
}

bool target_query_find(struct slice query, struct slice name, struct slice *value)
{
    struct slice found, content;
    while (target_query_next(&query, &found, &content)) {
        if (decodes_to(found, name)) {
            *value = content;
            return true;
        }
    }
    return false;
}

bool target_path_match(struct slice path, struct slice pattern, struct slice *values, size_t most)
{
    size_t taken = 0;
    while (pattern.data != NULL && path.data != NULL) {
        struct slice wanted = slice_cut(&pattern, '/');
        bool takes_rest = slice_equals(wanted, SLICE("{*}"));
        struct slice segment = takes_rest ? path : slice_cut(&path, '/');
        if (!takes_rest && !slice_equals(wanted, SLICE("{}"))) {
            if (!slice_equals(segment, wanted))
                return false;
            continue;
        }
        if (taken == most || (segment.len == 0 && !takes_rest))
            return false;
        values[taken++] = segment;
        if (takes_rest)
            return true;
    }
    return pattern.data == NULL && path.data == NULL;
}
