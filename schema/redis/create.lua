-- A login begins, and ends the oldest ones of its user over the maximum. Made again, it stays as it is.
-- ARGV: id, user, access, refresh, issued, expires, now, how many may live
-- Gives the ids of those that ended; nil when the login itself has ended meanwhile, which an instance learns that
-- asks again because the first answer was lost.
local id, user, access, refresh, issued, expires = unpack(ARGV, 1, 6)
local now, live = tonumber(ARGV[7]), tonumber(ARGV[8])

if redis.call('EXISTS', ended_key(id)) == 1 then return nil end
local others = {}
for _, other in ipairs(redis.call('ZRANGE', user_key(user), 0, -1)) do
  if other ~= id then others[#others + 1] = other end
end
local ended = {}
for i = 1, #others - (live - 1) do
  finish(others[i], user)
  ended[#ended + 1] = others[i]
end
if redis.call('EXISTS', login_key(id)) == 0 then
  redis.call('HSET', login_key(id), 'user', user, 'access', access, 'refresh', refresh, 'previous', '',
    'issued', issued, 'rotated', issued, 'expires', expires)
  redis.call('ZADD', user_key(user), issued, id)
  keep(id, user, expires, now)
  tell('event', 'began', 'login', id, 'user', user, 'expires', expires)
end
return ended
