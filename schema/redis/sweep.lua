-- Some of the logins that have expired end, the earliest first.
-- ARGV: now, how many
-- Gives their ids.
local ended = {}
for _, one in ipairs(redis.call('ZRANGEBYSCORE', EXPIRY, '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])) do
  local id, user = one:match('^(.-):(.*)$')
  finish(id, user)
  ended[#ended + 1] = id
end
return ended
