-- A login begins, and ends the oldest ones of its user over the maximum. Made again, it stays as it is.
-- ARGV: call, id, user, access, refresh, issued, expires, now, how many may live
-- Gives those that ended; nil when the login itself has ended meanwhile, which an instance learns that asks again because
-- the first answer was lost.
local call, id, user, access, refresh, issued, expires = unpack(ARGV, 1, 7)
local now, live = tonumber(ARGV[8]), tonumber(ARGV[9])

if redis.call('EXISTS', ended_key(id)) == 1 then return nil end
local others = {}
for _, other in ipairs(redis.call('ZRANGE', user_key(user), 0, -1)) do
  if other ~= id then others[#others + 1] = other end
end
local over = {}
for i = 1, #others - (live - 1) do over[i] = member(others[i], user) end
local ended = finish_all(call, over)
if redis.call('EXISTS', login_key(id)) == 0 then
  redis.call('HSET', login_key(id), 'user', user, 'access', access, 'refresh', refresh, 'previous', '',
    'issued', issued, 'rotated', issued, 'expires', expires)
  redis.call('ZADD', user_key(user), issued, id)
  keep(id, user, expires, now)
  tell('event', 'began', 'login', id, 'user', user, 'expires', expires)
end
return ended
