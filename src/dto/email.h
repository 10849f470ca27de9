/* SPDX-License-Identifier: MIT
 *
 * dto/email.h - is this an e-mail address (RFC 5321 section 4.1.2)? Whether anybody reads it is another
 * question.
 */
#ifndef PARLEY_DTO_EMAIL_H
#define PARLEY_DTO_EMAIL_H

#include "base/slice.h"

enum { EMAIL_LOCAL = 64 /* octets before the '@', RFC 5321 section 4.5.3.1.1 */ };

/* The text must be UTF-8. The whole length is the caller's business. */
bool email_is_address(struct slice s);

#endif
