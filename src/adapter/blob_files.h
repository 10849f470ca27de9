/* SPDX-License-Identifier: MIT
 *
 * adapter/blob_files.h - what adapter/blob_directory.h does with files, one call at a time, blocking. Internal to it.
 */
#ifndef PARLEY_ADAPTER_BLOB_FILES_H
#define PARLEY_ADAPTER_BLOB_FILES_H

#include "adapter/blob_directory.h"

/* Does what the call says and fills in its results. Any thread. */
void blob_files_run(const struct blob_directory *d, struct blob_call *c);
/* Opens both folders and finds out what lies in the spool. False with a problem; blob_files_close() all the same. */
bool blob_files_open(struct blob_directory *d, const struct blob_directory_options *options,
                     struct problem *why);
void blob_files_close(struct blob_directory *d);

#endif
