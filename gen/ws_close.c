
#line 1 "grammar/parsers/ws_close.rl"
// SPDX-License-Identifier: MIT
#include "wire/ws_close.h"

#include "base/utf8.h"


#line 7 "gen/ws_close.c"
static const int ws_close_start = 1;
static const int ws_close_first_final = 6;

static const int ws_close_en_main = 1;


#line 16 "grammar/parsers/ws_close.rl"


enum error ws_close_parse(struct slice payload, struct ws_close *close)
{
    uint16_t code = 0;
    int cs;
    *close = (struct ws_close){.code = WS_CLOSE_NONE};
    if (slice_is_empty(payload))
        return ERR_NONE;
    const unsigned char *p = payload.data, *pe = p + payload.len;
    
#line 22 "gen/ws_close.c"
	{
	cs = ws_close_start;
	}

#line 27 "grammar/parsers/ws_close.rl"
    
#line 25 "gen/ws_close.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	switch( (*p) ) {
		case 3u: goto tr0;
		case 11u: goto tr2;
		case 19u: goto tr4;
	}
	if ( 12u <= (*p) && (*p) <= 18u )
		goto tr3;
	goto st0;
st0:
cs = 0;
	goto _out;
tr0:
#line 10 "grammar/parsers/ws_close.rl"
	{ code = (uint16_t)(code << 8 | *p); }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 49 "gen/ws_close.c"
	if ( (*p) > 235u ) {
		if ( 239u <= (*p) && (*p) <= 246u )
			goto tr5;
	} else if ( (*p) >= 232u )
		goto tr5;
	goto st0;
tr5:
#line 10 "grammar/parsers/ws_close.rl"
	{ code = (uint16_t)(code << 8 | *p); }
#line 11 "grammar/parsers/ws_close.rl"
	{ {p++; cs = 6; goto _out;} }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 63 "gen/ws_close.c"
	goto st0;
tr2:
#line 10 "grammar/parsers/ws_close.rl"
	{ code = (uint16_t)(code << 8 | *p); }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
#line 71 "gen/ws_close.c"
	if ( 184u <= (*p) )
		goto tr5;
	goto st0;
tr3:
#line 10 "grammar/parsers/ws_close.rl"
	{ code = (uint16_t)(code << 8 | *p); }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 81 "gen/ws_close.c"
	goto tr5;
tr4:
#line 10 "grammar/parsers/ws_close.rl"
	{ code = (uint16_t)(code << 8 | *p); }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
#line 89 "gen/ws_close.c"
	if ( 136u <= (*p) )
		goto st0;
	goto tr5;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 28 "grammar/parsers/ws_close.rl"
    if (cs < ws_close_first_final)
        return ERR_WS_PROTOCOL;
    struct slice reason = slice_after(payload, (size_t)(p - payload.data));
    if (!utf8_valid(reason))
        return ERR_WS_TEXT;
    *close = (struct ws_close){.code = code, .reason = reason};
    return ERR_NONE;
}

size_t ws_close_write(unsigned char out[WS_CONTROL_MAX], uint16_t code, struct slice reason)
{
    size_t len = reason.len;
    if (len > WS_CONTROL_MAX - 2) {
        len = WS_CONTROL_MAX - 2;
        while (len > 0 && (reason.data[len] & 0xC0) == 0x80)
            len--;
    }
    out[0] = (unsigned char)(code >> 8);
    out[1] = (unsigned char)code;
    if (len > 0)
        memcpy(out + 2, reason.data, len);
    return len + 2;
}
