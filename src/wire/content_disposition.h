/* SPDX-License-Identifier: MIT
 *
 * wire/content_disposition.h - the Content-Disposition of a download, RFC 6266.
 */
#ifndef PARLEY_WIRE_CONTENT_DISPOSITION_H
#define PARLEY_WIRE_CONTENT_DISPOSITION_H

#include "base/buf.h"

/* Appends the field for a file of this name, UTF-8: `attachment`, the name in ASCII for clients of old, and, if that says
 * less, the name itself as RFC 8187 has it. Whatever the name holds, it stays within the field. */
bool content_disposition_write(struct buf *fields, struct slice name);

#endif
