
#line 1 "grammar/machines/stomp_life.rl"
// SPDX-License-Identifier: MIT
// The life of a STOMP session (STOMP 1.2, "Connecting"; protocols.md SL-7 to SL-11, ST-27).
#include "engine/stomp_life.h"


#line 69 "grammar/machines/stomp_life.rl"



#line 8 "gen/stomp_life.c"
static const int _stomp_life_trans_keys[] = {
	0, 0, 1, 13, 8, 13, 1, 13, 1, 13, 1, 13, 0
};

static const char _stomp_life_key_spans[] = {
	0, 13, 6, 13, 13, 13
};

static const char _stomp_life_index_offsets[] = {
	0, 0, 14, 21, 35, 49
};

static const char _stomp_life_indicies[] = {
	0, 2, 2, 2, 2, 2, 2, 
	3, 1, 4, 4, 4, 5, 1, 6, 
	7, 4, 4, 4, 5, 1, 8, 9, 
	10, 11, 12, 13, 14, 15, 1, 4, 
	4, 4, 5, 1, 16, 16, 16, 16, 
	16, 16, 16, 17, 17, 17, 17, 17, 
	17, 1, 18, 18, 18, 18, 18, 18, 
	18, 19, 1, 19, 19, 19, 5, 1, 
	0
};

static const char _stomp_life_trans_targs[] = {
	2, 0, 4, 1, 4, 4, 2, 3, 
	4, 3, 3, 3, 3, 3, 5, 3, 
	4, 4, 5, 5
};

static const char _stomp_life_trans_actions[] = {
	2, 0, 3, 0, 4, 5, 0, 7, 
	9, 10, 11, 12, 13, 14, 15, 0, 
	17, 0, 17, 0
};

static const char _stomp_life_to_state_actions[] = {
	0, 1, 6, 8, 16, 18
};

static const int stomp_life_start = 1;


#line 72 "grammar/machines/stomp_life.rl"

void stomp_life_init(struct stomp_life *m)
{
    int cs;
    
#line 54 "gen/stomp_life.c"
	{
	cs = stomp_life_start;
	}

#line 77 "grammar/machines/stomp_life.rl"
    m->cs = cs;
    m->phase = STOMP_NEW;
}

enum stomp_deed stomp_life_step(struct stomp_life *m, enum stomp_event event)
{
    int cs = m->cs;
    const int letter = (int)event, *p = &letter, *pe = p + 1;
    enum stomp_deed deed = STOMP_DO_NOTHING;
    
#line 66 "gen/stomp_life.c"
	{
	int _slen;
	int _trans;
	const int *_keys;
	const char *_inds;
	if ( p == pe )
		goto _test_eof;
	if ( cs == 0 )
		goto _out;
_resume:
	_keys = _stomp_life_trans_keys + (cs<<1);
	_inds = _stomp_life_indicies + _stomp_life_index_offsets[cs];

	_slen = _stomp_life_key_spans[cs];
	_trans = _inds[ _slen > 0 && _keys[0] <=(*p) &&
		(*p) <= _keys[1] ?
		(*p) - _keys[0] : _slen ];

	cs = _stomp_life_trans_targs[_trans];

	if ( _stomp_life_trans_actions[_trans] == 0 )
		goto _again;

	switch ( _stomp_life_trans_actions[_trans] ) {
	case 2:
#line 10 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_CONNECT; }
	break;
	case 10:
#line 11 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_SEND; }
	break;
	case 11:
#line 12 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_SUBSCRIBE; }
	break;
	case 12:
#line 13 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_UNSUBSCRIBE; }
	break;
	case 13:
#line 14 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_ACK; }
	break;
	case 14:
#line 15 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_TRANSACTION; }
	break;
	case 15:
#line 16 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_DISCONNECT; }
	break;
	case 7:
#line 17 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_WELCOME; }
	break;
	case 4:
#line 18 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_FAIL; }
	break;
	case 3:
#line 19 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_NOT_CONNECTED; }
	break;
	case 9:
#line 20 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_AGAIN; }
	break;
	case 17:
#line 21 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_DROP; }
	break;
	case 5:
#line 22 "grammar/machines/stomp_life.rl"
	{ deed = STOMP_DO_END; }
	break;
#line 129 "gen/stomp_life.c"
	}

_again:
	switch ( _stomp_life_to_state_actions[cs] ) {
	case 1:
#line 34 "grammar/machines/stomp_life.rl"
	{ m->phase = STOMP_NEW; }
	break;
	case 6:
#line 42 "grammar/machines/stomp_life.rl"
	{ m->phase = STOMP_OPENING; }
	break;
	case 8:
#line 55 "grammar/machines/stomp_life.rl"
	{ m->phase = STOMP_OPEN; }
	break;
	case 18:
#line 61 "grammar/machines/stomp_life.rl"
	{ m->phase = STOMP_LEAVING; }
	break;
	case 16:
#line 67 "grammar/machines/stomp_life.rl"
	{ m->phase = STOMP_OVER; }
	break;
#line 148 "gen/stomp_life.c"
	}

	if ( cs == 0 )
		goto _out;
	if ( ++p != pe )
		goto _resume;
	_test_eof: {}
	_out: {}
	}

#line 87 "grammar/machines/stomp_life.rl"
    if (cs == 0)
        return STOMP_DO_BUG;
    m->cs = cs;
    return deed;
}
