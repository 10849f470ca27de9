-- All logins of a user end.
-- ARGV: user
-- Gives their ids.
local user = ARGV[1]
local ended = redis.call('ZRANGE', user_key(user), 0, -1)
for _, id in ipairs(ended) do finish(id, user) end
return ended
