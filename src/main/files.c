// SPDX-License-Identifier: MIT
#include "main/files.h"

/* Each upload and each download has one call under way; so have the files that are stored behind them. */
enum { FURTHER_CALLS = 256 };

bool files_open(struct blob_directory *d, const struct config *config, const struct data_folder *folder,
                struct problem *why)
{
    struct blob_directory_options options = blob_directory_defaults;
    char place[DATA_PATH], spool[DATA_PATH];
    if (strcmp(config->storage, "local") != 0)
        return problem_set(why, "storage is \"%s\": files are kept in a folder, local, and nowhere else",
                           config->storage);
    if (!data_folder_path(folder, "blobs", place) || !data_folder_path(folder, "spool", spool))
        return problem_set(why, "the path of the data folder is too long");
    options.place = config->blob_dir[0] == '\0' ? place : config->blob_dir;
    options.spool = spool;
    options.queue = (unsigned)(2 * (config->max_uploads + config->max_downloads)) + FURTHER_CALLS;
    if (!blob_directory_open(d, &options, why))
        return false;
    return blob_directory_start(d) || problem_set(why, "there is no thread to be had for files");
}

struct upload_limits files_limits(const struct config *config)
{
    return (struct upload_limits){.file = (uint64_t)config->max_file,
                                  .request = (uint64_t)config->max_upload,
                                  .files = (uint32_t)config->max_files,
                                  .at_once = (uint32_t)config->max_uploads,
                                  .spool = (uint64_t)config->max_spool,
                                  .downloads = (uint32_t)config->max_downloads,
                                  .piece = upload_limits_default.piece};
}
