-- All logins of a user end, but one.
-- ARGV: user, the one that is spared
-- Gives the ids of those that ended.
local user, spared = ARGV[1], ARGV[2]
local ended = {}
for _, id in ipairs(redis.call('ZRANGE', user_key(user), 0, -1)) do
  if id ~= spared then
    finish(id, user)
    ended[#ended + 1] = id
  end
end
return ended
