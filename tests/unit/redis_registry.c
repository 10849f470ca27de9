// SPDX-License-Identifier: MIT
// The promises of every registry, over a real Redis.
#include "adapter/redis_registry.h"
#include "support/redis_world.h"

static const struct registry_adapter adapter = {redis_world_open, redis_world_close, redis_world_set_live};

#define X(name, promise)                                                                                     \
    TEST(name, promise)                                                                                      \
    {                                                                                                        \
        registry_port_##name(&adapter);                                                                      \
    }
REGISTRY_PORT_PROMISES(X)
#undef X
