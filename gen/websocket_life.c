
#line 1 "grammar/machines/websocket_life.rl"
// SPDX-License-Identifier: MIT
// The life of a WebSocket after its handshake (RFC 6455 section 7). Which frame may follow which is ws_message.rl.
#include "engine/websocket_life.h"


#line 38 "grammar/machines/websocket_life.rl"



#line 8 "gen/websocket_life.c"
static const int _websocket_life_trans_keys[] = {
	0, 0, 1, 8, 1, 8, 1, 8, 0
};

static const char _websocket_life_key_spans[] = {
	0, 8, 8, 8
};

static const char _websocket_life_index_offsets[] = {
	0, 0, 9, 18
};

static const char _websocket_life_indicies[] = {
	0, 2, 3, 4, 5, 6, 5, 
	7, 1, 8, 8, 8, 8, 8, 8, 
	8, 8, 1, 9, 9, 9, 7, 7, 
	9, 7, 7, 1, 0
};

static const char _websocket_life_trans_targs[] = {
	1, 0, 1, 1, 2, 2, 3, 2, 
	2, 3
};

static const char _websocket_life_trans_actions[] = {
	2, 0, 3, 0, 4, 5, 6, 7, 
	0, 0
};

static const char _websocket_life_to_state_actions[] = {
	0, 1, 8, 9
};

static const int websocket_life_start = 1;


#line 41 "grammar/machines/websocket_life.rl"

void ws_life_init(struct ws_life *m)
{
    int cs;
    
#line 47 "gen/websocket_life.c"
	{
	cs = websocket_life_start;
	}

#line 46 "grammar/machines/websocket_life.rl"
    m->cs = cs;
    m->phase = WS_OPEN;
}

enum ws_life_deed ws_life_step(struct ws_life *m, enum ws_life_event event)
{
    int cs = m->cs;
    const int letter = (int)event, *p = &letter, *pe = p + 1;
    enum ws_life_deed deed = WS_DO_NOTHING;
    
#line 59 "gen/websocket_life.c"
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
	_keys = _websocket_life_trans_keys + (cs<<1);
	_inds = _websocket_life_indicies + _websocket_life_index_offsets[cs];

	_slen = _websocket_life_key_spans[cs];
	_trans = _inds[ _slen > 0 && _keys[0] <=(*p) &&
		(*p) <= _keys[1] ?
		(*p) - _keys[0] : _slen ];

	cs = _websocket_life_trans_targs[_trans];

	if ( _websocket_life_trans_actions[_trans] == 0 )
		goto _again;

	switch ( _websocket_life_trans_actions[_trans] ) {
	case 2:
#line 10 "grammar/machines/websocket_life.rl"
	{ deed = WS_DO_DELIVER; }
	break;
	case 3:
#line 11 "grammar/machines/websocket_life.rl"
	{ deed = WS_DO_PONG; }
	break;
	case 4:
#line 12 "grammar/machines/websocket_life.rl"
	{ deed = WS_DO_ECHO; }
	break;
	case 6:
#line 13 "grammar/machines/websocket_life.rl"
	{ deed = WS_DO_CLOSE; }
	break;
	case 5:
#line 14 "grammar/machines/websocket_life.rl"
	{ deed = WS_DO_FAIL; }
	break;
	case 7:
#line 15 "grammar/machines/websocket_life.rl"
	{ deed = WS_DO_FINISH; }
	break;
#line 101 "gen/websocket_life.c"
	}

_again:
	switch ( _websocket_life_to_state_actions[cs] ) {
	case 1:
#line 26 "grammar/machines/websocket_life.rl"
	{ m->phase = WS_OPEN; }
	break;
	case 9:
#line 32 "grammar/machines/websocket_life.rl"
	{ m->phase = WS_CLOSING; }
	break;
	case 8:
#line 36 "grammar/machines/websocket_life.rl"
	{ m->phase = WS_CLOSED; }
	break;
#line 114 "gen/websocket_life.c"
	}

	if ( cs == 0 )
		goto _out;
	if ( ++p != pe )
		goto _resume;
	_test_eof: {}
	_out: {}
	}

#line 56 "grammar/machines/websocket_life.rl"
    if (cs == 0)
        return WS_DO_BUG;
    m->cs = cs;
    return deed;
}
