-- The owner of a refresh token gets a new pair; who presents the same token again within the grace time gets the
-- pair that was issued for it.
-- ARGV: id, presented, access, refresh, issued, expires (of the new pair), now, since when a previous one counts
-- Gives the login, or nothing.
local id, presented, access, refresh, issued, expires = unpack(ARGV, 1, 6)
local now, since = tonumber(ARGV[7]), tonumber(ARGV[8])

local login = read(id)
if not login or tonumber(login.expires) <= now then return {} end
if login.refresh == presented then
  redis.call('HSET', login_key(id), 'access', access, 'refresh', refresh, 'previous', presented,
    'rotated', issued, 'expires', expires)
  keep(id, login.user, expires, now)
  return row(read(id))
end
-- `refresh` itself is there when this very rotation is asked again because its answer was lost.
if login.refresh == refresh then return row(login) end
if login.previous == presented and tonumber(login.rotated) > since then
  redis.call('HSET', login_key(id), 'told', login.refresh)
  return row(login)
end
return {}
