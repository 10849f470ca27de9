/* SPDX-License-Identifier: MIT
 *
 * chat/operation.h - the operations of the domain. An operation is a row; chat/driver.c runs it step by step:
 *
 *   token    bearer token -> claims; 401 without one where a caller is needed
 *   verify   is that login live? (registry); who may: 401, 403
 *   prepare  judges the input (400), makes ids
 *   read     one read batch
 *   secret   one bcrypt
 *   login    one call of the registry
 *   write    one write batch
 *   settle   one call of the registry about what was written, which stands whatever comes of it
 *   finish   makes the output
 *
 *   end      sees what came of it, errors included
 *
 * A step whose function is NULL is skipped; so is a batch that was left empty, and a call whose function set
 * task->skip. Any error ends the operation.
 *
 *   operation               who              takes                                 gives
 *   USER_CREATE             anyone           UserCreateRequest, a file             UserDto; 400, DUPLICATE_USER
 *   USER_LIST               user                                                   list of UserDto
 *   LOGIN                   anyone           LoginRequest                          JwtDto, issued, ended; INVALID_USER_CREDENTIALS,
 *                                                                                  TOO_MANY_LOGIN_ATTEMPTS
 *   REFRESH                 anyone           refresh                               JwtDto, issued; INVALID_TOKEN
 *   LOGOUT                  anyone           refresh                               ended; never an error
 *   LOGIN_SWEEP             the program                                            ended, ended_users; REGISTRY_ENDED of them:
 *                                                                                  ask again
 *   LOGIN_EXPIRED           the program      caller.user                           tells of him if he is offline
 *   USER_UPDATE             user             parameters.id, UserUpdateRequest,     UserDto, ended; 400, 403, USER_NOT_FOUND,
 *                                            a file                                DUPLICATE_USER
 *   USER_DELETE             user             parameters.id                         ended; 403, USER_NOT_FOUND, LAST_ADMIN
 *   ROLE_UPDATE             admin            RoleUpdateRequest                     UserDto, ended; 400, USER_NOT_FOUND, LAST_ADMIN
 *   CHANNEL_LIST            user             parameters.user_id                    list of ChannelDto; 400, 403
 *   CHANNEL_CREATE_PUBLIC   channel manager  PublicChannelCreateRequest            ChannelDto; 400
 *   CHANNEL_CREATE_PRIVATE  user             PrivateChannelCreateRequest           ChannelDto; 400, USER_NOT_FOUND
 *   CHANNEL_WATCH           user             parameters.channel_id                 stream, head; AUTHORIZATION_DENIED
 *   MESSAGE_LIST            user             parameters.channel_id, cursor, size,  MessagePage; 400, 403, CHANNEL_NOT_FOUND
 *                                            sort
 *   MESSAGE_CREATE          user             MessageCreateRequest, files           MessageDto; 400, 403, CHANNEL_NOT_FOUND
 *   MESSAGE_UPDATE          user             parameters.id, MessageUpdateRequest   MessageDto; 400, 403, MESSAGE_NOT_FOUND
 *   MESSAGE_DELETE          user             parameters.id                         403, MESSAGE_NOT_FOUND
 *   CHANNEL_UPDATE          channel manager  parameters.id,                        ChannelDto; 400, CHANNEL_NOT_FOUND,
 *                                            PublicChannelUpdateRequest            PRIVATE_CHANNEL_UPDATE
 *   CHANNEL_DELETE          channel manager  parameters.id                         CHANNEL_NOT_FOUND
 *   READ_STATUS_LIST        user             parameters.user_id                    list of ReadStatusDto; 400, 403
 *   READ_STATUS_CREATE      user             ReadStatusCreateRequest               ReadStatusDto; 400, 403, CHANNEL_NOT_FOUND
 *   READ_STATUS_UPDATE      user             parameters.id,                        ReadStatusDto; 400, 403,
 *                                            ReadStatusUpdateRequest               READ_STATUS_NOT_FOUND
 *   NOTIFICATION_LIST       user                                                   list of NotificationDto
 *   NOTIFICATION_DELETE     user             parameters.id                         NOTIFICATION_NOT_FOUND, NOTIFICATION_FORBIDDEN
 *   CALLER                  user                                                   caller
 *   FILE_READ               user             parameters.id                         BinaryContentDto, upkeep.time;
 *                                                                                  BINARY_CONTENT_NOT_FOUND
 *   FILE_LIST               user             parameters.ids                        list of BinaryContentDto, those that he sees; 400
 *   FILE_STORED             the program      upkeep.ids                            BinaryContentDto; BINARY_CONTENT_NOT_FOUND
 *   FILE_FAILED             the program      upkeep.ids, request, problem          BinaryContentDto; BINARY_CONTENT_NOT_FOUND
 *   FILE_WAITING            the program      upkeep.time                           upkeep.ids; FILES_LISTED of them: ask again
 *   FILE_DISCARDED          the program                                            upkeep.ids; FILES_LISTED of them: ask again
 *   FILE_FORGET             the program      upkeep.ids
 *   NOTIFY_CHANNEL          the program      notify.channel                        notify.more
 *   NOTIFY_BEHIND           the program      notify.after, quiet                   notify.channels, more, after
 *   SESSION_OPEN            user             bearer, refresh (both may be old,     UserDto, caller; INVALID_TOKEN for a
 *                                            discodeit.md 6.4), or ticket          ticket that was used
 *   TICKET_CREATE           user                                                   TicketDto
 *   BOOTSTRAP_CLAIM         the program                                            SERVICE_UNAVAILABLE while another instance
 *                                                                                  is making the first admin
 *   BOOTSTRAP               the program      UserCreateRequest of the first        presence filled; DUPLICATE_USER when the
 *                                            admin, or none                        admin's name is another user's
 *
 * Any of them may also end in SERVICE_UNAVAILABLE, OUT_OF_MEMORY and INTERNAL_SERVER_ERROR; those that need a
 * caller in UNAUTHENTICATED (no token), INVALID_TOKEN, LOGIN_ENDED (it has expired) and AUTHORIZATION_DENIED.
 */
#ifndef PARLEY_CHAT_OPERATION_H
#define PARLEY_CHAT_OPERATION_H

#include "chat/task.h"
#include "dto/validate.h"

/* Each role includes those before it (discodeit.md 3.10). */
enum who { WHO_ANYONE, WHO_USER, WHO_CHANNEL_MANAGER, WHO_ADMIN };

struct operation {
    const char *name; /* for logs and metrics */
    enum who who;
    bool any_access; /* an access token that was rotated out is good enough, while its login lives */
    bool forgiving;  /* what the registry fails to do does not end it */
    bool only_tells; /* its write tells of what the registry did: what fails of that does not undo it */
    bool lists;      /* its arena may hold chat->list_memory */
    const ProtobufCMessageDescriptor *input;
    const struct validation *validation;
    const struct validation *with_files; /* instead of that one, when files came; NULL: the same */
    enum error (*prepare)(struct task *);
    enum error (*read)(struct task *, struct batch *);
    enum error (*secret)(struct task *, struct password_call *);
    enum error (*login)(struct task *, struct registry_call *);
    enum error (*write)(struct task *, struct batch *);
    enum error (*settle)(struct task *, struct registry_call *);
    enum error (*finish)(struct task *);
    void (*end)(struct task *);
};

extern const struct operation OPERATION_USER_CREATE;
extern const struct operation OPERATION_USER_LIST;
extern const struct operation OPERATION_LOGIN;
extern const struct operation OPERATION_REFRESH;
extern const struct operation OPERATION_LOGOUT;
extern const struct operation OPERATION_LOGIN_SWEEP;
extern const struct operation OPERATION_LOGIN_EXPIRED;
extern const struct operation OPERATION_USER_UPDATE;
extern const struct operation OPERATION_USER_DELETE;
extern const struct operation OPERATION_ROLE_UPDATE;
extern const struct operation OPERATION_CHANNEL_LIST;
extern const struct operation OPERATION_CHANNEL_CREATE_PUBLIC;
extern const struct operation OPERATION_CHANNEL_CREATE_PRIVATE;
extern const struct operation OPERATION_CHANNEL_WATCH;
extern const struct operation OPERATION_MESSAGE_LIST;
extern const struct operation OPERATION_MESSAGE_CREATE;
extern const struct operation OPERATION_MESSAGE_UPDATE;
extern const struct operation OPERATION_MESSAGE_DELETE;
extern const struct operation OPERATION_CHANNEL_UPDATE;
extern const struct operation OPERATION_CHANNEL_DELETE;
extern const struct operation OPERATION_READ_STATUS_LIST;
extern const struct operation OPERATION_READ_STATUS_CREATE;
extern const struct operation OPERATION_READ_STATUS_UPDATE;
extern const struct operation OPERATION_NOTIFICATION_LIST;
extern const struct operation OPERATION_NOTIFICATION_DELETE;
extern const struct operation OPERATION_CALLER;
extern const struct operation OPERATION_FILE_READ;
extern const struct operation OPERATION_FILE_LIST;
extern const struct operation OPERATION_FILE_STORED;
extern const struct operation OPERATION_FILE_FAILED;
extern const struct operation OPERATION_FILE_WAITING;
extern const struct operation OPERATION_FILE_DISCARDED;
extern const struct operation OPERATION_FILE_FORGET;
extern const struct operation OPERATION_NOTIFY_CHANNEL;
extern const struct operation OPERATION_NOTIFY_BEHIND;
extern const struct operation OPERATION_SESSION_OPEN;
extern const struct operation OPERATION_TICKET_CREATE;
extern const struct operation OPERATION_BOOTSTRAP_CLAIM;
extern const struct operation OPERATION_BOOTSTRAP;

#endif
