-- A rotation whose answer was lost is taken back: nobody has the new pair, so the old refresh token must not die of it.
-- Unless it was not done, or another one who presented the same token has got the pair meanwhile.
-- ARGV: id, presented, refresh (of the pair that nobody got), now
local id, presented, refresh, now = unpack(ARGV, 1, 4)

local login = read(id)
if login and login.refresh == refresh and login.told ~= refresh then
  redis.call('HSET', login_key(id), 'refresh', presented, 'previous', refresh, 'rotated', now)
end
return 0
