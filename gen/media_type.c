
#line 1 "grammar/parsers/media_type.rl"
// SPDX-License-Identifier: MIT
// The machines of wire/media_type.h.
#include "wire/media_type.h"


#line 6 "gen/media_type.c"
static const int media_type_start = 1;
static const int media_type_first_final = 9;


#line 24 "grammar/parsers/media_type.rl"



#line 11 "gen/media_type.c"
static const int boundary_start = 1;
static const int boundary_first_final = 2;


#line 32 "grammar/parsers/media_type.rl"


static bool add(struct media_type *m, struct slice name, struct slice value)
{
    if (m->count == MEDIA_TYPE_PARAMETERS_MAX || media_type_parameter(m, name).data != NULL)
        return false;
    m->parameters[m->count++] = (struct media_type_parameter){name, value};
    return true;
}

bool media_type_parse(struct slice value, struct media_type *m)
{
    struct slice whole = slice_trim(value), name = SLICE_NONE;
    *m = (struct media_type){.count = 0};
    if (whole.len == 0)
        return false;
    const unsigned char *p = whole.data, *pe = p + whole.len, *eof = pe, *mark = p;
    bool fits = true;
    int cs;
    
#line 52 "grammar/parsers/media_type.rl"
    
#line 33 "gen/media_type.c"
	{
	cs = media_type_start;
	}

#line 53 "grammar/parsers/media_type.rl"
    
#line 36 "gen/media_type.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	switch( (*p) ) {
		case 33u: goto tr0;
		case 124u: goto tr0;
		case 126u: goto tr0;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr0;
		} else if ( (*p) >= 35u )
			goto tr0;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr0;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr0;
		} else
			goto tr0;
	} else
		goto tr0;
	goto st0;
st0:
cs = 0;
	goto _out;
tr0:
#line 9 "grammar/parsers/media_type.rl"
	{ mark = p; }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 75 "gen/media_type.c"
	switch( (*p) ) {
		case 33u: goto st2;
		case 47u: goto tr3;
		case 124u: goto st2;
		case 126u: goto st2;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st2;
		} else if ( (*p) >= 35u )
			goto st2;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st2;
		} else if ( (*p) >= 65u )
			goto st2;
	} else
		goto st2;
	goto st0;
tr3:
#line 10 "grammar/parsers/media_type.rl"
	{ m->type = slice_of(mark, (size_t)(p - mark)); }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
#line 103 "gen/media_type.c"
	switch( (*p) ) {
		case 33u: goto tr4;
		case 124u: goto tr4;
		case 126u: goto tr4;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr4;
		} else if ( (*p) >= 35u )
			goto tr4;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr4;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr4;
		} else
			goto tr4;
	} else
		goto tr4;
	goto st0;
tr4:
#line 11 "grammar/parsers/media_type.rl"
	{ mark = p; }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
#line 133 "gen/media_type.c"
	switch( (*p) ) {
		case 9u: goto tr14;
		case 32u: goto tr14;
		case 33u: goto st9;
		case 59u: goto tr16;
		case 124u: goto st9;
		case 126u: goto st9;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st9;
		} else if ( (*p) >= 35u )
			goto st9;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st9;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st9;
		} else
			goto st9;
	} else
		goto st9;
	goto st0;
tr14:
#line 12 "grammar/parsers/media_type.rl"
	{ m->subtype = slice_of(mark, (size_t)(p - mark)); }
	goto st4;
tr18:
#line 16 "grammar/parsers/media_type.rl"
	{ fits = fits && add(m, name, slice_of(mark, (size_t)(p - mark))); }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 169 "gen/media_type.c"
	switch( (*p) ) {
		case 9u: goto st4;
		case 32u: goto st4;
		case 59u: goto st10;
	}
	goto st0;
tr16:
#line 12 "grammar/parsers/media_type.rl"
	{ m->subtype = slice_of(mark, (size_t)(p - mark)); }
	goto st10;
tr20:
#line 16 "grammar/parsers/media_type.rl"
	{ fits = fits && add(m, name, slice_of(mark, (size_t)(p - mark))); }
	goto st10;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
#line 185 "gen/media_type.c"
	switch( (*p) ) {
		case 9u: goto st10;
		case 32u: goto st10;
		case 33u: goto tr17;
		case 59u: goto st10;
		case 124u: goto tr17;
		case 126u: goto tr17;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr17;
		} else if ( (*p) >= 35u )
			goto tr17;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr17;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr17;
		} else
			goto tr17;
	} else
		goto tr17;
	goto st0;
tr17:
#line 13 "grammar/parsers/media_type.rl"
	{ mark = p; }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
#line 218 "gen/media_type.c"
	switch( (*p) ) {
		case 33u: goto st5;
		case 61u: goto tr8;
		case 124u: goto st5;
		case 126u: goto st5;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st5;
		} else if ( (*p) >= 35u )
			goto st5;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st5;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st5;
		} else
			goto st5;
	} else
		goto st5;
	goto st0;
tr8:
#line 14 "grammar/parsers/media_type.rl"
	{ name = slice_of(mark, (size_t)(p - mark)); }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 249 "gen/media_type.c"
	switch( (*p) ) {
		case 34u: goto tr10;
		case 124u: goto tr9;
		case 126u: goto tr9;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr9;
		} else if ( (*p) >= 33u )
			goto tr9;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr9;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr9;
		} else
			goto tr9;
	} else
		goto tr9;
	goto st0;
tr9:
#line 15 "grammar/parsers/media_type.rl"
	{ mark = p; }
	goto st11;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
#line 279 "gen/media_type.c"
	switch( (*p) ) {
		case 9u: goto tr18;
		case 32u: goto tr18;
		case 33u: goto st11;
		case 59u: goto tr20;
		case 124u: goto st11;
		case 126u: goto st11;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st11;
		} else if ( (*p) >= 35u )
			goto st11;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st11;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st11;
		} else
			goto st11;
	} else
		goto st11;
	goto st0;
tr10:
#line 17 "grammar/parsers/media_type.rl"
	{ mark = p + 1; }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 312 "gen/media_type.c"
	switch( (*p) ) {
		case 34u: goto tr12;
		case 92u: goto st8;
		case 127u: goto st0;
	}
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto st0;
	} else
		goto st0;
	goto st7;
tr12:
#line 18 "grammar/parsers/media_type.rl"
	{ fits = fits && add(m, name, slice_of(mark, (size_t)(p - mark))); }
	goto st12;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
#line 330 "gen/media_type.c"
	switch( (*p) ) {
		case 9u: goto st4;
		case 32u: goto st4;
		case 59u: goto st10;
	}
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	if ( (*p) == 127u )
		goto st0;
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto st0;
	} else
		goto st0;
	goto st7;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 9: 
#line 12 "grammar/parsers/media_type.rl"
	{ m->subtype = slice_of(mark, (size_t)(p - mark)); }
	break;
	case 11: 
#line 16 "grammar/parsers/media_type.rl"
	{ fits = fits && add(m, name, slice_of(mark, (size_t)(p - mark))); }
	break;
#line 371 "gen/media_type.c"
	}
	}

	_out: {}
	}

#line 54 "grammar/parsers/media_type.rl"
    return cs >= media_type_first_final && fits;
}

static bool is_boundary(struct slice s)
{
    if (s.len == 0 || s.len > MEDIA_TYPE_BOUNDARY_MAX)
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    int cs;
    
#line 64 "grammar/parsers/media_type.rl"
    
#line 385 "gen/media_type.c"
	{
	cs = boundary_start;
	}

#line 65 "grammar/parsers/media_type.rl"
    
#line 388 "gen/media_type.c"
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
		case 32u: goto st1;
		case 61u: goto st2;
		case 63u: goto st2;
		case 95u: goto st2;
	}
	if ( (*p) < 43u ) {
		if ( 39u <= (*p) && (*p) <= 41u )
			goto st2;
	} else if ( (*p) > 58u ) {
		if ( (*p) > 90u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st2;
		} else if ( (*p) >= 65u )
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
		case 32u: goto st1;
		case 61u: goto st2;
		case 63u: goto st2;
		case 95u: goto st2;
	}
	if ( (*p) < 43u ) {
		if ( 39u <= (*p) && (*p) <= 41u )
			goto st2;
	} else if ( (*p) > 58u ) {
		if ( (*p) > 90u ) {
			if ( 97u <= (*p) && (*p) <= 122u )
				goto st2;
		} else if ( (*p) >= 65u )
			goto st2;
	} else
		goto st2;
	goto st0;
	}
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 66 "grammar/parsers/media_type.rl"
    return cs >= boundary_first_final;
}

bool media_type_is(const struct media_type *m, struct slice type, struct slice subtype)
{
    return slice_equals_nocase(m->type, type) && slice_equals_nocase(m->subtype, subtype);
}

struct slice media_type_parameter(const struct media_type *m, struct slice name)
{
    for (size_t i = 0; i < m->count; i++) {
        if (slice_equals_nocase(m->parameters[i].name, name))
            return m->parameters[i].value;
    }
    return SLICE_NONE;
}

bool media_type_boundary(const struct media_type *m, struct slice *boundary)
{
    struct slice value = media_type_parameter(m, SLICE("boundary"));
    if (!slice_equals_nocase(m->type, SLICE("multipart")) || !is_boundary(value))
        return false;
    *boundary = value;
    return true;
}

bool media_type_is_utf8(const struct media_type *m)
{
    struct slice charset = media_type_parameter(m, SLICE("charset"));
    return charset.data == NULL || slice_equals_nocase(charset, SLICE("utf-8")) ||
           slice_equals_nocase(charset, SLICE("utf8"));
}
