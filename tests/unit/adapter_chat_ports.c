// SPDX-License-Identifier: MIT
// The ports of chat/: bcrypt and JWT, and what tests and the simulation use in their place, do the same.
#include "adapter/bcrypt_passwords.h"
#include "adapter/jwt_tokens.h"
#include "support/memory_ports.h"
#include "support/passwords_port_test.h"
#include "support/test.h"
#include "support/tokens_port_test.h"

/* ---- passwords ---- */

static struct bcrypt_passwords bcrypt;
static struct memory_passwords memory_passwords;

static struct passwords *open_bcrypt(void)
{
    static const struct bcrypt_options cheap = {.cost = 4, .threads = 2, .queue = PASSWORDS_QUEUE, .nice = 0};
    CHECK(bcrypt_passwords_init(&bcrypt, &cheap, &random_system));
    return &bcrypt.port;
}

static void step_bcrypt(void)
{
    bcrypt_passwords_step(&bcrypt);
}

static void close_bcrypt(void)
{
    bcrypt_passwords_release(&bcrypt);
}

static struct passwords *open_memory(void)
{
    memory_passwords_init(&memory_passwords);
    memory_passwords.queue = PASSWORDS_QUEUE;
    return &memory_passwords.port;
}

static void nothing(void)
{
}

static const struct passwords_adapter bcrypt_adapter = {open_bcrypt, step_bcrypt, close_bcrypt},
                                      memory_adapter = {open_memory, nothing, nothing};

#define X(name, promise)                                                                                     \
    TEST(bcrypt_##name, promise)                                                                             \
    {                                                                                                        \
        passwords_port_##name(&bcrypt_adapter);                                                              \
    }                                                                                                        \
    TEST(memory_##name, promise)                                                                             \
    {                                                                                                        \
        passwords_port_##name(&memory_adapter);                                                              \
    }
PASSWORDS_PORT_PROMISES(X)
#undef X

/* ---- tokens ---- */

static struct jwt_tokens jwt;
static struct memory_tokens memory_tokens;

static struct tokens *open_jwt(void)
{
    struct secret access, refresh;
    CHECK(secret_set(&access, SLICE("access-access-access-access-1234")));
    CHECK(secret_set(&refresh, SLICE("refresh-refresh-refresh-refresh-")));
    jwt_tokens_init(&jwt, &access, &refresh);
    return &jwt.port;
}

static void close_jwt(void)
{
    jwt_tokens_release(&jwt);
}

static struct tokens *open_text(void)
{
    memory_tokens_init(&memory_tokens);
    return &memory_tokens.port;
}

static const struct tokens_adapter jwt_adapter = {open_jwt, close_jwt}, text_adapter = {open_text, nothing};

#define X(name, promise)                                                                                     \
    TEST(jwt_##name, promise)                                                                                \
    {                                                                                                        \
        tokens_port_##name(&jwt_adapter);                                                                    \
    }                                                                                                        \
    TEST(text_##name, promise)                                                                               \
    {                                                                                                        \
        tokens_port_##name(&text_adapter);                                                                   \
    }
TOKENS_PORT_PROMISES(X)
#undef X
