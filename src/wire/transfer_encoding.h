/* SPDX-License-Identifier: MIT
 *
 * wire/transfer_encoding.h - the value of Transfer-Encoding in a request (RFC 9112 sections 6.1 and 7).
 *
 * One field line; that there is one only is the business of whoever counts them.
 */
#ifndef PARLEY_WIRE_TRANSFER_ENCODING_H
#define PARLEY_WIRE_TRANSFER_ENCODING_H

#include "base/slice.h"

enum transfer_encoding {
    TRANSFER_ENCODING_UNFIT, /* no list of codings, or `chunked` is not once and last: the body has no end */
    TRANSFER_ENCODING_CHUNKED, /* alone, without parameters, in any case */
    TRANSFER_ENCODING_UNKNOWN  /* other codings before `chunked` */
};

enum transfer_encoding transfer_encoding_read(struct slice value);

#endif
