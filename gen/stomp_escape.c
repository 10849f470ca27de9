
#line 1 "grammar/parsers/stomp_escape.rl"
// SPDX-License-Identifier: MIT
#include "wire/stomp_escape.h"


#line 5 "gen/stomp_escape.c"
static const int stomp_escape_start = 5;
static const int stomp_escape_error = 0;

static const int stomp_escape_en_read_strict_1_1 = 6;
static const int stomp_escape_en_read_strict_1_2 = 7;
static const int stomp_escape_en_read_lenient_1_1 = 8;
static const int stomp_escape_en_read_lenient_1_2 = 5;


#line 21 "grammar/parsers/stomp_escape.rl"


bool stomp_unescape(unsigned char *text, size_t *len, enum stomp_dialect dialect, bool lenient)
{
    static const int starts[STOMP_DIALECTS][2] = {
        [STOMP_1_1] = {stomp_escape_en_read_strict_1_1, stomp_escape_en_read_lenient_1_1},
        [STOMP_1_2] = {stomp_escape_en_read_strict_1_2, stomp_escape_en_read_lenient_1_2},
    };
    if (dialect == STOMP_1_0 || *len == 0)
        return true;
    const unsigned char *p = text, *pe = p + *len;
    int start = starts[dialect][lenient], cs = start;
    size_t out = 0;
    
#line 26 "gen/stomp_escape.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
tr0:
#line 13 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\\'; text[out++] = *p; }
	goto st5;
tr1:
#line 12 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\\'; }
	goto st5;
tr2:
#line 11 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = ':'; }
	goto st5;
tr3:
#line 9 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\n'; }
	goto st5;
tr4:
#line 10 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\r'; }
	goto st5;
tr17:
#line 8 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = *p; }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
#line 53 "gen/stomp_escape.c"
	if ( (*p) == 92u )
		goto st1;
	goto tr17;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	switch( (*p) ) {
		case 92u: goto tr1;
		case 99u: goto tr2;
		case 110u: goto tr3;
		case 114u: goto tr4;
	}
	goto tr0;
tr5:
#line 12 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\\'; }
	goto st6;
tr7:
#line 11 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = ':'; }
	goto st6;
tr8:
#line 9 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\n'; }
	goto st6;
tr19:
#line 8 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = *p; }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 83 "gen/stomp_escape.c"
	if ( (*p) == 92u )
		goto st2;
	goto tr19;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
	switch( (*p) ) {
		case 92u: goto tr5;
		case 99u: goto tr7;
		case 110u: goto tr8;
	}
	goto st0;
st0:
cs = 0;
	goto _out;
tr9:
#line 12 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\\'; }
	goto st7;
tr10:
#line 11 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = ':'; }
	goto st7;
tr11:
#line 9 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\n'; }
	goto st7;
tr12:
#line 10 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\r'; }
	goto st7;
tr21:
#line 8 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = *p; }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 118 "gen/stomp_escape.c"
	if ( (*p) == 92u )
		goto st3;
	goto tr21;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
	switch( (*p) ) {
		case 92u: goto tr9;
		case 99u: goto tr10;
		case 110u: goto tr11;
		case 114u: goto tr12;
	}
	goto st0;
tr13:
#line 13 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\\'; text[out++] = *p; }
	goto st8;
tr14:
#line 12 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\\'; }
	goto st8;
tr15:
#line 11 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = ':'; }
	goto st8;
tr16:
#line 9 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = '\n'; }
	goto st8;
tr23:
#line 8 "grammar/parsers/stomp_escape.rl"
	{ text[out++] = *p; }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 151 "gen/stomp_escape.c"
	if ( (*p) == 92u )
		goto st4;
	goto tr23;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
	switch( (*p) ) {
		case 92u: goto tr14;
		case 99u: goto tr15;
		case 110u: goto tr16;
	}
	goto tr13;
	}
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 35 "grammar/parsers/stomp_escape.rl"
    if (cs == start) { /* the one final state of each form */
        *len = out;
        return true;
    }
    if (!lenient) { /* p is behind the backslash, or at the end because that was the last octet */
        *len = (size_t)(p - text) - 1;
        return false;
    }
    text[out++] = '\\';
    *len = out;
    return true;
}
