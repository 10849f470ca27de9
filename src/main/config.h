/* SPDX-License-Identifier: MIT
 *
 * main/config.h - the configuration: one table that yields flags, environment variables, --help, validation
 * and the docs page (design.md section 9). Read once at the start; a flag beats its environment variable,
 * which beats the default.
 */
#ifndef PARLEY_MAIN_CONFIG_H
#define PARLEY_MAIN_CONFIG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* member, flag (its variable is PARLEY_ + the flag in capitals, "_" for "-"), kind, least, most, default,
 * help. Sizes take k and m; times take ms, s, m, h, d. */
#define CONFIG_TABLE(X)                                                                                      \
    X(listen, "listen", TEXT, 0, 0, "127.0.0.1:8080",                                                        \
      "ADDRESS:PORT to serve; port 0 lets the system choose")                                                \
    X(data_dir, "data-dir", TEXT, 0, 0, "data", "folder of the database and the secrets; made if missing")   \
    X(workers, "workers", NUMBER, 0, 256, "0", "loops that serve connections; 0: one per core")              \
    X(log_level, "log-level", TEXT, 0, 0, "info", "error, warning, info or debug")                           \
    X(language, "language", TEXT, 0, 0, "ko", "of messages for people who ask for none: ko or en")           \
    X(health_details, "health-details", SWITCH, 0, 0, "on",                                                  \
      "/actuator/health tells of its parts to whoever asks")                                                 \
    X(trusted_proxies, "trusted-proxies", TEXT, 0, 0, "",                                                    \
      "comma list of networks (10.0.0.0/8, ::1): who connects from there is believed whom it speaks for "    \
      "(X-Forwarded-For, X-Real-IP)")                                                                        \
    X(grace, "grace", TIME, 0, 600000, "30s", "SIGTERM: time for everything to end")                         \
    X(spread, "spread", TIME, 0, 600000, "5s", "SIGTERM: connections are closed evenly over this time")      \
    X(store, "store", TEXT, 0, 0, "auto",                                                                    \
      "sqlite (in data-dir), postgresql, or auto: postgresql when there is a database-url")                  \
    X(database_url, "database-url", SECRET, 0, 0, "", "postgresql://[user[:password]@]host[:port]/database") \
    X(database_username, "database-username", TEXT, 0, 0, "", "instead of the user in database-url")         \
    X(database_password, "database-password", SECRET, 0, 0, "", "instead of the password in database-url")   \
    X(migrate, "migrate", TEXT, 0, 0, "apply",                                                               \
      "apply what the schema of postgresql lacks, or check: say what that is, and end")                      \
    X(log_retention, "log-retention", TIME, 0, 31536000000, "7d",                                            \
      "how long events are kept for replay; 0: for ever")                                                    \
    X(admin_username, "admin-username", TEXT, 0, 0, "admin", "of the ADMIN that is made when there is none") \
    X(admin_email, "admin-email", TEXT, 0, 0, "admin@parley.example", "his e-mail address")                  \
    X(admin_password, "admin-password", SECRET, 0, 0, "",                                                    \
      "his password; empty: a random one is printed once")                                                   \
    X(jwt_access_secret, "jwt-access-secret", SECRET, 0, 0, "",                                              \
      "key of access tokens, 32 to 512 octets, the same for all instances; empty: access.key in data-dir")   \
    X(jwt_refresh_secret, "jwt-refresh-secret", SECRET, 0, 0, "",                                            \
      "key of refresh tokens; empty: refresh.key in data-dir")                                               \
    X(access_lifetime, "access-lifetime", TIME, 1000, 86400000, "30m", "life of an access token")            \
    X(refresh_lifetime, "refresh-lifetime", TIME, 1000, 7776000000, "7d",                                    \
      "life of a login that is not refreshed")                                                               \
    X(access_cookie, "access-cookie", SWITCH, 0, 0, "off",                                                   \
      "login and refresh set the cookie ACCESS_TOKEN, with which /ws may be opened")                         \
    X(logins_per_user, "logins-per-user", NUMBER, 1, 8, "1",                                                 \
      "live logins of a user; one more ends the oldest")                                                     \
    X(login_sweep, "login-sweep", TIME, 100, 86400000, "5m",                                                 \
      "how often expired logins are looked for and their sessions ended")                                    \
    X(login_attempts_per_account, "login-attempts-per-account", NUMBER, 0, 1000000, "10",                    \
      "wrong passwords for one name in login-attempts-window; then 429. 0: no limit")                        \
    X(login_attempts_per_address, "login-attempts-per-address", NUMBER, 0, 1000000, "100",                   \
      "wrong passwords from one address in login-attempts-window; then 429. 0: no limit")                    \
    X(login_attempts_window, "login-attempts-window", TIME, 1000, 86400000, "1m",                            \
      "time after which as many may be tried again")                                                         \
    X(bcrypt_cost, "bcrypt-cost", NUMBER, 4, 16, "10", "log2 of the rounds of a new password hash")          \
    X(redis_url, "redis-url", SECRET, 0, 0, "",                                                              \
      "redis://[[user]:password@]host[:port][/database]: keep the logins there, where other instances see "  \
      "them; empty: in the store")                                                                           \
    X(redis_host, "redis-host", TEXT, 0, 0, "", "instead of redis-url, if nothing else is to be said")       \
    X(redis_port, "redis-port", TEXT, 0, 0, "6379", "of redis-host")                                         \
    X(redis_timeout, "redis-timeout", TIME, 10, 60000, "2s",                                                 \
      "a request waits so long for Redis; then it is refused")                                               \
    X(allowed_origins, "allowed-origins", TEXT, 0, 0, "",                                                    \
      "comma list of origins beside our own that may open /ws; *: any")                                      \
    X(credentials, "credentials", TEXT, 0, 0, "handshake,ticket,subprotocol,connect,passcode",               \
      "comma list of what a STOMP session may log in with; docs/stomp-login.md")                             \
    X(connect_header, "connect-header", TEXT, 0, 0, "",                                                      \
      "header of CONNECT that may hold the access token, beside Authorization")                              \
    X(stomp_csrf, "stomp-csrf", SWITCH, 0, 0, "off",                                                         \
      "CONNECT of a client with cookies has to carry X-XSRF-TOKEN")                                          \
    X(stomp_rules, "stomp-rules", TEXT, 0, 0, "",                                                            \
      "file of rules who may send which STOMP frame where to; empty: what the domain allows")                \
    X(direct_publish, "direct-publish", SWITCH, 0, 0, "on",                                                  \
      "clients may SEND to /topic, /queue and /sub themselves")                                              \
    X(max_message, "max-message", SIZE, 1024, 67108864, "64k",                                               \
      "octets of a STOMP frame and of a WebSocket message")                                                  \
    X(max_subscriptions, "max-subscriptions", NUMBER, 1, 100000, "1000",                                     \
      "subscriptions of one STOMP session")                                                                  \
    X(connect_timeout, "connect-timeout", TIME, 100, 600000, "60s",                                          \
      "from the WebSocket handshake to CONNECT")                                                             \
    X(heart_beat, "heart-beat", TIME, 0, 600000, "10s", "what the server offers and wants; 0: no beats")     \
    X(heart_beat_grace, "heart-beat-grace", NUMBER, 2, 100, "3",                                             \
      "a client is dead after so many intervals of silence")                                                 \
    X(ping_interval, "ping-interval", TIME, 100, 600000, "25s",                                              \
      "silence after which a client without beats is pinged")                                                \
    X(pong_timeout, "pong-timeout", TIME, 100, 600000, "20s", "time for the pong")                           \
    X(blob_dir, "blob-dir", TEXT, 0, 0, "",                                                                  \
      "folder of the files that people send, which instances may share; empty: blobs in data-dir")           \
    X(storage, "storage", TEXT, 0, 0, "local", "where they are kept: local")                                 \
    X(max_file, "max-file", SIZE, 1024, 1073741824, "10m", "octets of a file")                               \
    X(max_upload, "max-upload", SIZE, 1024, 1073741824, "30m", "octets of a request that brings files")      \
    X(max_files, "max-files", NUMBER, 1, 20, "10", "files of a message")                                     \
    X(max_uploads, "max-uploads", NUMBER, 1, 10000, "128",                                                   \
      "forms longer than max-body at a time; beyond it: 503. One address: half")                             \
    X(max_downloads, "max-downloads", NUMBER, 1, 10000, "512",                                               \
      "files over 64k that are read at a time; beyond: 503. One address: half")                              \
    X(max_spool, "max-spool", SIZE, 1048576, 1099511627776, "2048m",                                         \
      "octets of files that are on their way; beyond it: 503. One address: half")                            \
    X(file_sweep, "file-sweep", TIME, 100, 86400000, "1m",                                                   \
      "how often the octets of files that were deleted are removed")                                         \
    X(notify_interval, "notify-interval", TIME, 100, 86400000, "30s",                                        \
      "how often messages are looked for that another instance left untold when it died")                    \
    X(max_connections, "max-connections", NUMBER, 16, 1000000, "20000",                                      \
      "connections; each worker takes an equal share")                                                       \
    X(max_body, "max-body", SIZE, 1024, 67108864, "64k", "octets of a request body")                         \
    X(request_timeout, "request-timeout", TIME, 100, 600000, "10s",                                          \
      "from the first octet of a request to its last")                                                       \
    X(idle_timeout, "idle-timeout", TIME, 100, 3600000, "60s",                                               \
      "an HTTP connection without a request is kept so long")                                                \
    X(send_buffer, "send-buffer", SIZE, 4096, 67108864, "512k", "octets that may wait for one connection")   \
    X(send_timeout, "send-timeout", TIME, 100, 600000, "10s", "one write may take so long while more waits")

/* Times in milliseconds, sizes in octets. */
struct config {
#define TEXT                                            const char *
#define SECRET                                          const char *
#define NUMBER                                          int64_t
#define SIZE                                            int64_t
#define TIME                                            int64_t
#define SWITCH                                          bool
#define X(member, flag, kind, least, most, value, help) kind member;
    CONFIG_TABLE(X)
#undef X
#undef TEXT
#undef SECRET
#undef NUMBER
#undef SIZE
#undef TIME
#undef SWITCH
};

enum config_verdict {
    CONFIG_RUN,
    CONFIG_DONE,  /* --help, --version: nothing more to do, exit 0 */
    CONFIG_WRONG, /* said on `err`: exit 2 */
};

/* Texts are borrowed from arguments and environment. */
enum config_verdict config_read(struct config *c, int argc, char **argv, char **environment, FILE *out,
                                FILE *err);

#endif
