/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_library.h - libpq, loaded when PostgreSQL is the store and not before (decision 13): it brings
 * LDAP, Kerberos and a second TLS along, which cost 4 MiB and half of the start, and most processes never ask for it.
 *
 * In place of <libpq-fe.h>: its functions keep their names and are called through a table that
 * postgres_library_load() fills. Within the adapter only.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_LIBRARY_H
#define PARLEY_ADAPTER_POSTGRES_LIBRARY_H

#include <libpq-fe.h>

#include "adapter/problem.h"

#define POSTGRES_FUNCTIONS(X)                                                                                \
    X(PQclear)                                                                                               \
    X(PQconnectPoll)                                                                                         \
    X(PQconnectStartParams) X(PQconnectdbParams) X(PQconninfoFree) X(PQconninfoParse) X(PQconsumeInput)      \
        X(PQenterPipelineMode) X(PQerrorMessage) X(PQexec) X(PQfformat) X(PQfinish) X(PQflush) X(PQftype)    \
            X(PQgetResult) X(PQgetisnull) X(PQgetlength) X(PQgetvalue) X(PQisBusy) X(PQnfields) X(PQntuples) \
                X(PQpipelineSync) X(PQresultErrorField) X(PQresultErrorMessage) X(PQresultStatus)            \
                    X(PQsendFlushRequest) X(PQsendPrepare) X(PQsendQueryPrepared) X(PQsetNoticeReceiver)     \
                        X(PQsetnonblocking) X(PQsocket) X(PQstatus)

struct postgres_library {
#define X(name) __typeof__(name) *name;
    POSTGRES_FUNCTIONS(X)
#undef X
};

extern struct postgres_library postgres_library;

/* Once, before the first of its functions is called; harmless when it is loaded already. False with a problem when
 * there is no libpq on this machine, or an older one. One thread. */
bool postgres_library_load(struct problem *why);

#define PQclear              postgres_library.PQclear
#define PQconnectPoll        postgres_library.PQconnectPoll
#define PQconnectStartParams postgres_library.PQconnectStartParams
#define PQconnectdbParams    postgres_library.PQconnectdbParams
#define PQconninfoFree       postgres_library.PQconninfoFree
#define PQconninfoParse      postgres_library.PQconninfoParse
#define PQconsumeInput       postgres_library.PQconsumeInput
#define PQenterPipelineMode  postgres_library.PQenterPipelineMode
#define PQerrorMessage       postgres_library.PQerrorMessage
#define PQexec               postgres_library.PQexec
#define PQfformat            postgres_library.PQfformat
#define PQfinish             postgres_library.PQfinish
#define PQflush              postgres_library.PQflush
#define PQftype              postgres_library.PQftype
#define PQgetResult          postgres_library.PQgetResult
#define PQgetisnull          postgres_library.PQgetisnull
#define PQgetlength          postgres_library.PQgetlength
#define PQgetvalue           postgres_library.PQgetvalue
#define PQisBusy             postgres_library.PQisBusy
#define PQnfields            postgres_library.PQnfields
#define PQntuples            postgres_library.PQntuples
#define PQpipelineSync       postgres_library.PQpipelineSync
#define PQresultErrorField   postgres_library.PQresultErrorField
#define PQresultErrorMessage postgres_library.PQresultErrorMessage
#define PQresultStatus       postgres_library.PQresultStatus
#define PQsendFlushRequest   postgres_library.PQsendFlushRequest
#define PQsendPrepare        postgres_library.PQsendPrepare
#define PQsendQueryPrepared  postgres_library.PQsendQueryPrepared
#define PQsetNoticeReceiver  postgres_library.PQsetNoticeReceiver
#define PQsetnonblocking     postgres_library.PQsetnonblocking
#define PQsocket             postgres_library.PQsocket
#define PQstatus             postgres_library.PQstatus

#endif
