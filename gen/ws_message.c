
#line 1 "grammar/machines/ws_message.rl"
// SPDX-License-Identifier: MIT
#include "wire/ws_message.h"


#line 5 "gen/ws_message.c"
static const int _ws_message_trans_keys[] = {
	0, 0, 1, 9, 5, 9, 0, 0, 0
};

static const char _ws_message_key_spans[] = {
	0, 9, 5, 0
};

static const char _ws_message_index_offsets[] = {
	0, 0, 10, 16
};

static const char _ws_message_indicies[] = {
	1, 2, 3, 4, 0, 0, 5, 
	6, 7, 0, 8, 9, 10, 11, 7, 
	0, 0, 0
};

static const char _ws_message_trans_targs[] = {
	0, 1, 1, 2, 2, 1, 1, 3, 
	2, 1, 2, 2
};

static const char _ws_message_trans_actions[] = {
	1, 2, 3, 4, 5, 6, 7, 8, 
	9, 10, 6, 7
};

static const char _ws_message_eof_actions[] = {
	0, 1, 1, 0
};

static const int ws_message_start = 1;
static const int ws_message_error = 0;

static const int ws_message_en_main = 1;


#line 25 "grammar/machines/ws_message.rl"


void ws_message_init(struct ws_message *m)
{
    *m = (struct ws_message){.verdict = WS_SAYS_WHOLE};
    
#line 47 "gen/ws_message.c"
	{
	( m->state) = ws_message_start;
	}

#line 31 "grammar/machines/ws_message.rl"
}

enum ws_verdict ws_message_event(struct ws_message *m, enum ws_event event)
{
    const int kind = (int)event, *p = &kind, *pe = p + 1, *eof = NULL;
    
#line 55 "gen/ws_message.c"
	{
	int _slen;
	int _trans;
	const int *_keys;
	const char *_inds;
	if ( p == pe )
		goto _test_eof;
	if ( ( m->state) == 0 )
		goto _out;
_resume:
	_keys = _ws_message_trans_keys + (( m->state)<<1);
	_inds = _ws_message_indicies + _ws_message_index_offsets[( m->state)];

	_slen = _ws_message_key_spans[( m->state)];
	_trans = _inds[ _slen > 0 && _keys[0] <=(*p) &&
		(*p) <= _keys[1] ?
		(*p) - _keys[0] : _slen ];

	( m->state) = _ws_message_trans_targs[_trans];

	if ( _ws_message_trans_actions[_trans] == 0 )
		goto _again;

	switch ( _ws_message_trans_actions[_trans] ) {
	case 9:
#line 14 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_CONTINUE; }
	break;
	case 10:
#line 15 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_END; }
	break;
	case 6:
#line 16 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_PING; }
	break;
	case 7:
#line 17 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_PONG; }
	break;
	case 8:
#line 18 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_CLOSE; }
	break;
	case 1:
#line 19 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_BAD; }
	break;
	case 2:
#line 10 "grammar/machines/ws_message.rl"
	{ m->text = true; }
#line 12 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_WHOLE; }
	break;
	case 4:
#line 10 "grammar/machines/ws_message.rl"
	{ m->text = true; }
#line 13 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_BEGIN; }
	break;
	case 3:
#line 11 "grammar/machines/ws_message.rl"
	{ m->text = false; }
#line 12 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_WHOLE; }
	break;
	case 5:
#line 11 "grammar/machines/ws_message.rl"
	{ m->text = false; }
#line 13 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_BEGIN; }
	break;
#line 113 "gen/ws_message.c"
	}

_again:
	if ( ( m->state) == 0 )
		goto _out;
	if ( ++p != pe )
		goto _resume;
	_test_eof: {}
	if ( p == eof )
	{
	switch ( _ws_message_eof_actions[( m->state)] ) {
	case 1:
#line 19 "grammar/machines/ws_message.rl"
	{ m->verdict = WS_SAYS_BAD; }
	break;
#line 127 "gen/ws_message.c"
	}
	}

	_out: {}
	}

#line 37 "grammar/machines/ws_message.rl"
    return m->verdict;
}

enum ws_event ws_event_of(enum ws_opcode opcode, bool fin)
{
    static const unsigned char events[16][2] = {
        [WS_CONTINUATION] = {WSE_CONT, WSE_CONT_END},
        [WS_TEXT] = {WSE_TEXT_BEGIN, WSE_TEXT},
        [WS_BINARY] = {WSE_BINARY_BEGIN, WSE_BINARY},
        [WS_CLOSE] = {WSE_CLOSE, WSE_CLOSE},
        [WS_PING] = {WSE_PING, WSE_PING},
        [WS_PONG] = {WSE_PONG, WSE_PONG},
    };
    return (enum ws_event)events[opcode & 15][fin];
}
