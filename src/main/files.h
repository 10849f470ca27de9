/* SPDX-License-Identifier: MIT
 *
 * main/files.h - where the octets of files are: in a folder that instances may share, with the spool in the data folder,
 * which is this process's own.
 */
#ifndef PARLEY_MAIN_FILES_H
#define PARLEY_MAIN_FILES_H

#include "adapter/blob_directory.h"
#include "adapter/data_folder.h"
#include "api/uploads.h"
#include "main/config.h"

/* Opens the folders and starts the threads. False with a problem; close it then if d->magic is not 0. */
bool files_open(struct blob_directory *d, const struct config *config, const struct data_folder *folder,
                struct problem *why);
struct upload_limits files_limits(const struct config *config);

#endif
