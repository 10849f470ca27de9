/* SPDX-License-Identifier: MIT
 *
 * chat/keeper_internal.h - what the files of the keeper share: keeper.c is the way of one file, keeper_walk.c finds those
 * that nobody takes by hand.
 */
#ifndef PARLEY_CHAT_KEEPER_INTERNAL_H
#define PARLEY_CHAT_KEEPER_INTERNAL_H

#include "chat/keeper.h"

enum { KEEPER_MAGIC = 0x4B454550 };

/* Sends a call whose operation and ids are filled in. False when the port takes none now. */
bool keeper_ask(struct keeper *k, struct blob_call *call, void (*done)(struct blob_call *));
/* Files of the walk; keeper_walk() goes on when all of them are finished. */
void keeper_take_all(struct keeper *k, const struct uuid *ids, size_t count);
void keeper_walk_init(struct keeper *k);
/* The next of them. */
void keeper_walk(struct keeper *k);
void keeper_note(const struct keeper *k, const struct uuid *file, const char *event, const char *what);

#endif
