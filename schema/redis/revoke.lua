-- All logins of a user end, but one.
-- ARGV: call, user, the one that is spared
-- Gives those that ended.
local call, user, spared = ARGV[1], ARGV[2], ARGV[3]
local others = {}
for _, id in ipairs(redis.call('ZRANGE', user_key(user), 0, -1)) do
  if id ~= spared then others[#others + 1] = member(id, user) end
end
return finish_all(call, others)
