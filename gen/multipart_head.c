
#line 1 "grammar/parsers/multipart_head.rl"
// SPDX-License-Identifier: MIT
// The machines of wire/multipart_head.h: the lines behind a boundary, and the value of Content-Disposition.
#include "wire/multipart_head.h"

#include "base/object.h"
#include "base/utf8.h"

#define AT(p) ((uint32_t)((p) - base))

static bool take_field(struct multipart_head *h, unsigned char *base, uint32_t value_end);


#line 13 "gen/multipart_head.c"
static const int multipart_head_start = 1;
static const int multipart_head_first_final = 12;


#line 38 "grammar/parsers/multipart_head.rl"



#line 18 "gen/multipart_head.c"
static const int disposition_start = 1;
static const int disposition_first_final = 16;


#line 55 "grammar/parsers/multipart_head.rl"


static void refuse(struct multipart_head *h, enum error error, uint32_t at)
{
    h->result = MULTIPART_HEAD_ERROR;
    h->error = error;
    h->error_at = at;
}

static struct multipart_span span(const unsigned char *base, const unsigned char *from, const unsigned char *to)
{
    return (struct multipart_span){AT(from), (uint32_t)(to - from)};
}

/* Takes the escapes of a quoted string out, where it stands. */
static struct multipart_span unescaped(unsigned char *base, const unsigned char *from, const unsigned char *to)
{
    unsigned char *out = base + AT(from);
    for (const unsigned char *in = from; in < to; in++) {
        if (*in == '\\' && in + 1 < to && (in[1] == '\\' || in[1] == '"'))
            in++;
        *out++ = *in;
    }
    return span(base, from, out);
}

/* False for a parameter that comes twice or is not UTF-8. Others than these two are for somebody else; RFC 7578
 * 4.2 forbids filename*. */
static bool take_parameter(struct multipart_head *h, const unsigned char *base, struct slice name,
                           struct multipart_span value)
{
    bool is_name = slice_equals_nocase(name, SLICE("name"));
    bool *seen = is_name ? &h->has_name : &h->has_filename;
    if (!is_name && !slice_equals_nocase(name, SLICE("filename")))
        return true;
    if (*seen || !utf8_valid(slice_of(base + value.at, value.len)))
        return false;
    *seen = true;
    *(is_name ? &h->name : &h->filename) = value;
    return true;
}

static enum error take_disposition(struct multipart_head *h, unsigned char *base, struct multipart_span value)
{
    const unsigned char *p = base + value.at, *pe = p + value.len, *eof = pe, *mark = p;
    struct slice name = SLICE_NONE;
    bool fits = !h->has_name;
    int cs;
    
#line 104 "grammar/parsers/multipart_head.rl"
    
#line 69 "gen/multipart_head.c"
	{
	cs = disposition_start;
	}

#line 105 "grammar/parsers/multipart_head.rl"
    
#line 72 "gen/multipart_head.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	switch( (*p) ) {
		case 70u: goto st2;
		case 102u: goto st2;
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
		case 79u: goto st3;
		case 111u: goto st3;
	}
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 82u: goto st4;
		case 114u: goto st4;
	}
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	switch( (*p) ) {
		case 77u: goto st5;
		case 109u: goto st5;
	}
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	if ( (*p) == 45u )
		goto st6;
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	switch( (*p) ) {
		case 68u: goto st7;
		case 100u: goto st7;
	}
	goto st0;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	switch( (*p) ) {
		case 65u: goto st8;
		case 97u: goto st8;
	}
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	switch( (*p) ) {
		case 84u: goto st9;
		case 116u: goto st9;
	}
	goto st0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	switch( (*p) ) {
		case 65u: goto st16;
		case 97u: goto st16;
	}
	goto st0;
tr18:
#line 49 "grammar/parsers/multipart_head.rl"
	{ fits = fits && take_parameter(h, base, name, unescaped(base, mark, p)); }
	goto st16;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
#line 163 "gen/multipart_head.c"
	switch( (*p) ) {
		case 9u: goto st10;
		case 32u: goto st10;
		case 59u: goto st11;
	}
	goto st0;
tr20:
#line 47 "grammar/parsers/multipart_head.rl"
	{ fits = fits && take_parameter(h, base, name, span(base, mark, p)); }
	goto st10;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
#line 176 "gen/multipart_head.c"
	switch( (*p) ) {
		case 9u: goto st10;
		case 32u: goto st10;
		case 59u: goto st11;
	}
	goto st0;
tr22:
#line 47 "grammar/parsers/multipart_head.rl"
	{ fits = fits && take_parameter(h, base, name, span(base, mark, p)); }
	goto st11;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
#line 189 "gen/multipart_head.c"
	switch( (*p) ) {
		case 9u: goto st11;
		case 32u: goto st11;
		case 33u: goto tr12;
		case 124u: goto tr12;
		case 126u: goto tr12;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr12;
		} else if ( (*p) >= 35u )
			goto tr12;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr12;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr12;
		} else
			goto tr12;
	} else
		goto tr12;
	goto st0;
tr12:
#line 44 "grammar/parsers/multipart_head.rl"
	{ mark = p; }
	goto st12;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
#line 221 "gen/multipart_head.c"
	switch( (*p) ) {
		case 33u: goto st12;
		case 61u: goto tr14;
		case 124u: goto st12;
		case 126u: goto st12;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st12;
		} else if ( (*p) >= 35u )
			goto st12;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st12;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st12;
		} else
			goto st12;
	} else
		goto st12;
	goto st0;
tr14:
#line 45 "grammar/parsers/multipart_head.rl"
	{ name = slice_of(mark, (size_t)(p - mark)); }
	goto st13;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
#line 252 "gen/multipart_head.c"
	switch( (*p) ) {
		case 34u: goto tr16;
		case 124u: goto tr15;
		case 126u: goto tr15;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr15;
		} else if ( (*p) >= 33u )
			goto tr15;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr15;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr15;
		} else
			goto tr15;
	} else
		goto tr15;
	goto st0;
tr15:
#line 46 "grammar/parsers/multipart_head.rl"
	{ mark = p; }
	goto st17;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
#line 282 "gen/multipart_head.c"
	switch( (*p) ) {
		case 9u: goto tr20;
		case 32u: goto tr20;
		case 33u: goto st17;
		case 59u: goto tr22;
		case 124u: goto st17;
		case 126u: goto st17;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st17;
		} else if ( (*p) >= 35u )
			goto st17;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st17;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st17;
		} else
			goto st17;
	} else
		goto st17;
	goto st0;
tr16:
#line 48 "grammar/parsers/multipart_head.rl"
	{ mark = p + 1; }
	goto st14;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
#line 315 "gen/multipart_head.c"
	switch( (*p) ) {
		case 34u: goto tr18;
		case 92u: goto st15;
		case 127u: goto st0;
	}
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto st0;
	} else
		goto st0;
	goto st14;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	if ( (*p) == 127u )
		goto st0;
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto st0;
	} else
		goto st0;
	goto st14;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof16: cs = 16; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof13: cs = 13; goto _test_eof; 
	_test_eof17: cs = 17; goto _test_eof; 
	_test_eof14: cs = 14; goto _test_eof; 
	_test_eof15: cs = 15; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 17: 
#line 47 "grammar/parsers/multipart_head.rl"
	{ fits = fits && take_parameter(h, base, name, span(base, mark, p)); }
	break;
#line 363 "gen/multipart_head.c"
	}
	}

	_out: {}
	}

#line 106 "grammar/parsers/multipart_head.rl"
    return cs >= disposition_first_final && fits && h->has_name ? ERR_NONE : ERR_BAD_REQUEST;
}

static enum error take_type(struct multipart_head *h, unsigned char *base, struct multipart_span value)
{
    (void)base;
    if (h->has_type)
        return ERR_BAD_REQUEST;
    h->has_type = true;
    h->type = value;
    return ERR_NONE;
}

/* RFC 7578 4.7: deprecated; only what changes no octet is served. */
static enum error take_encoding(struct multipart_head *h, unsigned char *base, struct multipart_span value)
{
    static const struct slice plain[] = {SLICE_INIT("7bit"), SLICE_INIT("8bit"), SLICE_INIT("binary")};
    (void)h;
    for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
        if (slice_equals_nocase(slice_of(base + value.at, value.len), plain[i]))
            return ERR_NONE;
    }
    return ERR_UNSUPPORTED_MEDIA_TYPE;
}

static const struct {
    struct slice name;
    enum error (*take)(struct multipart_head *, unsigned char *base, struct multipart_span value);
} fields[] = {
    {SLICE_INIT("content-disposition"), take_disposition},
    {SLICE_INIT("content-type"), take_type},
    {SLICE_INIT("content-transfer-encoding"), take_encoding},
};

static bool take_field(struct multipart_head *h, unsigned char *base, uint32_t value_end)
{
    struct slice value = slice_trim(slice_of(base + h->value_at, value_end - h->value_at));
    struct slice name = slice_of(base + h->mark, h->name_len);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (!slice_equals_nocase(name, fields[i].name))
            continue;
        enum error error = fields[i].take(h, base, span(base, value.data, value.data + value.len));
        if (error != ERR_NONE)
            refuse(h, error, h->mark);
        return error == ERR_NONE;
    }
    return true;
}

void multipart_head_init(struct multipart_head *h)
{
    *h = (struct multipart_head){.result = MULTIPART_HEAD_MORE};
    
#line 159 "grammar/parsers/multipart_head.rl"
    
#line 420 "gen/multipart_head.c"
	{
	 h->cs = multipart_head_start;
	}

#line 160 "grammar/parsers/multipart_head.rl"
}

enum multipart_head_result multipart_head_execute(struct multipart_head *h, unsigned char *base, size_t len)
{
    const unsigned char *p = base + h->nread, *pe = base + len, *eof = NULL;
    if (h->result == MULTIPART_HEAD_ERROR || h->result == MULTIPART_HEAD_PART || h->nread == len)
        return h->result;
    
#line 168 "grammar/parsers/multipart_head.rl"
    
#line 430 "gen/multipart_head.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch (  h->cs )
	{
case 1:
	switch( (*p) ) {
		case 9u: goto st2;
		case 13u: goto st3;
		case 32u: goto st2;
		case 45u: goto st10;
	}
	goto tr0;
tr0:
#line 32 "grammar/parsers/multipart_head.rl"
	{ refuse(h, ERR_BAD_REQUEST, AT(p)); }
	goto st0;
#line 446 "gen/multipart_head.c"
st0:
 h->cs = 0;
	goto _out;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 9u: goto st2;
		case 13u: goto st3;
		case 32u: goto st2;
	}
	goto tr0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( (*p) == 10u )
		goto st4;
	goto tr0;
tr13:
#line 20 "grammar/parsers/multipart_head.rl"
	{
        if (!take_field(h, base, AT(p) - 1))
            {p++;  h->cs = 4; goto _out;}
    }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 476 "gen/multipart_head.c"
	switch( (*p) ) {
		case 13u: goto st5;
		case 33u: goto tr6;
		case 124u: goto tr6;
		case 126u: goto tr6;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr6;
		} else if ( (*p) >= 35u )
			goto tr6;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr6;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr6;
		} else
			goto tr6;
	} else
		goto tr6;
	goto tr0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	if ( (*p) == 10u )
		goto tr7;
	goto tr0;
tr7:
#line 24 "grammar/parsers/multipart_head.rl"
	{
        h->result = MULTIPART_HEAD_PART;
        {p++;  h->cs = 12; goto _out;}
    }
	goto st12;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
#line 517 "gen/multipart_head.c"
	goto tr0;
tr6:
#line 17 "grammar/parsers/multipart_head.rl"
	{ h->mark = AT(p); }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 525 "gen/multipart_head.c"
	switch( (*p) ) {
		case 33u: goto st6;
		case 58u: goto tr9;
		case 124u: goto st6;
		case 126u: goto st6;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto st6;
		} else if ( (*p) >= 35u )
			goto st6;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto st6;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto st6;
		} else
			goto st6;
	} else
		goto st6;
	goto tr0;
tr9:
#line 18 "grammar/parsers/multipart_head.rl"
	{ h->name_len = AT(p) - h->mark; }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 556 "gen/multipart_head.c"
	switch( (*p) ) {
		case 9u: goto st7;
		case 13u: goto tr11;
		case 32u: goto st7;
		case 127u: goto tr0;
	}
	if ( (*p) <= 31u )
		goto tr0;
	goto tr12;
tr11:
#line 19 "grammar/parsers/multipart_head.rl"
	{ h->value_at = AT(p); }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 572 "gen/multipart_head.c"
	if ( (*p) == 10u )
		goto tr13;
	goto tr0;
tr12:
#line 19 "grammar/parsers/multipart_head.rl"
	{ h->value_at = AT(p); }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
#line 582 "gen/multipart_head.c"
	switch( (*p) ) {
		case 13u: goto st8;
		case 127u: goto tr0;
	}
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto tr0;
	} else
		goto tr0;
	goto st9;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( (*p) == 45u )
		goto tr16;
	goto tr0;
tr16:
#line 28 "grammar/parsers/multipart_head.rl"
	{
        h->result = MULTIPART_HEAD_CLOSE;
        {p++;  h->cs = 13; goto _out;}
    }
	goto st13;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
#line 609 "gen/multipart_head.c"
	switch( (*p) ) {
		case 9u: goto st13;
		case 13u: goto st11;
		case 32u: goto st13;
	}
	goto tr0;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	if ( (*p) == 10u )
		goto st12;
	goto tr0;
	}
	_test_eof2:  h->cs = 2; goto _test_eof; 
	_test_eof3:  h->cs = 3; goto _test_eof; 
	_test_eof4:  h->cs = 4; goto _test_eof; 
	_test_eof5:  h->cs = 5; goto _test_eof; 
	_test_eof12:  h->cs = 12; goto _test_eof; 
	_test_eof6:  h->cs = 6; goto _test_eof; 
	_test_eof7:  h->cs = 7; goto _test_eof; 
	_test_eof8:  h->cs = 8; goto _test_eof; 
	_test_eof9:  h->cs = 9; goto _test_eof; 
	_test_eof10:  h->cs = 10; goto _test_eof; 
	_test_eof13:  h->cs = 13; goto _test_eof; 
	_test_eof11:  h->cs = 11; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch (  h->cs ) {
	case 1: 
	case 2: 
	case 3: 
	case 4: 
	case 5: 
	case 6: 
	case 7: 
	case 8: 
	case 9: 
	case 10: 
	case 11: 
#line 32 "grammar/parsers/multipart_head.rl"
	{ refuse(h, ERR_BAD_REQUEST, AT(p)); }
	break;
#line 653 "gen/multipart_head.c"
	}
	}

	_out: {}
	}

#line 169 "grammar/parsers/multipart_head.rl"
    h->nread = AT(p);
    if (h->result == MULTIPART_HEAD_PART && !h->has_name)
        refuse(h, ERR_BAD_REQUEST, h->nread);
    return h->result;
}

bool multipart_head_may_end(const struct multipart_head *h)
{
    return h->result == MULTIPART_HEAD_CLOSE && h->cs >= multipart_head_first_final;
}
