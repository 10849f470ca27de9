-- How many live logins a user has.
-- ARGV: user, now
local user, now = ARGV[1], tonumber(ARGV[2])
local count = 0
for _, id in ipairs(redis.call('ZRANGE', user_key(user), 0, -1)) do
  local login = read(id)
  if login and tonumber(login.expires) > now then count = count + 1 end
end
return count
