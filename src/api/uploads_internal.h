/* SPDX-License-Identifier: MIT
 *
 * api/uploads_internal.h - what the files of an upload share: uploads.c is its life, upload_form.c reads the form,
 * upload_spool.c writes the files, upload_room.c says whether there is room for them.
 */
#ifndef PARLEY_API_UPLOADS_INTERNAL_H
#define PARLEY_API_UPLOADS_INTERNAL_H

#include "api/internal.h"
#include "api/upload_life.h"
#include "wire/multipart.h"

/* Octets of one file within a buffer. */
struct upload_run {
    size_t file;
    uint64_t offset; /* in the file */
    size_t at, len;  /* in the buffer */
};

/* A buffer: what has come between two looks at the disk. */
struct upload_buffer {
    struct buf octets;
    size_t run_count, next; /* runs; the first that is not written */
    struct upload_run runs[UPLOAD_FILES + 1];
};

enum upload_part {
    UPLOAD_PART_IGNORED,
    UPLOAD_PART_JSON,
    UPLOAD_PART_FILE,
    UPLOAD_PART_BEYOND, /* a file too many, if there is anything in it */
};

struct upload {
    unsigned magic;
    struct api *api;
    const struct route *route;
    struct api_call *call; /* in the task's arena */
    struct upload_life life;
    bool busy;       /* a task or a call is under way, which comes back here */
    bool gone;       /* nobody is there to be answered */
    bool is_small;   /* no longer than any other body may be */
    uint64_t length; /* octets that it says it has, or the most that it may have */
    size_t share;    /* of whoever sends it */
    bool has_place;
    uint64_t reserved, received; /* octets: in the spool, of the body */
    enum error error;
    struct task *task; /* that runs when all is there */
    bool has_task_ended;
    /* the form */
    struct multipart form;
    enum upload_part part;
    bool has_json;
    struct buf json;
    struct task_file *files; /* UPLOAD_FILES, in the task's arena */
    size_t file_count;       /* whole ones */
    struct uuid ids[UPLOAD_FILES + 1];
    size_t begun; /* of the ids: those that may be in the spool */
    /* the spool */
    struct upload_buffer buffers[2];
    unsigned filling; /* the buffer that takes what comes; the other is being written */
    struct blob_call blob;
    void (*on_blob)(struct upload *, enum error);
};

/* uploads.c */
void upload_step(struct upload *u, enum upload_event event);
/* With the field that is at fault, or NULL. */
void upload_refuse(struct upload *u, enum error error, const char *field, enum problem_reason reason,
                   size_t number);
/* Sends a call to the blob port; `done` gets it back. */
void upload_ask(struct upload *u, enum blob_operation operation, void (*done)(struct upload *, enum error));

/* upload_room.c */

/* Before it begins. False: there are too many, or too much is in the spool. */
bool upload_room_take(struct upload *u);
/* Before octets go into the spool; once is enough. False: there are too many. */
bool upload_room_reserve(struct upload *u);
void upload_room_give_back(struct upload *u);

/* upload_form.c: false when that ended in a refusal. */
bool upload_form_take(struct upload *u, struct slice piece);
bool upload_form_end(struct upload *u);
/* It is, or says that it will be, larger than a request may be. */
void upload_form_refuse_size(struct upload *u);

/* upload_spool.c */
bool upload_spool_put(struct upload *u, size_t file, uint64_t offset, struct slice octets);
/* Writes the next run, if nothing is under way and there is enough of it, or all. */
void upload_spool_pump(struct upload *u);
bool upload_spool_is_behind(const struct upload *u);
void upload_spool_release(struct upload *u);

#endif
