
#line 1 "grammar/parsers/stomp_rule.rl"
// SPDX-License-Identifier: MIT
#include "wire/stomp_rule.h"


#line 5 "gen/stomp_rule.c"
static const int stomp_rule_start = 76;
static const int stomp_rule_first_final = 76;

static const int stomp_rule_en_main = 76;


#line 26 "grammar/parsers/stomp_rule.rl"


enum stomp_rule_line stomp_rule_parse(struct slice line, struct stomp_rule *rule)
{
    enum stomp_rule_who who = STOMP_RULE_NOBODY;
    struct slice pattern = SLICE_NONE;
    unsigned frames = 0;
    bool found = false;
    int cs;
    if (slice_is_empty(line))
        return STOMP_RULE_NONE;
    const unsigned char *p = line.data, *pe = p + line.len, *eof = pe, *begin = p;
    
#line 22 "gen/stomp_rule.c"
	{
	cs = stomp_rule_start;
	}

#line 39 "grammar/parsers/stomp_rule.rl"
    
#line 25 "gen/stomp_rule.c"
	{
	if ( p == pe )
		goto _test_eof;
	switch ( cs )
	{
st76:
	if ( ++p == pe )
		goto _test_eof76;
case 76:
	switch( (*p) ) {
		case 9u: goto st76;
		case 32u: goto st76;
		case 35u: goto st77;
		case 42u: goto st1;
		case 67u: goto st27;
		case 68u: goto st34;
		case 72u: goto st44;
		case 83u: goto st53;
		case 85u: goto st65;
	}
	goto st0;
st0:
cs = 0;
	goto _out;
tr93:
#line 20 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_ADMIN; found = true; }
	goto st77;
tr96:
#line 17 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_ANYONE; found = true; }
	goto st77;
tr98:
#line 19 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_MANAGER; found = true; }
	goto st77;
tr100:
#line 21 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_NOBODY; found = true; }
	goto st77;
tr102:
#line 18 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_USER; found = true; }
	goto st77;
st77:
	if ( ++p == pe )
		goto _test_eof77;
case 77:
#line 68 "gen/stomp_rule.c"
	goto st77;
st1:
	if ( ++p == pe )
		goto _test_eof1;
case 1:
	switch( (*p) ) {
		case 9u: goto tr0;
		case 32u: goto tr0;
	}
	goto st0;
tr0:
#line 14 "grammar/parsers/stomp_rule.rl"
	{ frames = (1u << STOMP_RULE_FRAMES) - 1; }
	goto st2;
tr40:
#line 8 "grammar/parsers/stomp_rule.rl"
	{ frames = 1u << STOMP_RULE_CONNECT; }
	goto st2;
tr50:
#line 12 "grammar/parsers/stomp_rule.rl"
	{ frames = 1u << STOMP_RULE_DISCONNECT; }
	goto st2;
tr59:
#line 13 "grammar/parsers/stomp_rule.rl"
	{ frames = 1u << STOMP_RULE_HEARTBEAT; }
	goto st2;
tr64:
#line 9 "grammar/parsers/stomp_rule.rl"
	{ frames = 1u << STOMP_RULE_SEND; }
	goto st2;
tr72:
#line 10 "grammar/parsers/stomp_rule.rl"
	{ frames = 1u << STOMP_RULE_SUBSCRIBE; }
	goto st2;
tr83:
#line 11 "grammar/parsers/stomp_rule.rl"
	{ frames = 1u << STOMP_RULE_UNSUBSCRIBE; }
	goto st2;
st2:
	if ( ++p == pe )
		goto _test_eof2;
case 2:
#line 103 "gen/stomp_rule.c"
	switch( (*p) ) {
		case 9u: goto st2;
		case 32u: goto st2;
		case 127u: goto st0;
	}
	if ( (*p) <= 31u )
		goto st0;
	goto tr3;
tr3:
#line 15 "grammar/parsers/stomp_rule.rl"
	{ begin = p; }
	goto st3;
st3:
	if ( ++p == pe )
		goto _test_eof3;
case 3:
#line 118 "gen/stomp_rule.c"
	switch( (*p) ) {
		case 9u: goto tr4;
		case 32u: goto tr4;
		case 127u: goto st0;
	}
	if ( (*p) <= 31u )
		goto st0;
	goto st3;
tr4:
#line 16 "grammar/parsers/stomp_rule.rl"
	{ pattern = slice_of(begin, (size_t)(p - begin)); }
	goto st4;
st4:
	if ( ++p == pe )
		goto _test_eof4;
case 4:
#line 133 "gen/stomp_rule.c"
	switch( (*p) ) {
		case 9u: goto st4;
		case 32u: goto st4;
		case 97u: goto st5;
		case 109u: goto st13;
		case 110u: goto st19;
		case 117u: goto st24;
	}
	goto st0;
st5:
	if ( ++p == pe )
		goto _test_eof5;
case 5:
	switch( (*p) ) {
		case 100u: goto st6;
		case 110u: goto st9;
	}
	goto st0;
st6:
	if ( ++p == pe )
		goto _test_eof6;
case 6:
	if ( (*p) == 109u )
		goto st7;
	goto st0;
st7:
	if ( ++p == pe )
		goto _test_eof7;
case 7:
	if ( (*p) == 105u )
		goto st8;
	goto st0;
st8:
	if ( ++p == pe )
		goto _test_eof8;
case 8:
	if ( (*p) == 110u )
		goto st78;
	goto st0;
st78:
	if ( ++p == pe )
		goto _test_eof78;
case 78:
	switch( (*p) ) {
		case 9u: goto tr92;
		case 32u: goto tr92;
		case 35u: goto tr93;
	}
	goto st0;
tr92:
#line 20 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_ADMIN; found = true; }
	goto st79;
tr95:
#line 17 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_ANYONE; found = true; }
	goto st79;
tr97:
#line 19 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_MANAGER; found = true; }
	goto st79;
tr99:
#line 21 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_NOBODY; found = true; }
	goto st79;
tr101:
#line 18 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_USER; found = true; }
	goto st79;
st79:
	if ( ++p == pe )
		goto _test_eof79;
case 79:
#line 201 "gen/stomp_rule.c"
	switch( (*p) ) {
		case 9u: goto st79;
		case 32u: goto st79;
		case 35u: goto st77;
	}
	goto st0;
st9:
	if ( ++p == pe )
		goto _test_eof9;
case 9:
	if ( (*p) == 121u )
		goto st10;
	goto st0;
st10:
	if ( ++p == pe )
		goto _test_eof10;
case 10:
	if ( (*p) == 111u )
		goto st11;
	goto st0;
st11:
	if ( ++p == pe )
		goto _test_eof11;
case 11:
	if ( (*p) == 110u )
		goto st12;
	goto st0;
st12:
	if ( ++p == pe )
		goto _test_eof12;
case 12:
	if ( (*p) == 101u )
		goto st80;
	goto st0;
st80:
	if ( ++p == pe )
		goto _test_eof80;
case 80:
	switch( (*p) ) {
		case 9u: goto tr95;
		case 32u: goto tr95;
		case 35u: goto tr96;
	}
	goto st0;
st13:
	if ( ++p == pe )
		goto _test_eof13;
case 13:
	if ( (*p) == 97u )
		goto st14;
	goto st0;
st14:
	if ( ++p == pe )
		goto _test_eof14;
case 14:
	if ( (*p) == 110u )
		goto st15;
	goto st0;
st15:
	if ( ++p == pe )
		goto _test_eof15;
case 15:
	if ( (*p) == 97u )
		goto st16;
	goto st0;
st16:
	if ( ++p == pe )
		goto _test_eof16;
case 16:
	if ( (*p) == 103u )
		goto st17;
	goto st0;
st17:
	if ( ++p == pe )
		goto _test_eof17;
case 17:
	if ( (*p) == 101u )
		goto st18;
	goto st0;
st18:
	if ( ++p == pe )
		goto _test_eof18;
case 18:
	if ( (*p) == 114u )
		goto st81;
	goto st0;
st81:
	if ( ++p == pe )
		goto _test_eof81;
case 81:
	switch( (*p) ) {
		case 9u: goto tr97;
		case 32u: goto tr97;
		case 35u: goto tr98;
	}
	goto st0;
st19:
	if ( ++p == pe )
		goto _test_eof19;
case 19:
	if ( (*p) == 111u )
		goto st20;
	goto st0;
st20:
	if ( ++p == pe )
		goto _test_eof20;
case 20:
	if ( (*p) == 98u )
		goto st21;
	goto st0;
st21:
	if ( ++p == pe )
		goto _test_eof21;
case 21:
	if ( (*p) == 111u )
		goto st22;
	goto st0;
st22:
	if ( ++p == pe )
		goto _test_eof22;
case 22:
	if ( (*p) == 100u )
		goto st23;
	goto st0;
st23:
	if ( ++p == pe )
		goto _test_eof23;
case 23:
	if ( (*p) == 121u )
		goto st82;
	goto st0;
st82:
	if ( ++p == pe )
		goto _test_eof82;
case 82:
	switch( (*p) ) {
		case 9u: goto tr99;
		case 32u: goto tr99;
		case 35u: goto tr100;
	}
	goto st0;
st24:
	if ( ++p == pe )
		goto _test_eof24;
case 24:
	if ( (*p) == 115u )
		goto st25;
	goto st0;
st25:
	if ( ++p == pe )
		goto _test_eof25;
case 25:
	if ( (*p) == 101u )
		goto st26;
	goto st0;
st26:
	if ( ++p == pe )
		goto _test_eof26;
case 26:
	if ( (*p) == 114u )
		goto st83;
	goto st0;
st83:
	if ( ++p == pe )
		goto _test_eof83;
case 83:
	switch( (*p) ) {
		case 9u: goto tr101;
		case 32u: goto tr101;
		case 35u: goto tr102;
	}
	goto st0;
st27:
	if ( ++p == pe )
		goto _test_eof27;
case 27:
	if ( (*p) == 79u )
		goto st28;
	goto st0;
st28:
	if ( ++p == pe )
		goto _test_eof28;
case 28:
	if ( (*p) == 78u )
		goto st29;
	goto st0;
st29:
	if ( ++p == pe )
		goto _test_eof29;
case 29:
	if ( (*p) == 78u )
		goto st30;
	goto st0;
st30:
	if ( ++p == pe )
		goto _test_eof30;
case 30:
	if ( (*p) == 69u )
		goto st31;
	goto st0;
st31:
	if ( ++p == pe )
		goto _test_eof31;
case 31:
	if ( (*p) == 67u )
		goto st32;
	goto st0;
st32:
	if ( ++p == pe )
		goto _test_eof32;
case 32:
	if ( (*p) == 84u )
		goto st33;
	goto st0;
st33:
	if ( ++p == pe )
		goto _test_eof33;
case 33:
	switch( (*p) ) {
		case 9u: goto tr40;
		case 32u: goto tr40;
	}
	goto st0;
st34:
	if ( ++p == pe )
		goto _test_eof34;
case 34:
	if ( (*p) == 73u )
		goto st35;
	goto st0;
st35:
	if ( ++p == pe )
		goto _test_eof35;
case 35:
	if ( (*p) == 83u )
		goto st36;
	goto st0;
st36:
	if ( ++p == pe )
		goto _test_eof36;
case 36:
	if ( (*p) == 67u )
		goto st37;
	goto st0;
st37:
	if ( ++p == pe )
		goto _test_eof37;
case 37:
	if ( (*p) == 79u )
		goto st38;
	goto st0;
st38:
	if ( ++p == pe )
		goto _test_eof38;
case 38:
	if ( (*p) == 78u )
		goto st39;
	goto st0;
st39:
	if ( ++p == pe )
		goto _test_eof39;
case 39:
	if ( (*p) == 78u )
		goto st40;
	goto st0;
st40:
	if ( ++p == pe )
		goto _test_eof40;
case 40:
	if ( (*p) == 69u )
		goto st41;
	goto st0;
st41:
	if ( ++p == pe )
		goto _test_eof41;
case 41:
	if ( (*p) == 67u )
		goto st42;
	goto st0;
st42:
	if ( ++p == pe )
		goto _test_eof42;
case 42:
	if ( (*p) == 84u )
		goto st43;
	goto st0;
st43:
	if ( ++p == pe )
		goto _test_eof43;
case 43:
	switch( (*p) ) {
		case 9u: goto tr50;
		case 32u: goto tr50;
	}
	goto st0;
st44:
	if ( ++p == pe )
		goto _test_eof44;
case 44:
	if ( (*p) == 69u )
		goto st45;
	goto st0;
st45:
	if ( ++p == pe )
		goto _test_eof45;
case 45:
	if ( (*p) == 65u )
		goto st46;
	goto st0;
st46:
	if ( ++p == pe )
		goto _test_eof46;
case 46:
	if ( (*p) == 82u )
		goto st47;
	goto st0;
st47:
	if ( ++p == pe )
		goto _test_eof47;
case 47:
	if ( (*p) == 84u )
		goto st48;
	goto st0;
st48:
	if ( ++p == pe )
		goto _test_eof48;
case 48:
	if ( (*p) == 66u )
		goto st49;
	goto st0;
st49:
	if ( ++p == pe )
		goto _test_eof49;
case 49:
	if ( (*p) == 69u )
		goto st50;
	goto st0;
st50:
	if ( ++p == pe )
		goto _test_eof50;
case 50:
	if ( (*p) == 65u )
		goto st51;
	goto st0;
st51:
	if ( ++p == pe )
		goto _test_eof51;
case 51:
	if ( (*p) == 84u )
		goto st52;
	goto st0;
st52:
	if ( ++p == pe )
		goto _test_eof52;
case 52:
	switch( (*p) ) {
		case 9u: goto tr59;
		case 32u: goto tr59;
	}
	goto st0;
st53:
	if ( ++p == pe )
		goto _test_eof53;
case 53:
	switch( (*p) ) {
		case 69u: goto st54;
		case 85u: goto st57;
	}
	goto st0;
st54:
	if ( ++p == pe )
		goto _test_eof54;
case 54:
	if ( (*p) == 78u )
		goto st55;
	goto st0;
st55:
	if ( ++p == pe )
		goto _test_eof55;
case 55:
	if ( (*p) == 68u )
		goto st56;
	goto st0;
st56:
	if ( ++p == pe )
		goto _test_eof56;
case 56:
	switch( (*p) ) {
		case 9u: goto tr64;
		case 32u: goto tr64;
	}
	goto st0;
st57:
	if ( ++p == pe )
		goto _test_eof57;
case 57:
	if ( (*p) == 66u )
		goto st58;
	goto st0;
st58:
	if ( ++p == pe )
		goto _test_eof58;
case 58:
	if ( (*p) == 83u )
		goto st59;
	goto st0;
st59:
	if ( ++p == pe )
		goto _test_eof59;
case 59:
	if ( (*p) == 67u )
		goto st60;
	goto st0;
st60:
	if ( ++p == pe )
		goto _test_eof60;
case 60:
	if ( (*p) == 82u )
		goto st61;
	goto st0;
st61:
	if ( ++p == pe )
		goto _test_eof61;
case 61:
	if ( (*p) == 73u )
		goto st62;
	goto st0;
st62:
	if ( ++p == pe )
		goto _test_eof62;
case 62:
	if ( (*p) == 66u )
		goto st63;
	goto st0;
st63:
	if ( ++p == pe )
		goto _test_eof63;
case 63:
	if ( (*p) == 69u )
		goto st64;
	goto st0;
st64:
	if ( ++p == pe )
		goto _test_eof64;
case 64:
	switch( (*p) ) {
		case 9u: goto tr72;
		case 32u: goto tr72;
	}
	goto st0;
st65:
	if ( ++p == pe )
		goto _test_eof65;
case 65:
	if ( (*p) == 78u )
		goto st66;
	goto st0;
st66:
	if ( ++p == pe )
		goto _test_eof66;
case 66:
	if ( (*p) == 83u )
		goto st67;
	goto st0;
st67:
	if ( ++p == pe )
		goto _test_eof67;
case 67:
	if ( (*p) == 85u )
		goto st68;
	goto st0;
st68:
	if ( ++p == pe )
		goto _test_eof68;
case 68:
	if ( (*p) == 66u )
		goto st69;
	goto st0;
st69:
	if ( ++p == pe )
		goto _test_eof69;
case 69:
	if ( (*p) == 83u )
		goto st70;
	goto st0;
st70:
	if ( ++p == pe )
		goto _test_eof70;
case 70:
	if ( (*p) == 67u )
		goto st71;
	goto st0;
st71:
	if ( ++p == pe )
		goto _test_eof71;
case 71:
	if ( (*p) == 82u )
		goto st72;
	goto st0;
st72:
	if ( ++p == pe )
		goto _test_eof72;
case 72:
	if ( (*p) == 73u )
		goto st73;
	goto st0;
st73:
	if ( ++p == pe )
		goto _test_eof73;
case 73:
	if ( (*p) == 66u )
		goto st74;
	goto st0;
st74:
	if ( ++p == pe )
		goto _test_eof74;
case 74:
	if ( (*p) == 69u )
		goto st75;
	goto st0;
st75:
	if ( ++p == pe )
		goto _test_eof75;
case 75:
	switch( (*p) ) {
		case 9u: goto tr83;
		case 32u: goto tr83;
	}
	goto st0;
	}
	_test_eof76: cs = 76; goto _test_eof; 
	_test_eof77: cs = 77; goto _test_eof; 
	_test_eof1: cs = 1; goto _test_eof; 
	_test_eof2: cs = 2; goto _test_eof; 
	_test_eof3: cs = 3; goto _test_eof; 
	_test_eof4: cs = 4; goto _test_eof; 
	_test_eof5: cs = 5; goto _test_eof; 
	_test_eof6: cs = 6; goto _test_eof; 
	_test_eof7: cs = 7; goto _test_eof; 
	_test_eof8: cs = 8; goto _test_eof; 
	_test_eof78: cs = 78; goto _test_eof; 
	_test_eof79: cs = 79; goto _test_eof; 
	_test_eof9: cs = 9; goto _test_eof; 
	_test_eof10: cs = 10; goto _test_eof; 
	_test_eof11: cs = 11; goto _test_eof; 
	_test_eof12: cs = 12; goto _test_eof; 
	_test_eof80: cs = 80; goto _test_eof; 
	_test_eof13: cs = 13; goto _test_eof; 
	_test_eof14: cs = 14; goto _test_eof; 
	_test_eof15: cs = 15; goto _test_eof; 
	_test_eof16: cs = 16; goto _test_eof; 
	_test_eof17: cs = 17; goto _test_eof; 
	_test_eof18: cs = 18; goto _test_eof; 
	_test_eof81: cs = 81; goto _test_eof; 
	_test_eof19: cs = 19; goto _test_eof; 
	_test_eof20: cs = 20; goto _test_eof; 
	_test_eof21: cs = 21; goto _test_eof; 
	_test_eof22: cs = 22; goto _test_eof; 
	_test_eof23: cs = 23; goto _test_eof; 
	_test_eof82: cs = 82; goto _test_eof; 
	_test_eof24: cs = 24; goto _test_eof; 
	_test_eof25: cs = 25; goto _test_eof; 
	_test_eof26: cs = 26; goto _test_eof; 
	_test_eof83: cs = 83; goto _test_eof; 
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
	_test_eof38: cs = 38; goto _test_eof; 
	_test_eof39: cs = 39; goto _test_eof; 
	_test_eof40: cs = 40; goto _test_eof; 
	_test_eof41: cs = 41; goto _test_eof; 
	_test_eof42: cs = 42; goto _test_eof; 
	_test_eof43: cs = 43; goto _test_eof; 
	_test_eof44: cs = 44; goto _test_eof; 
	_test_eof45: cs = 45; goto _test_eof; 
	_test_eof46: cs = 46; goto _test_eof; 
	_test_eof47: cs = 47; goto _test_eof; 
	_test_eof48: cs = 48; goto _test_eof; 
	_test_eof49: cs = 49; goto _test_eof; 
	_test_eof50: cs = 50; goto _test_eof; 
	_test_eof51: cs = 51; goto _test_eof; 
	_test_eof52: cs = 52; goto _test_eof; 
	_test_eof53: cs = 53; goto _test_eof; 
	_test_eof54: cs = 54; goto _test_eof; 
	_test_eof55: cs = 55; goto _test_eof; 
	_test_eof56: cs = 56; goto _test_eof; 
	_test_eof57: cs = 57; goto _test_eof; 
	_test_eof58: cs = 58; goto _test_eof; 
	_test_eof59: cs = 59; goto _test_eof; 
	_test_eof60: cs = 60; goto _test_eof; 
	_test_eof61: cs = 61; goto _test_eof; 
	_test_eof62: cs = 62; goto _test_eof; 
	_test_eof63: cs = 63; goto _test_eof; 
	_test_eof64: cs = 64; goto _test_eof; 
	_test_eof65: cs = 65; goto _test_eof; 
	_test_eof66: cs = 66; goto _test_eof; 
	_test_eof67: cs = 67; goto _test_eof; 
	_test_eof68: cs = 68; goto _test_eof; 
	_test_eof69: cs = 69; goto _test_eof; 
	_test_eof70: cs = 70; goto _test_eof; 
	_test_eof71: cs = 71; goto _test_eof; 
	_test_eof72: cs = 72; goto _test_eof; 
	_test_eof73: cs = 73; goto _test_eof; 
	_test_eof74: cs = 74; goto _test_eof; 
	_test_eof75: cs = 75; goto _test_eof; 

	_test_eof: {}
	if ( p == eof )
	{
	switch ( cs ) {
	case 80: 
#line 17 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_ANYONE; found = true; }
	break;
	case 83: 
#line 18 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_USER; found = true; }
	break;
	case 81: 
#line 19 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_MANAGER; found = true; }
	break;
	case 78: 
#line 20 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_ADMIN; found = true; }
	break;
	case 82: 
#line 21 "grammar/parsers/stomp_rule.rl"
	{ who = STOMP_RULE_NOBODY; found = true; }
	break;
#line 834 "gen/stomp_rule.c"
	}
	}

	_out: {}
	}

#line 40 "grammar/parsers/stomp_rule.rl"
    if (cs < stomp_rule_first_final)
        return STOMP_RULE_WRONG;
    if (!found)
        return STOMP_RULE_NONE;
    *rule = (struct stomp_rule){.frames = frames, .pattern = pattern, .who = who};
    return STOMP_RULE_LINE;
}
