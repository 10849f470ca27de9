
#line 1 "grammar/parsers/heart_beat.rl"
// SPDX-License-Identifier: MIT
#include "wire/heart_beat.h"


#line 5 "gen/heart_beat.c"
static const int heart_beat_start = 1;
static const int heart_beat_first_final = 12;

static const int heart_beat_en_main = 1;


#line 14 "grammar/parsers/heart_beat.rl"


bool heart_beat_parse(struct slice value, uint32_t *cx, uint32_t *cy)
{
    uint32_t n[2] = {0, 0};
    int at = 0, cs;
    if (slice_is_empty(value))
        return false;
    const unsigned char *p = value.data, *pe = p + value.len;
    
#line 19 "gen/heart_beat.c"
	{
	cs = heart_beat_start;
	}

#line 24 "grammar/parsers/heart_beat.rl"
    
#line 22 "gen/heart_beat.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr0;
	goto st0;
st0:
cs = 0;
	goto _out;
tr0:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 41 "gen/heart_beat.c"
	if ( (*p) == 44u )
		goto tr2;
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr3;
	goto st0;
tr2:
#line 9 "grammar/parsers/heart_beat.rl"
	{ at = 1; }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
#line 53 "gen/heart_beat.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr4;
	goto st0;
tr4:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st12;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
#line 63 "gen/heart_beat.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr12;
	goto st0;
tr12:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st13;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
#line 73 "gen/heart_beat.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr13;
	goto st0;
tr13:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st14;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
#line 83 "gen/heart_beat.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr14;
	goto st0;
tr14:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st15;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
#line 93 "gen/heart_beat.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr15;
	goto st0;
tr15:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st16;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
#line 103 "gen/heart_beat.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr16;
	goto st0;
tr16:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st17;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
#line 113 "gen/heart_beat.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr17;
	goto st0;
tr17:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st18;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
#line 123 "gen/heart_beat.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr18;
	goto st0;
tr18:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st19;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
#line 133 "gen/heart_beat.c"
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr19;
	goto st0;
tr19:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st20;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
#line 143 "gen/heart_beat.c"
	goto st0;
tr3:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 151 "gen/heart_beat.c"
	if ( (*p) == 44u )
		goto tr2;
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr5;
	goto st0;
tr5:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
#line 163 "gen/heart_beat.c"
	if ( (*p) == 44u )
		goto tr2;
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr6;
	goto st0;
tr6:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 175 "gen/heart_beat.c"
	if ( (*p) == 44u )
		goto tr2;
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr7;
	goto st0;
tr7:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 187 "gen/heart_beat.c"
	if ( (*p) == 44u )
		goto tr2;
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr8;
	goto st0;
tr8:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 199 "gen/heart_beat.c"
	if ( (*p) == 44u )
		goto tr2;
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr9;
	goto st0;
tr9:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
#line 211 "gen/heart_beat.c"
	if ( (*p) == 44u )
		goto tr2;
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr10;
	goto st0;
tr10:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st10;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
#line 223 "gen/heart_beat.c"
	if ( (*p) == 44u )
		goto tr2;
	if ( 48u <= (*p) && (*p) <= 57u )
		goto tr11;
	goto st0;
tr11:
#line 8 "grammar/parsers/heart_beat.rl"
	{ n[at] = n[at] * 10 + (*p - '0'); }
	goto st11;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
#line 235 "gen/heart_beat.c"
	if ( (*p) == 44u )
		goto tr2;
	goto st0;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof13: cs = 13; goto _test_eof; 
	_test_eof14: cs = 14; goto _test_eof; 
	_test_eof15: cs = 15; goto _test_eof; 
	_test_eof16: cs = 16; goto _test_eof; 
	_test_eof17: cs = 17; goto _test_eof; 
	_test_eof18: cs = 18; goto _test_eof; 
	_test_eof19: cs = 19; goto _test_eof; 
	_test_eof20: cs = 20; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 25 "grammar/parsers/heart_beat.rl"
    if (cs < heart_beat_first_final)
        return false;
    *cx = n[0];
    *cy = n[1];
    return true;
}
