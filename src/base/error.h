/* SPDX-License-Identifier: MIT
 *
 * base/error.h - every refusal Parley knows, once, for all layers.
 *
 * A row says how one cause looks on each protocol: the REST code and status (discodeit.md section 5), the one
 * short line of a STOMP ERROR frame (protocols.md SL-15) and the WebSocket close code that follows it (SL-16,
 * RFC 6455 7.4), and the message for people in Korean and English. Nothing else in the project writes such a
 * text.
 */
#ifndef PARLEY_BASE_ERROR_H
#define PARLEY_BASE_ERROR_H

#include <stdint.h>

/* name, HTTP status, close code, exceptionType, STOMP line, Korean, English */
#define ERROR_TABLE(X)                                                                                       \
    /* --- HTTP, RFC 9110 15.5, 15.6 and RFC 9112 --- */                                                     \
    X(BAD_REQUEST, 400, 1002, "BadRequestException", "malformed request", "잘못된 요청입니다.",              \
      "The request is malformed.")                                                                           \
    X(NOT_FOUND, 404, 1008, "NoResourceFoundException", "no such resource", "요청한 경로가 없습니다.",       \
      "There is nothing at this path.")                                                                      \
    X(METHOD_NOT_ALLOWED, 405, 1008, "HttpRequestMethodNotSupportedException", "method not allowed",         \
      "허용되지 않은 메서드입니다.", "The method is not allowed here.")                                      \
    X(REQUEST_TIMEOUT, 408, 1008, "RequestTimeoutException", "request timeout",                              \
      "요청 시간이 초과되었습니다.", "The request took too long to arrive.")                                 \
    X(LENGTH_REQUIRED, 411, 1002, "LengthRequiredException", "length required",                              \
      "Content-Length가 필요합니다.", "A Content-Length is required.")                                       \
    X(CONTENT_TOO_LARGE, 413, 1009, "MaxUploadSizeExceededException", "content too large",                   \
      "요청 본문이 너무 큽니다.", "The body is over the limit.")                                             \
    X(URI_TOO_LONG, 414, 1002, "UriTooLongException", "URI too long", "요청 주소가 너무 깁니다.",            \
      "The request target is over the limit.")                                                               \
    X(UNSUPPORTED_MEDIA_TYPE, 415, 1003, "HttpMediaTypeNotSupportedException", "unsupported media type",     \
      "지원하지 않는 형식입니다.", "The media type is not supported here.")                                  \
    X(UPGRADE_REQUIRED, 426, 1002, "UpgradeRequiredException", "WebSocket version 13 required",              \
      "WebSocket 버전 13이 필요합니다.", "WebSocket version 13 is required.")                                \
    X(HEADER_FIELDS_TOO_LARGE, 431, 1002, "HeaderFieldsTooLargeException", "header fields too large",        \
      "요청 헤더가 너무 큽니다.", "The header section is over the limit.")                                   \
    X(INTERNAL_SERVER_ERROR, 500, 1011, "InternalServerErrorException", "internal error",                    \
      "서버 내부 오류가 발생했습니다.", "Something went wrong inside the server.")                           \
    X(NOT_IMPLEMENTED, 501, 1002, "NotImplementedException", "not implemented", "지원하지 않는 기능입니다.", \
      "The request asks for something that is not implemented.")                                             \
    X(SERVICE_UNAVAILABLE, 503, 1013, "ServiceUnavailableException", "try again later",                      \
      "잠시 후 다시 시도해 주세요.", "The server cannot do this now; try again later.")                      \
    X(VERSION_NOT_SUPPORTED, 505, 1002, "HttpVersionNotSupportedException", "HTTP version not supported",    \
      "지원하지 않는 HTTP 버전입니다.", "This HTTP version is not supported.")                               \
    /* --- who may, discodeit.md 3 and 5.2 --- */                                                            \
    X(UNAUTHENTICATED, 401, 4401, "AuthenticationCredentialsNotFoundException", "not logged in",             \
      "로그인이 필요합니다.", "You are not logged in.")                                                      \
    X(INVALID_TOKEN, 401, 4401, "InvalidTokenException", "invalid token", "유효하지 않은 토큰입니다.",       \
      "The token is not valid.")                                                                             \
    X(LOGIN_ENDED, 401, 4401, "SessionExpiredException", "login ended", "로그인이 종료되었습니다.",          \
      "This login has ended.")                                                                               \
    X(INVALID_USER_CREDENTIALS, 401, 4401, "InvalidCredentialsException", "wrong username or password",      \
      "아이디 또는 비밀번호가 올바르지 않습니다.", "The username or password is wrong.")                     \
    X(TOO_MANY_LOGIN_ATTEMPTS, 429, 4429, "TooManyLoginAttemptsException", "too many login attempts",        \
      "로그인 시도가 너무 많습니다. 잠시 후 다시 시도해 주세요.",                                            \
      "Too many attempts to log in; try again later.")                                                       \
    X(AUTHORIZATION_DENIED, 403, 4403, "AuthorizationDeniedException", "not permitted", "권한이 없습니다.",  \
      "You may not do this.")                                                                                \
    X(LAST_ADMIN, 403, 4403, "LastAdminException", "the last administrator",                                 \
      "마지막 관리자입니다. 먼저 다른 관리자를 정해 주세요.",                                                \
      "This is the last administrator; appoint another one first.")                                          \
    X(INVALID_CSRF_TOKEN, 403, 4403, "InvalidCsrfTokenException", "invalid CSRF token",                      \
      "CSRF 토큰이 올바르지 않습니다.", "The CSRF token is missing or does not match.")                      \
    X(FORBIDDEN_ORIGIN, 403, 4403, "ForbiddenOriginException", "origin not allowed",                         \
      "허용되지 않은 출처입니다.", "This origin is not allowed.")                                            \
    /* --- the domain, discodeit.md 5.2 --- */                                                               \
    X(VALIDATION_ERROR, 400, 1002, "MethodArgumentNotValidException", "invalid body",                        \
      "입력값이 올바르지 않습니다.", "Some of the fields are not valid.")                                    \
    X(INVALID_REQUEST, 400, 1002, "InvalidRequestException", "invalid request", "잘못된 요청입니다.",        \
      "The request is not valid.")                                                                           \
    X(USER_NOT_FOUND, 404, 1008, "UserNotFoundException", "no such user", "사용자가 없습니다.",              \
      "There is no such user.")                                                                              \
    X(DUPLICATE_USER, 409, 1008, "DuplicateUserException", "user exists",                                    \
      "이미 사용 중인 이름 또는 이메일입니다.", "The username or e-mail is taken.")                          \
    X(CHANNEL_NOT_FOUND, 404, 1008, "ChannelNotFoundException", "no such channel", "채널이 없습니다.",       \
      "There is no such channel.")                                                                           \
    X(CHANNEL_LIMIT, 409, 1008, "ChannelLimitException", "too many channels", "개인 채널이 너무 많습니다.",  \
      "One of the participants has too many private channels.")                                              \
    X(PRIVATE_CHANNEL_UPDATE, 400, 1008, "PrivateChannelUpdateException", "private channels do not change",  \
      "비공개 채널은 수정할 수 없습니다.", "A private channel cannot be changed.")                           \
    X(MESSAGE_NOT_FOUND, 404, 1008, "MessageNotFoundException", "no such message", "메시지가 없습니다.",     \
      "There is no such message.")                                                                           \
    X(READ_STATUS_NOT_FOUND, 404, 1008, "ReadStatusNotFoundException", "no such read status",                \
      "읽음 상태가 없습니다.", "There is no such read status.")                                              \
    X(NOTIFICATION_NOT_FOUND, 404, 1008, "NotificationNotFoundException", "no such notification",            \
      "알림이 없습니다.", "There is no such notification.")                                                  \
    X(NOTIFICATION_FORBIDDEN, 403, 4403, "NotificationForbiddenException", "not your notification",          \
      "다른 사용자의 알림입니다.", "This notification is another user's.")                                   \
    X(BINARY_CONTENT_NOT_FOUND, 404, 1008, "BinaryContentNotFoundException", "no such file",                 \
      "파일이 없습니다.", "There is no such file.")                                                          \
    /* --- RFC 6455 --- */                                                                                   \
    X(WS_PROTOCOL, 400, 1002, "WebSocketException", "WebSocket protocol error",                              \
      "WebSocket 프로토콜 오류입니다.", "The peer broke the WebSocket protocol.")                            \
    X(WS_TEXT, 400, 1007, "WebSocketException", "text is not UTF-8", "UTF-8이 아닌 텍스트입니다.",           \
      "A text message is not valid UTF-8.")                                                                  \
    X(WS_TOO_BIG, 413, 1009, "WebSocketException", "message too big", "메시지가 너무 큽니다.",               \
      "The message is over the limit.")                                                                      \
    X(PONG_TIMEOUT, 408, 1002, "WebSocketException", "no pong in time", "응답이 없습니다.",                  \
      "The peer has not answered a ping.")                                                                   \
    /* --- STOMP 1.2 --- */                                                                                  \
    X(STOMP_COMMAND, 400, 1002, "StompException", "unknown command", "알 수 없는 STOMP 명령입니다.",         \
      "The STOMP command is unknown.")                                                                       \
    X(STOMP_HEADER, 400, 1002, "StompException", "malformed header", "STOMP 헤더 형식이 잘못되었습니다.",    \
      "A STOMP header line is malformed.")                                                                   \
    X(STOMP_ESCAPE, 400, 1002, "StompException", "undefined escape in header",                               \
      "STOMP 헤더에 잘못된 이스케이프가 있습니다.", "A STOMP header has an undefined escape.")               \
    X(STOMP_LENGTH, 400, 1002, "StompException", "malformed content-length",                                 \
      "STOMP content-length가 잘못되었습니다.", "The STOMP content-length is malformed.")                    \
    X(STOMP_BODY, 400, 1002, "StompException", "body not allowed or not ended by NUL",                       \
      "STOMP 본문 형식이 잘못되었습니다.", "The STOMP body is not allowed here or not ended by NUL.")        \
    X(STOMP_TEXT, 400, 1002, "StompException", "header is not UTF-8", "STOMP 헤더가 UTF-8이 아닙니다.",      \
      "A STOMP header is not UTF-8.")                                                                        \
    X(STOMP_TOO_MANY_HEADERS, 400, 1002, "StompException", "too many headers",                               \
      "STOMP 헤더가 너무 많습니다.", "The STOMP frame has too many headers.")                                \
    X(STOMP_LINE_TOO_LONG, 400, 1002, "StompException", "header line too long", "STOMP 헤더가 너무 깁니다.", \
      "A STOMP header line is over the limit.")                                                              \
    X(STOMP_TOO_BIG, 413, 1009, "StompException", "frame too big", "STOMP 프레임이 너무 큽니다.",            \
      "The STOMP frame is over the limit.")                                                                  \
    X(STOMP_NOISE, 400, 1002, "StompException", "too many NULs between frames",                              \
      "STOMP 프레임 사이에 NUL이 너무 많습니다.", "Too many NULs between STOMP frames.")                     \
    X(STOMP_SERVER_FRAME, 400, 1002, "StompException", "server frame from a client",                         \
      "서버 전용 STOMP 프레임입니다.", "Only servers send this STOMP frame.")                                \
    X(STOMP_MISSING_HEADER, 400, 1002, "StompException", "required header missing",                          \
      "필수 STOMP 헤더가 없습니다.", "A required STOMP header is missing.")                                  \
    X(STOMP_BAD_VALUE, 400, 1002, "StompException", "bad header value", "STOMP 헤더 값이 잘못되었습니다.",   \
      "A STOMP header has a bad value.")                                                                     \
    X(STOMP_NOT_CONNECTED, 400, 1002, "StompException", "CONNECT must come first",                           \
      "먼저 CONNECT가 필요합니다.", "CONNECT must be the first STOMP frame.")                                \
    X(STOMP_ALREADY_CONNECTED, 400, 1002, "StompException", "already connected", "이미 연결되어 있습니다.",  \
      "This STOMP session is connected already.")                                                            \
    X(STOMP_VERSION, 400, 1002, "StompException", "supported versions are 1.2",                              \
      "지원하는 STOMP 버전은 1.2입니다.", "The STOMP versions supported are 1.2.")                           \
    X(STOMP_UNSUPPORTED, 400, 1002, "StompException", "not supported here",                                  \
      "지원하지 않는 STOMP 기능입니다.", "This STOMP feature is not supported.")                             \
    X(STOMP_NO_ROUTE, 404, 1008, "StompException", "no handler for this destination",                        \
      "처리할 대상이 없습니다.", "Nothing handles this destination.")                                        \
    X(STOMP_TIMEOUT, 408, 1002, "StompException", "Session closed.", "세션이 종료되었습니다.",               \
      "Nothing was heard of the client.")                                                                    \
    X(CONNECT_TIMEOUT, 408, 4500, "StompException", "no CONNECT in time",                                    \
      "CONNECT가 제시간에 오지 않았습니다.", "CONNECT has not come in time.")                                \
    /* --- limits, protocols.md 1.13 --- */                                                                  \
    X(SEND_LIMIT, 503, 4500, "SessionLimitExceededException", "send limit exceeded",                         \
      "전송 한도를 초과했습니다.", "The client reads too slowly: the send limit was reached.")               \
    X(RATE_LIMIT, 429, 4429, "SessionLimitExceededException", "too many", "한도를 초과했습니다.",            \
      "A limit of this connection was reached.")                                                             \
    X(POSITION_GONE, 410, 1008, "PositionGoneException", "missed messages are gone",                         \
      "놓친 메시지가 더 이상 없습니다.", "What was missed is no longer kept; load it anew.")                 \
    X(OUT_OF_MEMORY, 503, 1013, "OutOfMemoryException", "out of memory", "메모리가 부족합니다.",             \
      "There was no memory for this.")                                                                       \
    X(CONNECTION_LOST, 503, 1006, "ConnectionLostException", "connection lost", "연결이 끊어졌습니다.",      \
      "The connection broke, or ended without a farewell.")                                                  \
    X(GOING_AWAY, 503, 1001, "ServerShutdownException", "server is going away", "서버가 종료됩니다.",        \
      "The server is going away.")

enum error {
    ERR_NONE,
#define X(name, status, close, type, line, ko, en) ERR_##name,
    ERROR_TABLE(X)
#undef X
        ERR_COUNT
};

enum language { LANGUAGE_KOREAN, LANGUAGE_ENGLISH, LANGUAGE_COUNT };

struct error_row {
    const char *code;                    /* REST `code` */
    uint16_t status, close;              /* HTTP status, WebSocket close code */
    const char *type;                    /* REST `exceptionType` */
    const char *line;                    /* STOMP `message`, close reason */
    const char *message[LANGUAGE_COUNT]; /* REST `message` */
};

/* The row of an error other than ERR_NONE. Static. Any thread. */
const struct error_row *error_row(enum error e);

#endif
