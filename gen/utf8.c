
#line 1 "grammar/parsers/utf8.rl"
// SPDX-License-Identifier: MIT
#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The first octet from p on that is not ASCII, or pe. */
static const unsigned char *ascii_end(const unsigned char *p, const unsigned char *pe)
{
#ifdef __SSE2__
    for (; pe - p >= 16; p += 16) {
        int high = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)p));
        if (high != 0)
            return p + __builtin_ctz((unsigned)high);
    }
#endif
    while (p < pe && *p < 0x80)
        p++;
    return p;
}


#line 24 "gen/utf8.c"
static const int utf8_start = 8;
static const int utf8_error = 0;

static const int utf8_en_main = 8;


#line 33 "grammar/parsers/utf8.rl"


void utf8_init(struct utf8 *u)
{
    u->state = (uint32_t)utf8_start; /* what `write init` says, in our type */
}

bool utf8_feed(struct utf8 *u, struct slice piece)
{
    /* Ragel's goto code must not be entered in the error state: it would come out of it. */
    if (piece.len > 0 && u->state != (uint32_t)utf8_error) {
        const unsigned char *p = piece.data, *pe = p + piece.len;
        
#line 41 "gen/utf8.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( ( u->state) )
	{
tr4:
#line 28 "grammar/parsers/utf8.rl"
	{ p = ascii_end(p + 1, pe) - 1; }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 53 "gen/utf8.c"
	switch( (*p) ) {
		case 224u: goto st2;
		case 237u: goto st4;
		case 240u: goto st5;
		case 244u: goto st7;
	}
	if ( (*p) < 225u ) {
		if ( (*p) > 193u ) {
			if ( 194u <= (*p) && (*p) <= 223u )
				goto st1;
		} else if ( (*p) >= 128u )
			goto st0;
	} else if ( (*p) > 239u ) {
		if ( (*p) > 243u ) {
			if ( 245u <= (*p) )
				goto st0;
		} else if ( (*p) >= 241u )
			goto st6;
	} else
		goto st3;
	goto tr4;
st0:
( u->state) = 0;
	goto _out;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st8;
	goto st0;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	if ( 160u <= (*p) && (*p) <= 191u )
		goto st1;
	goto st0;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st1;
	goto st0;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	if ( 128u <= (*p) && (*p) <= 159u )
		goto st1;
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	if ( 144u <= (*p) && (*p) <= 191u )
		goto st3;
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	if ( 128u <= (*p) && (*p) <= 191u )
		goto st3;
	goto st0;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	if ( 128u <= (*p) && (*p) <= 143u )
		goto st3;
	goto st0;
	}
	_test_eof8: ( u->state) = 8; goto _test_eof; 
	_test_eof1: ( u->state) = 1; goto _test_eof; 
	_test_eof2: ( u->state) = 2; goto _test_eof; 
	_test_eof3: ( u->state) = 3; goto _test_eof; 
	_test_eof4: ( u->state) = 4; goto _test_eof; 
	_test_eof5: ( u->state) = 5; goto _test_eof; 
	_test_eof6: ( u->state) = 6; goto _test_eof; 
	_test_eof7: ( u->state) = 7; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 46 "grammar/parsers/utf8.rl"
    }
    return u->state != (uint32_t)utf8_error;
}

/* The one final state is the one between two characters: the start. */
bool utf8_complete(const struct utf8 *u)
{
    return u->state == (uint32_t)utf8_start;
}

bool utf8_valid(struct slice s)
{
    struct utf8 u;
    utf8_init(&u);
    return utf8_feed(&u, s) && utf8_complete(&u);
}

size_t utf8_length(struct slice s)
{
    size_t length = 0;
    for (size_t i = 0; i < s.len; i++)
        length += (s.data[i] & 0xC0) != 0x80;
    return length;
}
