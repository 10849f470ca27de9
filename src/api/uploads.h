/* SPDX-License-Identifier: MIT
 *
 * api/uploads.h - requests that bring files: multipart/form-data with a JSON part and files (discodeit.md 4.1, 8.5).
 *
 * Who asks is found out before the body is read. Then the JSON goes into memory and the files go into the spool, piece by
 * piece, through two bounded buffers; while the disk is behind, the peer is held back. When the body is whole and the
 * files are sealed, the operation runs, and once it is committed the answer goes and the files are handed to the keeper
 * (chat/keeper.h). Whatever goes wrong before that leaves nothing in the spool. The chart is api/upload_life.h.
 */
#ifndef PARLEY_API_UPLOADS_H
#define PARLEY_API_UPLOADS_H

#include <stdint.h>

enum { UPLOAD_FILES = 20 /* of a request, at most, whatever is configured */ };

struct upload_limits {
    uint64_t file, request; /* octets of a file, of a request */
    uint32_t files;         /* of a message; 1 to UPLOAD_FILES */
    uint32_t piece;         /* octets of a buffer that is full */
    /* Of the process; an address may have half of each. */
    uint32_t at_once;   /* uploads that are longer than any other body may be */
    uint64_t spool;     /* octets that may wait in it */
    uint32_t downloads; /* of more than a piece, at once */
};

/* 10 MiB and 30 MiB (discodeit.md 4.1), 10 files, pieces of 64 KiB, 128 uploads, 2 GiB, 512 downloads. */
extern const struct upload_limits upload_limits_default;

#endif
