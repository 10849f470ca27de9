/* SPDX-License-Identifier: MIT
 *
 * wire/file_name.h - the name of a file as a browser sends it in a form, made into one that can be kept, shown and given
 * back: without folders, controls and marks that turn the direction of text round, and of a length that fits.
 *
 * Nothing is refused: whoever sends a file wants it there, whatever it is called. Letters stay as they are, composed or
 * not.
 */
#ifndef PARLEY_WIRE_FILE_NAME_H
#define PARLEY_WIRE_FILE_NAME_H

#include "base/slice.h"

enum {
    FILE_NAME_CHARACTERS =
        255 /* code points; of a longer name the middle goes, so that its extension stays */
};

/* The name, in `room`, which has raw.len octets; "file" when nothing is left of it. `raw` is valid UTF-8 (as
 * wire/multipart.h gives it). */
struct slice file_name_clean(struct slice raw, unsigned char *room);

#endif
