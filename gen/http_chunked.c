
#line 1 "grammar/parsers/http_chunked.rl"
// SPDX-License-Identifier: MIT
// The machine of wire/http_chunked.h. It is left at the beginning of each chunk's data and entered again behind it.
#include "wire/http_chunked.h"

#include "base/object.h"

#define AT(p) (c->nread + (uint64_t)((p) - in.data))


#line 10 "gen/http_chunked.c"
static const int http_chunked_start = 1;


#line 47 "grammar/parsers/http_chunked.rl"


static uint64_t hex(unsigned char digit)
{
    return (digit & 15u) + (digit >> 6) * 9u;
}

static void refuse(struct http_chunked *c, enum error error, uint64_t at)
{
    c->error = error;
    c->error_at = at;
}

/* The line of a size has ended at `at`. */
static void begin_chunk(struct http_chunked *c, uint64_t at)
{
    uint64_t overhead = at + 1 - c->body;
    if (c->size > c->limits.body - c->body ||
        (overhead > c->limits.overhead && overhead / HTTP_CHUNKED_RATIO > c->body)) {
        refuse(c, ERR_CONTENT_TOO_LARGE, at);
        return;
    }
    c->left = c->size;
    c->size = 0;
    c->digits = 0;
}

void http_chunked_init(struct http_chunked *c, const struct http_chunked_limits *limits)
{
    *c = (struct http_chunked){.limits = *limits};
    
#line 42 "gen/http_chunked.c"
	{
	 c->cs = http_chunked_start;
	}

#line 78 "grammar/parsers/http_chunked.rl"
}

bool http_chunked_valid(const struct http_chunked *c)
{
    return c->body <= c->nread && c->body <= c->limits.body && c->left <= c->limits.body - c->body &&
           (c->left == 0 || (c->error == ERR_NONE && !c->ended)) && c->error_at <= c->nread &&
           (c->error == ERR_NONE || !c->ended);
}

static void take(struct http_chunked *c, struct slice *input, size_t n)
{
    c->nread += n;
    *input = slice_after(*input, n);
}

/* Up to the data of the next chunk, to the end, to an error, or to the end of the input. */
static void walk(struct http_chunked *c, struct slice *input)
{
    const struct slice in = *input;
    const unsigned char *p = in.data, *pe = p + in.len, *eof = NULL;
    
#line 65 "gen/http_chunked.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch (  c->cs )
	{
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	if ( (*p) == 48u )
		goto tr1;
	if ( (*p) < 65u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto tr2;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr2;
	} else
		goto tr2;
	goto tr0;
tr0:
#line 41 "grammar/parsers/http_chunked.rl"
	{ refuse(c, ERR_BAD_REQUEST, AT(p)); }
	goto st0;
#line 88 "gen/http_chunked.c"
st0:
 c->cs = 0;
	goto _out;
tr1:
#line 14 "grammar/parsers/http_chunked.rl"
	{
        if (++c->digits > HTTP_CHUNKED_DIGITS) {
            refuse(c, ERR_BAD_REQUEST, AT(p));
            {p++;  c->cs = 2; goto _out;}
        }
        c->size = c->size << 4 | hex(*p);
    }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 104 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr3;
		case 13u: goto st9;
		case 32u: goto tr3;
		case 48u: goto tr1;
		case 59u: goto tr5;
	}
	if ( (*p) < 65u ) {
		if ( 49u <= (*p) && (*p) <= 57u )
			goto tr2;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr2;
	} else
		goto tr2;
	goto tr0;
tr3:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 3; goto _out;}
        }
    }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
#line 132 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr3;
		case 32u: goto tr3;
		case 59u: goto tr5;
	}
	goto tr0;
tr5:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 4; goto _out;}
        }
    }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 150 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr5;
		case 32u: goto tr5;
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
tr6:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 5; goto _out;}
        }
    }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
#line 187 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr7;
		case 13u: goto st9;
		case 32u: goto tr7;
		case 33u: goto tr6;
		case 59u: goto tr5;
		case 61u: goto tr8;
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
tr7:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 6; goto _out;}
        }
    }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 227 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr7;
		case 32u: goto tr7;
		case 59u: goto tr5;
		case 61u: goto tr8;
	}
	goto tr0;
tr8:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 7; goto _out;}
        }
    }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 246 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr8;
		case 32u: goto tr8;
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
	goto tr0;
tr9:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 8; goto _out;}
        }
    }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 283 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr3;
		case 13u: goto st9;
		case 32u: goto tr3;
		case 33u: goto tr9;
		case 59u: goto tr5;
		case 124u: goto tr9;
		case 126u: goto tr9;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr9;
		} else if ( (*p) >= 35u )
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
	goto tr0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	if ( (*p) == 10u )
		goto st10;
	goto tr0;
tr23:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 10; goto _out;}
        }
    }
	goto st10;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
#line 329 "gen/http_chunked.c"
	switch( (*p) ) {
		case 13u: goto tr12;
		case 33u: goto tr13;
		case 65u: goto tr14;
		case 67u: goto tr15;
		case 69u: goto tr16;
		case 72u: goto tr17;
		case 84u: goto tr18;
		case 85u: goto tr19;
		case 97u: goto tr14;
		case 99u: goto tr15;
		case 101u: goto tr16;
		case 104u: goto tr17;
		case 116u: goto tr18;
		case 117u: goto tr19;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 66u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr12:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 11; goto _out;}
        }
    }
	goto st11;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
#line 377 "gen/http_chunked.c"
	if ( (*p) == 10u )
		goto tr20;
	goto tr0;
tr20:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 95; goto _out;}
        }
    }
#line 37 "grammar/parsers/http_chunked.rl"
	{
        c->ended = true;
        {p++;  c->cs = 95; goto _out;}
    }
	goto st95;
st95:
	if ( ++p == pe )
		goto _test_eof95;
case 95:
#line 396 "gen/http_chunked.c"
	goto tr0;
tr13:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 12; goto _out;}
        }
    }
	goto st12;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
#line 409 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr21:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 13; goto _out;}
        }
    }
	goto st13;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
#line 445 "gen/http_chunked.c"
	switch( (*p) ) {
		case 13u: goto tr22;
		case 127u: goto tr0;
	}
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto tr0;
	} else
		goto tr0;
	goto tr21;
tr22:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 14; goto _out;}
        }
    }
	goto st14;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
#line 467 "gen/http_chunked.c"
	if ( (*p) == 10u )
		goto tr23;
	goto tr0;
tr14:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 15; goto _out;}
        }
    }
	goto st15;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
#line 482 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 85u: goto tr24;
		case 117u: goto tr24;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr24:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 16; goto _out;}
        }
    }
	goto st16;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
#line 520 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 84u: goto tr25;
		case 116u: goto tr25;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr25:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 17; goto _out;}
        }
    }
	goto st17;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
#line 558 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 72u: goto tr26;
		case 104u: goto tr26;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr26:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 18; goto _out;}
        }
    }
	goto st18;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
#line 596 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 79u: goto tr27;
		case 111u: goto tr27;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr27:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 19; goto _out;}
        }
    }
	goto st19;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
#line 634 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 82u: goto tr28;
		case 114u: goto tr28;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr28:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 20; goto _out;}
        }
    }
	goto st20;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
#line 672 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 73u: goto tr29;
		case 105u: goto tr29;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr29:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 21; goto _out;}
        }
    }
	goto st21;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
#line 710 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 90u: goto tr30;
		case 122u: goto tr30;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 89u ) {
			if ( 94u <= (*p) && (*p) <= 121u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr30:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 22; goto _out;}
        }
    }
	goto st22;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
#line 748 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 65u: goto tr31;
		case 97u: goto tr31;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 66u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr31:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 23; goto _out;}
        }
    }
	goto st23;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
#line 786 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 84u: goto tr32;
		case 116u: goto tr32;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr32:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 24; goto _out;}
        }
    }
	goto st24;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
#line 824 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 73u: goto tr33;
		case 105u: goto tr33;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr33:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 25; goto _out;}
        }
    }
	goto st25;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
#line 862 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 79u: goto tr34;
		case 111u: goto tr34;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr34:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 26; goto _out;}
        }
    }
	goto st26;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
#line 900 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 78u: goto tr35;
		case 110u: goto tr35;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr35:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 27; goto _out;}
        }
    }
	goto st27;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
#line 938 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr15:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 28; goto _out;}
        }
    }
	goto st28;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
#line 973 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 79u: goto tr36;
		case 111u: goto tr36;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr36:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 29; goto _out;}
        }
    }
	goto st29;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
#line 1011 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 78u: goto tr37;
		case 79u: goto tr38;
		case 110u: goto tr37;
		case 111u: goto tr38;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr37:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 30; goto _out;}
        }
    }
	goto st30;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
#line 1051 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 78u: goto tr39;
		case 84u: goto tr40;
		case 110u: goto tr39;
		case 116u: goto tr40;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr39:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 31; goto _out;}
        }
    }
	goto st31;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
#line 1091 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 69u: goto tr41;
		case 101u: goto tr41;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr41:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 32; goto _out;}
        }
    }
	goto st32;
st32:
	if ( ++p == pe )
		goto _test_eof32;
case 32:
#line 1129 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 67u: goto tr31;
		case 99u: goto tr31;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr40:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 33; goto _out;}
        }
    }
	goto st33;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
#line 1167 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 69u: goto tr42;
		case 101u: goto tr42;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr42:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 34; goto _out;}
        }
    }
	goto st34;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
#line 1205 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 78u: goto tr43;
		case 110u: goto tr43;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr43:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 35; goto _out;}
        }
    }
	goto st35;
st35:
	if ( ++p == pe )
		goto _test_eof35;
case 35:
#line 1243 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 84u: goto tr44;
		case 116u: goto tr44;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr44:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 36; goto _out;}
        }
    }
	goto st36;
st36:
	if ( ++p == pe )
		goto _test_eof36;
case 36:
#line 1281 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 45u: goto tr45;
		case 46u: goto tr13;
		case 58u: goto tr21;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 48u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else if ( (*p) >= 65u )
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr45:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 37; goto _out;}
        }
    }
	goto st37;
st37:
	if ( ++p == pe )
		goto _test_eof37;
case 37:
#line 1316 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 69u: goto tr46;
		case 76u: goto tr47;
		case 84u: goto tr48;
		case 101u: goto tr46;
		case 108u: goto tr47;
		case 116u: goto tr48;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr46:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 38; goto _out;}
        }
    }
	goto st38;
st38:
	if ( ++p == pe )
		goto _test_eof38;
case 38:
#line 1358 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 78u: goto tr49;
		case 110u: goto tr49;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr49:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 39; goto _out;}
        }
    }
	goto st39;
st39:
	if ( ++p == pe )
		goto _test_eof39;
case 39:
#line 1396 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 67u: goto tr50;
		case 99u: goto tr50;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr50:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 40; goto _out;}
        }
    }
	goto st40;
st40:
	if ( ++p == pe )
		goto _test_eof40;
case 40:
#line 1434 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 79u: goto tr51;
		case 111u: goto tr51;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr51:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 41; goto _out;}
        }
    }
	goto st41;
st41:
	if ( ++p == pe )
		goto _test_eof41;
case 41:
#line 1472 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 68u: goto tr52;
		case 100u: goto tr52;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr52:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 42; goto _out;}
        }
    }
	goto st42;
st42:
	if ( ++p == pe )
		goto _test_eof42;
case 42:
#line 1510 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 73u: goto tr53;
		case 105u: goto tr53;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr53:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 43; goto _out;}
        }
    }
	goto st43;
st43:
	if ( ++p == pe )
		goto _test_eof43;
case 43:
#line 1548 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 78u: goto tr54;
		case 110u: goto tr54;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr54:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 44; goto _out;}
        }
    }
	goto st44;
st44:
	if ( ++p == pe )
		goto _test_eof44;
case 44:
#line 1586 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 71u: goto tr35;
		case 103u: goto tr35;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr47:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 45; goto _out;}
        }
    }
	goto st45;
st45:
	if ( ++p == pe )
		goto _test_eof45;
case 45:
#line 1624 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 69u: goto tr55;
		case 101u: goto tr55;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr55:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 46; goto _out;}
        }
    }
	goto st46;
st46:
	if ( ++p == pe )
		goto _test_eof46;
case 46:
#line 1662 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 78u: goto tr56;
		case 110u: goto tr56;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr56:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 47; goto _out;}
        }
    }
	goto st47;
st47:
	if ( ++p == pe )
		goto _test_eof47;
case 47:
#line 1700 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 71u: goto tr57;
		case 103u: goto tr57;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr57:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 48; goto _out;}
        }
    }
	goto st48;
st48:
	if ( ++p == pe )
		goto _test_eof48;
case 48:
#line 1738 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 84u: goto tr58;
		case 116u: goto tr58;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr58:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 49; goto _out;}
        }
    }
	goto st49;
st49:
	if ( ++p == pe )
		goto _test_eof49;
case 49:
#line 1776 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 72u: goto tr35;
		case 104u: goto tr35;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr48:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 50; goto _out;}
        }
    }
	goto st50;
st50:
	if ( ++p == pe )
		goto _test_eof50;
case 50:
#line 1814 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 89u: goto tr59;
		case 121u: goto tr59;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr59:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 51; goto _out;}
        }
    }
	goto st51;
st51:
	if ( ++p == pe )
		goto _test_eof51;
case 51:
#line 1852 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 80u: goto tr60;
		case 112u: goto tr60;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr60:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 52; goto _out;}
        }
    }
	goto st52;
st52:
	if ( ++p == pe )
		goto _test_eof52;
case 52:
#line 1890 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 69u: goto tr35;
		case 101u: goto tr35;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr38:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 53; goto _out;}
        }
    }
	goto st53;
st53:
	if ( ++p == pe )
		goto _test_eof53;
case 53:
#line 1928 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 75u: goto tr61;
		case 107u: goto tr61;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr61:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 54; goto _out;}
        }
    }
	goto st54;
st54:
	if ( ++p == pe )
		goto _test_eof54;
case 54:
#line 1966 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 73u: goto tr60;
		case 105u: goto tr60;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr16:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 55; goto _out;}
        }
    }
	goto st55;
st55:
	if ( ++p == pe )
		goto _test_eof55;
case 55:
#line 2004 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 88u: goto tr62;
		case 120u: goto tr62;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr62:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 56; goto _out;}
        }
    }
	goto st56;
st56:
	if ( ++p == pe )
		goto _test_eof56;
case 56:
#line 2042 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 80u: goto tr63;
		case 112u: goto tr63;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr63:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 57; goto _out;}
        }
    }
	goto st57;
st57:
	if ( ++p == pe )
		goto _test_eof57;
case 57:
#line 2080 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 69u: goto tr64;
		case 101u: goto tr64;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr64:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 58; goto _out;}
        }
    }
	goto st58;
st58:
	if ( ++p == pe )
		goto _test_eof58;
case 58:
#line 2118 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 67u: goto tr65;
		case 99u: goto tr65;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr65:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 59; goto _out;}
        }
    }
	goto st59;
st59:
	if ( ++p == pe )
		goto _test_eof59;
case 59:
#line 2156 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 84u: goto tr35;
		case 116u: goto tr35;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr17:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 60; goto _out;}
        }
    }
	goto st60;
st60:
	if ( ++p == pe )
		goto _test_eof60;
case 60:
#line 2194 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 79u: goto tr66;
		case 111u: goto tr66;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr66:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 61; goto _out;}
        }
    }
	goto st61;
st61:
	if ( ++p == pe )
		goto _test_eof61;
case 61:
#line 2232 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 83u: goto tr65;
		case 115u: goto tr65;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr18:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 62; goto _out;}
        }
    }
	goto st62;
st62:
	if ( ++p == pe )
		goto _test_eof62;
case 62:
#line 2270 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 82u: goto tr67;
		case 114u: goto tr67;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr67:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 63; goto _out;}
        }
    }
	goto st63;
st63:
	if ( ++p == pe )
		goto _test_eof63;
case 63:
#line 2308 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 65u: goto tr68;
		case 97u: goto tr68;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 66u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr68:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 64; goto _out;}
        }
    }
	goto st64;
st64:
	if ( ++p == pe )
		goto _test_eof64;
case 64:
#line 2346 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 73u: goto tr69;
		case 78u: goto tr70;
		case 105u: goto tr69;
		case 110u: goto tr70;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr69:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 65; goto _out;}
        }
    }
	goto st65;
st65:
	if ( ++p == pe )
		goto _test_eof65;
case 65:
#line 2386 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 76u: goto tr71;
		case 108u: goto tr71;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr71:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 66; goto _out;}
        }
    }
	goto st66;
st66:
	if ( ++p == pe )
		goto _test_eof66;
case 66:
#line 2424 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 69u: goto tr72;
		case 101u: goto tr72;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr72:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 67; goto _out;}
        }
    }
	goto st67;
st67:
	if ( ++p == pe )
		goto _test_eof67;
case 67:
#line 2462 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 82u: goto tr35;
		case 114u: goto tr35;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr70:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 68; goto _out;}
        }
    }
	goto st68;
st68:
	if ( ++p == pe )
		goto _test_eof68;
case 68:
#line 2500 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 83u: goto tr73;
		case 115u: goto tr73;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr73:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 69; goto _out;}
        }
    }
	goto st69;
st69:
	if ( ++p == pe )
		goto _test_eof69;
case 69:
#line 2538 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 70u: goto tr74;
		case 102u: goto tr74;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr74:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 70; goto _out;}
        }
    }
	goto st70;
st70:
	if ( ++p == pe )
		goto _test_eof70;
case 70:
#line 2576 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 69u: goto tr75;
		case 101u: goto tr75;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr75:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 71; goto _out;}
        }
    }
	goto st71;
st71:
	if ( ++p == pe )
		goto _test_eof71;
case 71:
#line 2614 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 82u: goto tr76;
		case 114u: goto tr76;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr76:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 72; goto _out;}
        }
    }
	goto st72;
st72:
	if ( ++p == pe )
		goto _test_eof72;
case 72:
#line 2652 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 45u: goto tr77;
		case 46u: goto tr13;
		case 58u: goto tr21;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 48u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 57u ) {
		if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else if ( (*p) >= 65u )
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr77:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 73; goto _out;}
        }
    }
	goto st73;
st73:
	if ( ++p == pe )
		goto _test_eof73;
case 73:
#line 2687 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 69u: goto tr46;
		case 101u: goto tr46;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr19:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 74; goto _out;}
        }
    }
	goto st74;
st74:
	if ( ++p == pe )
		goto _test_eof74;
case 74:
#line 2725 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 80u: goto tr78;
		case 112u: goto tr78;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr78:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 75; goto _out;}
        }
    }
	goto st75;
st75:
	if ( ++p == pe )
		goto _test_eof75;
case 75:
#line 2763 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 71u: goto tr79;
		case 103u: goto tr79;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr79:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 76; goto _out;}
        }
    }
	goto st76;
st76:
	if ( ++p == pe )
		goto _test_eof76;
case 76:
#line 2801 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 82u: goto tr80;
		case 114u: goto tr80;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr80:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 77; goto _out;}
        }
    }
	goto st77;
st77:
	if ( ++p == pe )
		goto _test_eof77;
case 77:
#line 2839 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 65u: goto tr81;
		case 97u: goto tr81;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 66u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr81:
#line 27 "grammar/parsers/http_chunked.rl"
	{
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            {p++;  c->cs = 78; goto _out;}
        }
    }
	goto st78;
st78:
	if ( ++p == pe )
		goto _test_eof78;
case 78:
#line 2877 "gen/http_chunked.c"
	switch( (*p) ) {
		case 33u: goto tr13;
		case 58u: goto tr21;
		case 68u: goto tr60;
		case 100u: goto tr60;
		case 124u: goto tr13;
		case 126u: goto tr13;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr13;
		} else if ( (*p) >= 35u )
			goto tr13;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr13;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr13;
		} else
			goto tr13;
	} else
		goto tr13;
	goto tr0;
tr10:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 79; goto _out;}
        }
    }
	goto st79;
st79:
	if ( ++p == pe )
		goto _test_eof79;
case 79:
#line 2915 "gen/http_chunked.c"
	switch( (*p) ) {
		case 34u: goto tr82;
		case 92u: goto tr83;
		case 127u: goto tr0;
	}
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto tr0;
	} else
		goto tr0;
	goto tr10;
tr82:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 80; goto _out;}
        }
    }
	goto st80;
st80:
	if ( ++p == pe )
		goto _test_eof80;
case 80:
#line 2938 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr3;
		case 13u: goto st9;
		case 32u: goto tr3;
		case 59u: goto tr5;
	}
	goto tr0;
tr83:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 81; goto _out;}
        }
    }
	goto st81;
st81:
	if ( ++p == pe )
		goto _test_eof81;
case 81:
#line 2957 "gen/http_chunked.c"
	if ( (*p) == 127u )
		goto tr0;
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto tr0;
	} else
		goto tr0;
	goto tr10;
tr2:
#line 14 "grammar/parsers/http_chunked.rl"
	{
        if (++c->digits > HTTP_CHUNKED_DIGITS) {
            refuse(c, ERR_BAD_REQUEST, AT(p));
            {p++;  c->cs = 82; goto _out;}
        }
        c->size = c->size << 4 | hex(*p);
    }
	goto st82;
st82:
	if ( ++p == pe )
		goto _test_eof82;
case 82:
#line 2978 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr84;
		case 13u: goto st89;
		case 32u: goto tr84;
		case 59u: goto tr86;
	}
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr2;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr2;
	} else
		goto tr2;
	goto tr0;
tr84:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 83; goto _out;}
        }
    }
	goto st83;
st83:
	if ( ++p == pe )
		goto _test_eof83;
case 83:
#line 3005 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr84;
		case 32u: goto tr84;
		case 59u: goto tr86;
	}
	goto tr0;
tr86:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 84; goto _out;}
        }
    }
	goto st84;
st84:
	if ( ++p == pe )
		goto _test_eof84;
case 84:
#line 3023 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr86;
		case 32u: goto tr86;
		case 33u: goto tr87;
		case 124u: goto tr87;
		case 126u: goto tr87;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr87;
		} else if ( (*p) >= 35u )
			goto tr87;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr87;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr87;
		} else
			goto tr87;
	} else
		goto tr87;
	goto tr0;
tr87:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 85; goto _out;}
        }
    }
	goto st85;
st85:
	if ( ++p == pe )
		goto _test_eof85;
case 85:
#line 3060 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr88;
		case 13u: goto st89;
		case 32u: goto tr88;
		case 33u: goto tr87;
		case 59u: goto tr86;
		case 61u: goto tr89;
		case 124u: goto tr87;
		case 126u: goto tr87;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr87;
		} else if ( (*p) >= 35u )
			goto tr87;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr87;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr87;
		} else
			goto tr87;
	} else
		goto tr87;
	goto tr0;
tr88:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 86; goto _out;}
        }
    }
	goto st86;
st86:
	if ( ++p == pe )
		goto _test_eof86;
case 86:
#line 3100 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr88;
		case 32u: goto tr88;
		case 59u: goto tr86;
		case 61u: goto tr89;
	}
	goto tr0;
tr89:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 87; goto _out;}
        }
    }
	goto st87;
st87:
	if ( ++p == pe )
		goto _test_eof87;
case 87:
#line 3119 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr89;
		case 32u: goto tr89;
		case 34u: goto tr91;
		case 124u: goto tr90;
		case 126u: goto tr90;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr90;
		} else if ( (*p) >= 33u )
			goto tr90;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr90;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr90;
		} else
			goto tr90;
	} else
		goto tr90;
	goto tr0;
tr90:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 88; goto _out;}
        }
    }
	goto st88;
st88:
	if ( ++p == pe )
		goto _test_eof88;
case 88:
#line 3156 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr84;
		case 13u: goto st89;
		case 32u: goto tr84;
		case 33u: goto tr90;
		case 59u: goto tr86;
		case 124u: goto tr90;
		case 126u: goto tr90;
	}
	if ( (*p) < 45u ) {
		if ( (*p) > 39u ) {
			if ( 42u <= (*p) && (*p) <= 43u )
				goto tr90;
		} else if ( (*p) >= 35u )
			goto tr90;
	} else if ( (*p) > 46u ) {
		if ( (*p) < 65u ) {
			if ( 48u <= (*p) && (*p) <= 57u )
				goto tr90;
		} else if ( (*p) > 90u ) {
			if ( 94u <= (*p) && (*p) <= 122u )
				goto tr90;
		} else
			goto tr90;
	} else
		goto tr90;
	goto tr0;
st89:
	if ( ++p == pe )
		goto _test_eof89;
case 89:
	if ( (*p) == 10u )
		goto tr92;
	goto tr0;
tr92:
#line 33 "grammar/parsers/http_chunked.rl"
	{
        begin_chunk(c, AT(p));
        {p++;  c->cs = 90; goto _out;}
    }
	goto st90;
st90:
	if ( ++p == pe )
		goto _test_eof90;
case 90:
#line 3200 "gen/http_chunked.c"
	if ( (*p) == 13u )
		goto st91;
	goto tr0;
st91:
	if ( ++p == pe )
		goto _test_eof91;
case 91:
	if ( (*p) == 10u )
		goto st1;
	goto tr0;
tr91:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 92; goto _out;}
        }
    }
	goto st92;
st92:
	if ( ++p == pe )
		goto _test_eof92;
case 92:
#line 3222 "gen/http_chunked.c"
	switch( (*p) ) {
		case 34u: goto tr95;
		case 92u: goto tr96;
		case 127u: goto tr0;
	}
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto tr0;
	} else
		goto tr0;
	goto tr91;
tr95:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 93; goto _out;}
        }
    }
	goto st93;
st93:
	if ( ++p == pe )
		goto _test_eof93;
case 93:
#line 3245 "gen/http_chunked.c"
	switch( (*p) ) {
		case 9u: goto tr84;
		case 13u: goto st89;
		case 32u: goto tr84;
		case 59u: goto tr86;
	}
	goto tr0;
tr96:
#line 21 "grammar/parsers/http_chunked.rl"
	{
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            {p++;  c->cs = 94; goto _out;}
        }
    }
	goto st94;
st94:
	if ( ++p == pe )
		goto _test_eof94;
case 94:
#line 3264 "gen/http_chunked.c"
	if ( (*p) == 127u )
		goto tr0;
	if ( (*p) > 8u ) {
		if ( 10u <= (*p) && (*p) <= 31u )
			goto tr0;
	} else
		goto tr0;
	goto tr91;
	}
	_test_eof1:  c->cs = 1; goto _test_eof; 
	_test_eof2:  c->cs = 2; goto _test_eof; 
	_test_eof3:  c->cs = 3; goto _test_eof; 
	_test_eof4:  c->cs = 4; goto _test_eof; 
	_test_eof5:  c->cs = 5; goto _test_eof; 
	_test_eof6:  c->cs = 6; goto _test_eof; 
	_test_eof7:  c->cs = 7; goto _test_eof; 
	_test_eof8:  c->cs = 8; goto _test_eof; 
	_test_eof9:  c->cs = 9; goto _test_eof; 
	_test_eof10:  c->cs = 10; goto _test_eof; 
	_test_eof11:  c->cs = 11; goto _test_eof; 
	_test_eof95:  c->cs = 95; goto _test_eof; 
	_test_eof12:  c->cs = 12; goto _test_eof; 
	_test_eof13:  c->cs = 13; goto _test_eof; 
	_test_eof14:  c->cs = 14; goto _test_eof; 
	_test_eof15:  c->cs = 15; goto _test_eof; 
	_test_eof16:  c->cs = 16; goto _test_eof; 
	_test_eof17:  c->cs = 17; goto _test_eof; 
	_test_eof18:  c->cs = 18; goto _test_eof; 
	_test_eof19:  c->cs = 19; goto _test_eof; 
	_test_eof20:  c->cs = 20; goto _test_eof; 
	_test_eof21:  c->cs = 21; goto _test_eof; 
	_test_eof22:  c->cs = 22; goto _test_eof; 
	_test_eof23:  c->cs = 23; goto _test_eof; 
	_test_eof24:  c->cs = 24; goto _test_eof; 
	_test_eof25:  c->cs = 25; goto _test_eof; 
	_test_eof26:  c->cs = 26; goto _test_eof; 
	_test_eof27:  c->cs = 27; goto _test_eof; 
	_test_eof28:  c->cs = 28; goto _test_eof; 
	_test_eof29:  c->cs = 29; goto _test_eof; 
	_test_eof30:  c->cs = 30; goto _test_eof; 
	_test_eof31:  c->cs = 31; goto _test_eof; 
	_test_eof32:  c->cs = 32; goto _test_eof; 
	_test_eof33:  c->cs = 33; goto _test_eof; 
	_test_eof34:  c->cs = 34; goto _test_eof; 
	_test_eof35:  c->cs = 35; goto _test_eof; 
	_test_eof36:  c->cs = 36; goto _test_eof; 
	_test_eof37:  c->cs = 37; goto _test_eof; 
	_test_eof38:  c->cs = 38; goto _test_eof; 
	_test_eof39:  c->cs = 39; goto _test_eof; 
	_test_eof40:  c->cs = 40; goto _test_eof; 
	_test_eof41:  c->cs = 41; goto _test_eof; 
	_test_eof42:  c->cs = 42; goto _test_eof; 
	_test_eof43:  c->cs = 43; goto _test_eof; 
	_test_eof44:  c->cs = 44; goto _test_eof; 
	_test_eof45:  c->cs = 45; goto _test_eof; 
	_test_eof46:  c->cs = 46; goto _test_eof; 
	_test_eof47:  c->cs = 47; goto _test_eof; 
	_test_eof48:  c->cs = 48; goto _test_eof; 
	_test_eof49:  c->cs = 49; goto _test_eof; 
	_test_eof50:  c->cs = 50; goto _test_eof; 
	_test_eof51:  c->cs = 51; goto _test_eof; 
	_test_eof52:  c->cs = 52; goto _test_eof; 
	_test_eof53:  c->cs = 53; goto _test_eof; 
	_test_eof54:  c->cs = 54; goto _test_eof; 
	_test_eof55:  c->cs = 55; goto _test_eof; 
	_test_eof56:  c->cs = 56; goto _test_eof; 
	_test_eof57:  c->cs = 57; goto _test_eof; 
	_test_eof58:  c->cs = 58; goto _test_eof; 
	_test_eof59:  c->cs = 59; goto _test_eof; 
	_test_eof60:  c->cs = 60; goto _test_eof; 
	_test_eof61:  c->cs = 61; goto _test_eof; 
	_test_eof62:  c->cs = 62; goto _test_eof; 
	_test_eof63:  c->cs = 63; goto _test_eof; 
	_test_eof64:  c->cs = 64; goto _test_eof; 
	_test_eof65:  c->cs = 65; goto _test_eof; 
	_test_eof66:  c->cs = 66; goto _test_eof; 
	_test_eof67:  c->cs = 67; goto _test_eof; 
	_test_eof68:  c->cs = 68; goto _test_eof; 
	_test_eof69:  c->cs = 69; goto _test_eof; 
	_test_eof70:  c->cs = 70; goto _test_eof; 
	_test_eof71:  c->cs = 71; goto _test_eof; 
	_test_eof72:  c->cs = 72; goto _test_eof; 
	_test_eof73:  c->cs = 73; goto _test_eof; 
	_test_eof74:  c->cs = 74; goto _test_eof; 
	_test_eof75:  c->cs = 75; goto _test_eof; 
	_test_eof76:  c->cs = 76; goto _test_eof; 
	_test_eof77:  c->cs = 77; goto _test_eof; 
	_test_eof78:  c->cs = 78; goto _test_eof; 
	_test_eof79:  c->cs = 79; goto _test_eof; 
	_test_eof80:  c->cs = 80; goto _test_eof; 
	_test_eof81:  c->cs = 81; goto _test_eof; 
	_test_eof82:  c->cs = 82; goto _test_eof; 
	_test_eof83:  c->cs = 83; goto _test_eof; 
	_test_eof84:  c->cs = 84; goto _test_eof; 
	_test_eof85:  c->cs = 85; goto _test_eof; 
	_test_eof86:  c->cs = 86; goto _test_eof; 
	_test_eof87:  c->cs = 87; goto _test_eof; 
	_test_eof88:  c->cs = 88; goto _test_eof; 
	_test_eof89:  c->cs = 89; goto _test_eof; 
	_test_eof90:  c->cs = 90; goto _test_eof; 
	_test_eof91:  c->cs = 91; goto _test_eof; 
	_test_eof92:  c->cs = 92; goto _test_eof; 
	_test_eof93:  c->cs = 93; goto _test_eof; 
	_test_eof94:  c->cs = 94; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch (  c->cs ) {
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
	case 12: 
	case 13: 
	case 14: 
	case 15: 
	case 16: 
	case 17: 
	case 18: 
	case 19: 
	case 20: 
	case 21: 
	case 22: 
	case 23: 
	case 24: 
	case 25: 
	case 26: 
	case 27: 
	case 28: 
	case 29: 
	case 30: 
	case 31: 
	case 32: 
	case 33: 
	case 34: 
	case 35: 
	case 36: 
	case 37: 
	case 38: 
	case 39: 
	case 40: 
	case 41: 
	case 42: 
	case 43: 
	case 44: 
	case 45: 
	case 46: 
	case 47: 
	case 48: 
	case 49: 
	case 50: 
	case 51: 
	case 52: 
	case 53: 
	case 54: 
	case 55: 
	case 56: 
	case 57: 
	case 58: 
	case 59: 
	case 60: 
	case 61: 
	case 62: 
	case 63: 
	case 64: 
	case 65: 
	case 66: 
	case 67: 
	case 68: 
	case 69: 
	case 70: 
	case 71: 
	case 72: 
	case 73: 
	case 74: 
	case 75: 
	case 76: 
	case 77: 
	case 78: 
	case 79: 
	case 80: 
	case 81: 
	case 82: 
	case 83: 
	case 84: 
	case 85: 
	case 86: 
	case 87: 
	case 88: 
	case 89: 
	case 90: 
	case 91: 
	case 92: 
	case 93: 
	case 94: 
#line 41 "grammar/parsers/http_chunked.rl"
	{ refuse(c, ERR_BAD_REQUEST, AT(p)); }
	break;
#line 3469 "gen/http_chunked.c"
	}
	}

	_out: {}
	}

#line 99 "grammar/parsers/http_chunked.rl"
    take(c, input, (size_t)(p - in.data));
}

static struct slice take_data(struct http_chunked *c, struct slice *input)
{
    size_t n = input->len < c->left ? input->len : (size_t)c->left;
    struct slice data = slice_of(input->data, n);
    c->left -= n;
    c->body += n;
    take(c, input, n);
    return data;
}

enum http_chunked_event http_chunked_next(struct http_chunked *c, struct slice *input, struct slice *data)
{
    *data = SLICE_NONE;
    assert(http_chunked_valid(c));
    if (c->error == ERR_NONE && !c->ended && c->left == 0 && input->len > 0)
        walk(c, input);
    if (c->error != ERR_NONE)
        return HTTP_CHUNKED_ERROR;
    if (c->ended)
        return HTTP_CHUNKED_END;
    if (c->left == 0 || input->len == 0)
        return HTTP_CHUNKED_MORE;
    *data = take_data(c, input);
    return HTTP_CHUNKED_DATA;
}
