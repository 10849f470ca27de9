/* SPDX-License-Identifier: MIT
 *
 * wire/http_fields.h - small field values of RFC 9110: lists, tokens, entity tags, Host. Pure functions over
 * one field value; whoever has several fields of one name asks for each.
 */
#ifndef PARLEY_WIRE_HTTP_FIELDS_H
#define PARLEY_WIRE_HTTP_FIELDS_H

#include "base/slice.h"

/* The next element of a comma list (RFC 9110 5.6.1), blanks trimmed, empty elements skipped; a comma inside a
 * quoted string does not divide. False at the end. */
bool http_list_next(struct slice *rest, struct slice *element);
/* True when one element equals the token, case ignored: Connection, Upgrade. */
bool http_list_has_token(struct slice value, struct slice token);
/* RFC 9110 5.6.2: 1*tchar. */
bool http_is_token(struct slice s);
/* What may stand in a field value: no control octets but HTAB. */
bool http_is_field_value(struct slice s);
/* If-None-Match (RFC 9110 13.1.2): "*" or one tag of the list equals `etag` (with its quotes) by weak
 * comparison. Elements that are no entity tags match nothing. */
bool http_etag_matches(struct slice value, struct slice etag);
/* RFC 9110 7.2: uri-host [ ":" port ], the host not empty. */
bool http_is_host(struct slice value);
/* The host of a valid Host value without its port; brackets of an IPv6 address stay. */
struct slice http_host_name(struct slice value);

#endif
