// SPDX-License-Identifier: MIT
#include "api/credentials.h"

#include "wire/authorization.h"
#include "wire/http_fields.h"
#include "wire/target.h"

static const struct slice names[CREDENTIALS] = {
    [CREDENTIAL_HANDSHAKE] = SLICE_INIT("handshake"), [CREDENTIAL_COOKIE] = SLICE_INIT("cookie"),
    [CREDENTIAL_TICKET] = SLICE_INIT("ticket"),       [CREDENTIAL_SUBPROTOCOL] = SLICE_INIT("subprotocol"),
    [CREDENTIAL_CONNECT] = SLICE_INIT("connect"),     [CREDENTIAL_PASSCODE] = SLICE_INIT("passcode"),
};

unsigned credential_named(struct slice name)
{
    for (unsigned i = 0; i < CREDENTIALS; i++) {
        if (slice_equals(name, names[i]))
            return 1u << i;
    }
    return 0;
}

static bool is_on(const struct api_options *options, enum credential kind)
{
    return kind == CREDENTIAL_COOKIE ? options->access_cookie : (options->credentials_off & 1u << kind) == 0;
}

/* ---- the handshake ---- */

/* Each finds its kind of token; false when there is none. */

/* Another scheme is somebody else's business, such as a proxy's. */
static bool find_authorization(const struct api_request *r, struct slice *token)
{
    static const struct slice scheme = SLICE_INIT("bearer");
    struct slice field = api_field(r, SLICE("authorization"));
    if (field.len < scheme.len || !slice_equals_nocase(slice_of(field.data, scheme.len), scheme))
        return false;
    if (!authorization_bearer(field, token))
        *token = SLICE(""); /* it is there, and no token */
    return true;
}

static bool find_cookie(const struct api_request *r, struct slice *token)
{
    return api_cookie(r, SLICE("ACCESS_TOKEN"), token);
}

static bool find_ticket(const struct api_request *r, struct slice *token)
{
    return target_query_find(r->http->query, SLICE("ticket"), token);
}

static bool find_subprotocol(const struct api_request *r, struct slice *token)
{
    static const struct slice prefix = SLICE_INIT("bearer.");
    struct slice value, offered;
    size_t i = 0;
    while (http1_head_field_next(r->http->head, r->http->base, SLICE("sec-websocket-protocol"), &i, &value)) {
        while (http_list_next(&value, &offered)) {
            if (!slice_starts_with(offered, prefix))
                continue;
            *token = slice_after(offered, prefix.len);
            return true;
        }
    }
    return false;
}

static bool find_token(const struct api_request *r, struct handshake_credentials *h)
{
    static bool (*const finders[])(const struct api_request *, struct slice *) = {
        [CREDENTIAL_HANDSHAKE] = find_authorization,
        [CREDENTIAL_COOKIE] = find_cookie,
        [CREDENTIAL_TICKET] = find_ticket,
        [CREDENTIAL_SUBPROTOCOL] = find_subprotocol,
    };
    for (unsigned i = 0; i < ARRAY_LEN(finders); i++) {
        if (!is_on(&r->api->shared->options, i) || !finders[i](r, &h->token))
            continue;
        h->kind = i;
        return true;
    }
    return false;
}

enum error credentials_of_handshake(const struct api_request *r, struct handshake_credentials *h)
{
    const struct chat *chat = &r->api->shared->chat[r->language];
    struct token_claims claims;
    *h = (struct handshake_credentials){.kind = CREDENTIALS};
    h->has_cookies = api_field(r, SLICE("cookie")).data != NULL;
    (void)api_cookie(r, SLICE("REFRESH_TOKEN"), &h->refresh);
    (void)api_cookie(r, SLICE("XSRF-TOKEN"), &h->csrf);
    if (!find_token(r, h))
        return ERR_NONE;
    enum token_kind kind = h->kind == CREDENTIAL_TICKET ? TOKEN_TICKET : TOKEN_ACCESS;
    enum error error =
        chat->tokens->read(chat->tokens, kind, h->token, chat->clock->wall(chat->clock), &claims);
    if (error != ERR_LOGIN_ENDED || h->kind != CREDENTIAL_COOKIE)
        return error;
    h->kind = CREDENTIALS;
    h->token = SLICE_NONE;
    return ERR_NONE;
}

/* ---- the note: kind, whether there were cookies, and three texts, each behind its length in two octets ---- */

enum { NOTE_TEXTS = 3, NOTE_HEAD = 2 };

static void add_text(struct buf *b, struct slice text)
{
    buf_append_octet(b, (unsigned char)(text.len >> 8));
    buf_append_octet(b, (unsigned char)(text.len & 0xFF));
    buf_append(b, text);
}

struct slice handshake_credentials_pack(struct arena *arena, const struct handshake_credentials *h)
{
    const struct slice texts[NOTE_TEXTS] = {h->token, h->refresh, h->csrf};
    struct buf b;
    if (h->kind == CREDENTIALS && !h->has_cookies)
        return SLICE_NONE;
    buf_init(&b, API_REQUEST_MEMORY);
    buf_append_octet(&b, (unsigned char)h->kind);
    buf_append_octet(&b, h->has_cookies);
    for (size_t i = 0; i < NOTE_TEXTS; i++)
        add_text(&b, texts[i].len > UINT16_MAX ? SLICE_NONE : texts[i]);
    struct slice note = buf_ok(&b) ? arena_copy(arena, buf_slice(&b)) : SLICE_NONE;
    buf_release(&b);
    return note;
}

static struct slice take_text(struct slice *rest)
{
    size_t len = (size_t)rest->data[0] << 8 | rest->data[1];
    struct slice text = len == 0 ? SLICE_NONE : slice_of(rest->data + 2, len);
    *rest = slice_after(*rest, 2 + len);
    return text;
}

struct handshake_credentials handshake_credentials_unpack(struct slice note)
{
    struct handshake_credentials h = {.kind = CREDENTIALS};
    if (note.len == 0)
        return h;
    struct slice rest = slice_after(note, NOTE_HEAD);
    h.kind = (enum credential)note.data[0];
    h.has_cookies = note.data[1] != 0;
    h.token = take_text(&rest);
    h.refresh = take_text(&rest);
    h.csrf = take_text(&rest);
    return h;
}

/* ---- CONNECT ---- */

/* The value of the configured header may have the scheme or not. */
static bool find_header(const struct api_options *options, const struct stomp_frame *frame,
                        struct slice *token)
{
    struct slice name = slice_from_string(options->connect_header), value;
    if (name.len == 0 || !stomp_frame_header(frame, name, &value))
        return false;
    if (!authorization_bearer(value, token))
        *token = value;
    return true;
}

static bool find_in_connect(const struct api_options *options, const struct stomp_credentials *connect,
                            struct handshake_credentials *h)
{
    h->kind = CREDENTIAL_CONNECT;
    if (is_on(options, CREDENTIAL_CONNECT) && connect->authorization.data != NULL) {
        if (!authorization_bearer(connect->authorization, &h->token))
            h->token = SLICE("");
        return true;
    }
    if (is_on(options, CREDENTIAL_CONNECT) && find_header(options, connect->frame, &h->token))
        return true;
    h->kind = CREDENTIAL_PASSCODE;
    h->token = connect->passcode;
    return is_on(options, CREDENTIAL_PASSCODE) && h->token.data != NULL;
}

/* SC-5: without a cookie no page of another site can have a browser log somebody in. */
static enum error check_csrf(const struct stomp_credentials *connect, const struct handshake_credentials *h)
{
    struct slice given;
    if (!h->has_cookies)
        return ERR_NONE;
    if (!stomp_frame_header(connect->frame, SLICE("X-XSRF-TOKEN"), &given) || !csrf_matches(h->csrf, given))
        return ERR_INVALID_CSRF_TOKEN;
    return ERR_NONE;
}

enum error credentials_of_connect(const struct api_options *options, const struct stomp_credentials *connect,
                                  struct handshake_credentials *chosen)
{
    struct handshake_credentials handshake = handshake_credentials_unpack(connect->handshake);
    *chosen = handshake;
    if (!find_in_connect(options, connect, chosen)) {
        chosen->kind = handshake.kind;
        chosen->token = handshake.token;
        if (chosen->kind == CREDENTIALS)
            return ERR_UNAUTHENTICATED;
    }
    if (chosen->token.len == 0)
        return ERR_INVALID_TOKEN;
    return options->stomp_csrf ? check_csrf(connect, chosen) : ERR_NONE;
}

/* ---- CSRF (SC-4) ---- */

/* The six bits of an octet of base64url (RFC 4648 section 5); -1: it is none. */
static int sextet(unsigned char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

/* Octets of it; 0 when it is none, or longer than there is room. */
static size_t decode(struct slice text, unsigned char *to, size_t room)
{
    size_t count = 0;
    unsigned bits = 0, held = 0;
    while (text.len > 0 && text.data[text.len - 1] == '=')
        text.len--;
    for (size_t i = 0; i < text.len; i++) {
        int six = sextet(text.data[i]);
        if (six < 0)
            return 0;
        held = (held << 6 | (unsigned)six) & 0xFFFF;
        bits += 6;
        if (bits < 8)
            continue;
        if (count == room)
            return 0;
        bits -= 8;
        to[count++] = (unsigned char)(held >> bits & 0xFF);
    }
    return count;
}

bool csrf_matches(struct slice cookie, struct slice given)
{
    enum { TOKEN = 128 };
    unsigned char octets[2 * TOKEN];
    if (cookie.len == 0 || cookie.len > TOKEN)
        return false;
    if (slice_equals_secret(cookie, given))
        return true;
    if (decode(given, octets, 2 * cookie.len) != 2 * cookie.len)
        return false;
    for (size_t i = 0; i < cookie.len; i++)
        octets[i] ^= octets[cookie.len + i];
    return slice_equals_secret(cookie, slice_of(octets, cookie.len));
}
