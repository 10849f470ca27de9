
#line 1 "grammar/parsers/ws_frame.rl"
// SPDX-License-Identifier: MIT
#include "wire/ws_frame.h"


#line 5 "gen/ws_frame.c"
static const int ws_frame_start = 1;
static const int ws_frame_first_final = 23;

static const int ws_frame_en_main = 1;


#line 26 "grammar/parsers/ws_frame.rl"


void ws_frame_init(struct ws_frame *f)
{
    *f = (struct ws_frame){.reason = NULL};
    f->state = (unsigned char)ws_frame_start; /* what `write init` says, in our type */
}

enum ws_result ws_frame_feed(struct ws_frame *f, struct slice in, size_t *used)
{
    *used = 0;
    if (f->error != ERR_NONE)
        return WS_FAILED;
    if (f->state >= ws_frame_first_final)
        ws_frame_init(f);
    if (slice_is_empty(in))
        return WS_MORE;
    const unsigned char *p = in.data, *pe = p + in.len;
    
#line 28 "gen/ws_frame.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( ( f->state) )
	{
case 1:
	if ( (*p) < 11u ) {
		if ( (*p) < 3u ) {
			if ( (*p) <= 2u )
				goto tr0;
		} else if ( (*p) > 7u ) {
			if ( 8u <= (*p) && (*p) <= 10u )
				goto tr2;
		} else
			goto tr1;
	} else if ( (*p) > 15u ) {
		if ( (*p) < 131u ) {
			if ( 128u <= (*p) && (*p) <= 130u )
				goto tr0;
		} else if ( (*p) > 135u ) {
			if ( (*p) > 138u ) {
				if ( 139u <= (*p) && (*p) <= 143u )
					goto tr1;
			} else if ( (*p) >= 136u )
				goto tr4;
		} else
			goto tr1;
	} else
		goto tr1;
	goto tr3;
tr0:
#line 9 "grammar/parsers/ws_frame.rl"
	{ f->opcode = (enum ws_opcode)(*p & 0x0F); f->fin = *p >= 0x80; }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 65 "gen/ws_frame.c"
	switch( (*p) ) {
		case 254u: goto st7;
		case 255u: goto st10;
	}
	if ( 128u <= (*p) && (*p) <= 253u )
		goto tr6;
	goto tr5;
tr5:
#line 18 "grammar/parsers/ws_frame.rl"
	{ f->reason = "frame without mask"; {p++; ( f->state) = 3; goto _out;} }
	goto st3;
tr6:
#line 10 "grammar/parsers/ws_frame.rl"
	{ f->len = *p & 0x7F; }
	goto st3;
tr16:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st3;
tr15:
#line 20 "grammar/parsers/ws_frame.rl"
	{ f->reason = "length not in its shortest form"; {p++; ( f->state) = 3; goto _out;} }
	goto st3;
tr19:
#line 21 "grammar/parsers/ws_frame.rl"
	{ f->reason = "length over 63 bits"; {p++; ( f->state) = 3; goto _out;} }
	goto st3;
tr29:
#line 19 "grammar/parsers/ws_frame.rl"
	{ f->reason = "control frame over 125 octets"; {p++; ( f->state) = 3; goto _out;} }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
#line 94 "gen/ws_frame.c"
	goto tr9;
tr9:
#line 12 "grammar/parsers/ws_frame.rl"
	{ memmove(f->key, f->key + 1, 3); f->key[3] = *p; }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 102 "gen/ws_frame.c"
	goto tr10;
tr10:
#line 12 "grammar/parsers/ws_frame.rl"
	{ memmove(f->key, f->key + 1, 3); f->key[3] = *p; }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
#line 110 "gen/ws_frame.c"
	goto tr11;
tr11:
#line 12 "grammar/parsers/ws_frame.rl"
	{ memmove(f->key, f->key + 1, 3); f->key[3] = *p; }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 118 "gen/ws_frame.c"
	goto tr12;
tr1:
#line 16 "grammar/parsers/ws_frame.rl"
	{ f->reason = "unknown opcode"; {p++; ( f->state) = 23; goto _out;} }
	goto st23;
tr2:
#line 17 "grammar/parsers/ws_frame.rl"
	{ f->reason = "fragmented control frame"; {p++; ( f->state) = 23; goto _out;} }
	goto st23;
tr3:
#line 15 "grammar/parsers/ws_frame.rl"
	{ f->reason = "reserved bit set"; {p++; ( f->state) = 23; goto _out;} }
	goto st23;
tr12:
#line 12 "grammar/parsers/ws_frame.rl"
	{ memmove(f->key, f->key + 1, 3); f->key[3] = *p; }
#line 13 "grammar/parsers/ws_frame.rl"
	{ {p++; ( f->state) = 23; goto _out;} }
	goto st23;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
#line 136 "gen/ws_frame.c"
	goto st0;
st0:
( f->state) = 0;
	goto _out;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	if ( (*p) == 0u )
		goto tr13;
	goto tr14;
tr13:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 154 "gen/ws_frame.c"
	if ( (*p) <= 125u )
		goto tr15;
	goto tr16;
tr14:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
#line 164 "gen/ws_frame.c"
	goto tr16;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( (*p) == 0u )
		goto tr17;
	if ( 1u <= (*p) && (*p) <= 127u )
		goto tr18;
	goto tr19;
tr17:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st11;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
#line 181 "gen/ws_frame.c"
	if ( (*p) == 0u )
		goto tr20;
	goto tr21;
tr20:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st12;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
#line 191 "gen/ws_frame.c"
	if ( (*p) == 0u )
		goto tr22;
	goto tr23;
tr22:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st13;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
#line 201 "gen/ws_frame.c"
	if ( (*p) == 0u )
		goto tr24;
	goto tr25;
tr24:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st14;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
#line 211 "gen/ws_frame.c"
	if ( (*p) == 0u )
		goto tr26;
	goto tr27;
tr26:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st15;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
#line 221 "gen/ws_frame.c"
	if ( (*p) == 0u )
		goto tr15;
	goto tr28;
tr28:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st16;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
#line 231 "gen/ws_frame.c"
	goto tr14;
tr27:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st17;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
#line 239 "gen/ws_frame.c"
	goto tr28;
tr25:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st18;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
#line 247 "gen/ws_frame.c"
	goto tr27;
tr23:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st19;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
#line 255 "gen/ws_frame.c"
	goto tr25;
tr21:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st20;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
#line 263 "gen/ws_frame.c"
	goto tr23;
tr18:
#line 11 "grammar/parsers/ws_frame.rl"
	{ f->len = f->len << 8 | *p; }
	goto st21;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
#line 271 "gen/ws_frame.c"
	goto tr21;
tr4:
#line 9 "grammar/parsers/ws_frame.rl"
	{ f->opcode = (enum ws_opcode)(*p & 0x0F); f->fin = *p >= 0x80; }
	goto st22;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
#line 279 "gen/ws_frame.c"
	if ( (*p) > 253u ) {
		if ( 254u <= (*p) )
			goto tr29;
	} else if ( (*p) >= 128u )
		goto tr6;
	goto tr5;
	}
	_test_eof2: ( f->state) = 2; goto _test_eof; 
	_test_eof3: ( f->state) = 3; goto _test_eof; 
	_test_eof4: ( f->state) = 4; goto _test_eof; 
	_test_eof5: ( f->state) = 5; goto _test_eof; 
	_test_eof6: ( f->state) = 6; goto _test_eof; 
	_test_eof23: ( f->state) = 23; goto _test_eof; 
	_test_eof7: ( f->state) = 7; goto _test_eof; 
	_test_eof8: ( f->state) = 8; goto _test_eof; 
	_test_eof9: ( f->state) = 9; goto _test_eof; 
	_test_eof10: ( f->state) = 10; goto _test_eof; 
	_test_eof11: ( f->state) = 11; goto _test_eof; 
	_test_eof12: ( f->state) = 12; goto _test_eof; 
	_test_eof13: ( f->state) = 13; goto _test_eof; 
	_test_eof14: ( f->state) = 14; goto _test_eof; 
	_test_eof15: ( f->state) = 15; goto _test_eof; 
	_test_eof16: ( f->state) = 16; goto _test_eof; 
	_test_eof17: ( f->state) = 17; goto _test_eof; 
	_test_eof18: ( f->state) = 18; goto _test_eof; 
	_test_eof19: ( f->state) = 19; goto _test_eof; 
	_test_eof20: ( f->state) = 20; goto _test_eof; 
	_test_eof21: ( f->state) = 21; goto _test_eof; 
	_test_eof22: ( f->state) = 22; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 45 "grammar/parsers/ws_frame.rl"
    *used = (size_t)(p - in.data);
    f->offset = (unsigned char)(f->offset + *used);
    if (f->reason != NULL) {
        f->offset--;
        f->error = ERR_WS_PROTOCOL;
        return WS_FAILED;
    }
    return f->state >= ws_frame_first_final ? WS_HEAD : WS_MORE;
}
