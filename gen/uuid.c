
#line 1 "grammar/parsers/uuid.rl"
// SPDX-License-Identifier: MIT
#include "base/uuid.h"


#line 5 "gen/uuid.c"
static const int uuid_start = 1;
static const int uuid_first_final = 37;

static const int uuid_en_main = 1;


#line 18 "grammar/parsers/uuid.rl"


bool uuid_parse(struct slice s, struct uuid *u)
{
    unsigned char octets[16];
    size_t at = 0;
    int cs;
    if (s.len != UUID_TEXT)
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    memset(octets, 0, sizeof octets);
    
#line 21 "gen/uuid.c"
	{
	cs = uuid_start;
	}

#line 30 "grammar/parsers/uuid.rl"
    
#line 24 "gen/uuid.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
case 1:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr0;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr0;
	} else
		goto tr0;
	goto st0;
st0:
cs = 0;
	goto _out;
tr0:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 53 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr2;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr2;
	} else
		goto tr2;
	goto st0;
tr2:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
#line 73 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr3;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr3;
	} else
		goto tr3;
	goto st0;
tr3:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 93 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr4;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr4;
	} else
		goto tr4;
	goto st0;
tr4:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st5;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
#line 113 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr5;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr5;
	} else
		goto tr5;
	goto st0;
tr5:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st6;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
#line 133 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr6;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr6;
	} else
		goto tr6;
	goto st0;
tr6:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st7;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
#line 153 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr7;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr7;
	} else
		goto tr7;
	goto st0;
tr7:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st8;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
#line 173 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr8;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr8;
	} else
		goto tr8;
	goto st0;
tr8:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st9;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
#line 193 "gen/uuid.c"
	if ( (*p) == 45u )
		goto st10;
	goto st0;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr10;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr10;
	} else
		goto tr10;
	goto st0;
tr10:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st11;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
#line 220 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr11;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr11;
	} else
		goto tr11;
	goto st0;
tr11:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st12;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
#line 240 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr12;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr12;
	} else
		goto tr12;
	goto st0;
tr12:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st13;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
#line 260 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr13;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr13;
	} else
		goto tr13;
	goto st0;
tr13:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st14;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
#line 280 "gen/uuid.c"
	if ( (*p) == 45u )
		goto st15;
	goto st0;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr15;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr15;
	} else
		goto tr15;
	goto st0;
tr15:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st16;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
#line 307 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr16;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr16;
	} else
		goto tr16;
	goto st0;
tr16:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st17;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
#line 327 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr17;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr17;
	} else
		goto tr17;
	goto st0;
tr17:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st18;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
#line 347 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr18;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr18;
	} else
		goto tr18;
	goto st0;
tr18:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st19;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
#line 367 "gen/uuid.c"
	if ( (*p) == 45u )
		goto st20;
	goto st0;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr20;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr20;
	} else
		goto tr20;
	goto st0;
tr20:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st21;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
#line 394 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr21;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr21;
	} else
		goto tr21;
	goto st0;
tr21:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st22;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
#line 414 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr22;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr22;
	} else
		goto tr22;
	goto st0;
tr22:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st23;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
#line 434 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr23;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr23;
	} else
		goto tr23;
	goto st0;
tr23:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st24;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
#line 454 "gen/uuid.c"
	if ( (*p) == 45u )
		goto st25;
	goto st0;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr25;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr25;
	} else
		goto tr25;
	goto st0;
tr25:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st26;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
#line 481 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr26;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr26;
	} else
		goto tr26;
	goto st0;
tr26:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st27;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
#line 501 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr27;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr27;
	} else
		goto tr27;
	goto st0;
tr27:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st28;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
#line 521 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr28;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr28;
	} else
		goto tr28;
	goto st0;
tr28:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st29;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
#line 541 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr29;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr29;
	} else
		goto tr29;
	goto st0;
tr29:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st30;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
#line 561 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr30;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr30;
	} else
		goto tr30;
	goto st0;
tr30:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st31;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
#line 581 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr31;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr31;
	} else
		goto tr31;
	goto st0;
tr31:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st32;
st32:
	if ( ++p == pe )
		goto _test_eof32;
case 32:
#line 601 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr32;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr32;
	} else
		goto tr32;
	goto st0;
tr32:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st33;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
#line 621 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr33;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr33;
	} else
		goto tr33;
	goto st0;
tr33:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st34;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
#line 641 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr34;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr34;
	} else
		goto tr34;
	goto st0;
tr34:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st35;
st35:
	if ( ++p == pe )
		goto _test_eof35;
case 35:
#line 661 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr35;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr35;
	} else
		goto tr35;
	goto st0;
tr35:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st36;
st36:
	if ( ++p == pe )
		goto _test_eof36;
case 36:
#line 681 "gen/uuid.c"
	if ( (*p) < 65u ) {
		if ( 48u <= (*p) && (*p) <= 57u )
			goto tr36;
	} else if ( (*p) > 70u ) {
		if ( 97u <= (*p) && (*p) <= 102u )
			goto tr36;
	} else
		goto tr36;
	goto st0;
tr36:
#line 9 "grammar/parsers/uuid.rl"
	{
        unsigned digit = (*p & 0xFu) + 9 * (*p >> 6);
        octets[at / 2] = (unsigned char)((unsigned)octets[at / 2] << 4 | digit);
        at++;
    }
	goto st37;
st37:
	if ( ++p == pe )
		goto _test_eof37;
case 37:
#line 701 "gen/uuid.c"
	goto st0;
	}
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof13: cs = 13; goto _test_eof; 
	_test_eof14: cs = 14; goto _test_eof; 
	_test_eof15: cs = 15; goto _test_eof; 
	_test_eof16: cs = 16; goto _test_eof; 
	_test_eof17: cs = 17; goto _test_eof; 
	_test_eof18: cs = 18; goto _test_eof; 
	_test_eof19: cs = 19; goto _test_eof; 
	_test_eof20: cs = 20; goto _test_eof; 
	_test_eof21: cs = 21; goto _test_eof; 
	_test_eof22: cs = 22; goto _test_eof; 
	_test_eof23: cs = 23; goto _test_eof; 
	_test_eof24: cs = 24; goto _test_eof; 
	_test_eof25: cs = 25; goto _test_eof; 
	_test_eof26: cs = 26; goto _test_eof; 
	_test_eof27: cs = 27; goto _test_eof; 
	_test_eof28: cs = 28; goto _test_eof; 
	_test_eof29: cs = 29; goto _test_eof; 
	_test_eof30: cs = 30; goto _test_eof; 
	_test_eof31: cs = 31; goto _test_eof; 
	_test_eof32: cs = 32; goto _test_eof; 
	_test_eof33: cs = 33; goto _test_eof; 
	_test_eof34: cs = 34; goto _test_eof; 
	_test_eof35: cs = 35; goto _test_eof; 
	_test_eof36: cs = 36; goto _test_eof; 
	_test_eof37: cs = 37; goto _test_eof; 

	_test_eof: {}
	_out: {}
	}

#line 31 "grammar/parsers/uuid.rl"
    if (cs < uuid_first_final)
        return false;
    memcpy(u->octets, octets, sizeof octets);
    return true;
}

void uuid_format(const struct uuid *u, char out[UUID_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof u->octets; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = '-';
        *out++ = digits[u->octets[i] >> 4];
        *out++ = digits[u->octets[i] & 0xF];
    }
}

void uuid_make(struct uuid *u, const unsigned char random[16])
{
    memcpy(u->octets, random, sizeof u->octets);
    u->octets[6] = (unsigned char)((u->octets[6] & 0x0F) | 0x40); /* version 4 */
    u->octets[8] = (unsigned char)((u->octets[8] & 0x3F) | 0x80); /* variant of RFC 9562 */
}
