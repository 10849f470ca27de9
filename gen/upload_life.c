
#line 1 "grammar/machines/upload_life.rl"
// SPDX-License-Identifier: MIT
// The life of a request that brings files (discodeit.md 4.1, 8.5): who asks, the body, the disk, the operation; or the end
// of it, after which nothing of it is left in the spool.
#include "api/upload_life.h"


#line 75 "grammar/machines/upload_life.rl"



#line 9 "gen/upload_life.c"
static const int _upload_life_trans_keys[] = {
	0, 0, 1, 9, 2, 9, 2, 9, 9, 10, 11, 11, 9, 9, 5, 9, 
	6, 9, 7, 9, 0
};

static const char _upload_life_key_spans[] = {
	0, 9, 8, 8, 2, 1, 1, 5, 
	4, 3
};

static const char _upload_life_index_offsets[] = {
	0, 0, 10, 19, 28, 31, 33, 35, 
	41, 46
};

static const char _upload_life_indicies[] = {
	0, 1, 1, 1, 1, 1, 1, 
	2, 3, 1, 4, 5, 6, 1, 1, 
	1, 2, 3, 1, 7, 0, 1, 1, 
	1, 1, 2, 3, 1, 8, 9, 1, 
	10, 1, 11, 1, 12, 1, 1, 2, 
	3, 1, 13, 1, 2, 3, 1, 14, 
	2, 15, 1, 0
};

static const char _upload_life_trans_targs[] = {
	2, 0, 4, 4, 3, 2, 7, 3, 
	4, 5, 6, 6, 8, 9, 6, 9
};

static const char _upload_life_trans_actions[] = {
	2, 0, 3, 4, 6, 0, 7, 0, 
	0, 10, 12, 0, 15, 17, 19, 0
};

static const char _upload_life_to_state_actions[] = {
	0, 1, 5, 8, 9, 11, 13, 14, 
	16, 18
};

static const int upload_life_start = 1;


#line 78 "grammar/machines/upload_life.rl"

void upload_life_init(struct upload_life *l)
{
    int cs;
    
#line 55 "gen/upload_life.c"
	{
	cs = upload_life_start;
	}

#line 83 "grammar/machines/upload_life.rl"
    l->cs = cs;
    l->phase = UPLOAD_ASKING;
}

enum upload_deed upload_life_step(struct upload_life *l, enum upload_event event)
{
    int cs = l->cs;
    const int letter = (int)event, *p = &letter, *pe = p + 1;
    enum upload_deed deed = UPLOAD_DO_NOTHING;
    
#line 67 "gen/upload_life.c"
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
	_keys = _upload_life_trans_keys + (cs<<1);
	_inds = _upload_life_indicies + _upload_life_index_offsets[cs];

	_slen = _upload_life_key_spans[cs];
	_trans = _inds[ _slen > 0 && _keys[0] <=(*p) &&
		(*p) <= _keys[1] ?
		(*p) - _keys[0] : _slen ];

	cs = _upload_life_trans_targs[_trans];

	if ( _upload_life_trans_actions[_trans] == 0 )
		goto _again;

	switch ( _upload_life_trans_actions[_trans] ) {
	case 6:
#line 11 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_HOLD; }
	break;
	case 2:
#line 12 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_RESUME; }
	break;
	case 7:
#line 13 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_FLUSH; }
	break;
	case 15:
#line 14 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_SEAL; }
	break;
	case 17:
#line 15 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_RUN; }
	break;
	case 19:
#line 16 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_KEEP; }
	break;
	case 3:
#line 17 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_ANSWER; }
	break;
	case 4:
#line 18 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_LEAVE; }
	break;
	case 10:
#line 19 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_CLEAR; }
	break;
	case 12:
#line 20 "grammar/machines/upload_life.rl"
	{ deed = UPLOAD_DO_FREE; }
	break;
#line 121 "gen/upload_life.c"
	}

_again:
	switch ( _upload_life_to_state_actions[cs] ) {
	case 1:
#line 28 "grammar/machines/upload_life.rl"
	{ l->phase = UPLOAD_ASKING; }
	break;
	case 5:
#line 36 "grammar/machines/upload_life.rl"
	{ l->phase = UPLOAD_RECEIVING; }
	break;
	case 8:
#line 43 "grammar/machines/upload_life.rl"
	{ l->phase = UPLOAD_HELD; }
	break;
	case 14:
#line 49 "grammar/machines/upload_life.rl"
	{ l->phase = UPLOAD_WRITING; }
	break;
	case 16:
#line 55 "grammar/machines/upload_life.rl"
	{ l->phase = UPLOAD_SEALING; }
	break;
	case 18:
#line 62 "grammar/machines/upload_life.rl"
	{ l->phase = UPLOAD_RUNNING; }
	break;
	case 9:
#line 67 "grammar/machines/upload_life.rl"
	{ l->phase = UPLOAD_ENDING; }
	break;
	case 11:
#line 71 "grammar/machines/upload_life.rl"
	{ l->phase = UPLOAD_CLEARING; }
	break;
	case 13:
#line 73 "grammar/machines/upload_life.rl"
	{ l->phase = UPLOAD_OVER; }
	break;
#line 152 "gen/upload_life.c"
	}

	if ( cs == 0 )
		goto _out;
	if ( ++p != pe )
		goto _resume;
	_test_eof: {}
	_out: {}
	}

#line 93 "grammar/machines/upload_life.rl"
    if (cs == 0)
        return UPLOAD_DO_BUG;
    l->cs = cs;
    return deed;
}
