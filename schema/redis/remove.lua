-- The login that owns a refresh token ends.
-- ARGV: id, presented, since when a previous one counts
-- Gives its id, or nothing.
local id, presented, since = ARGV[1], ARGV[2], tonumber(ARGV[3])

local login = read(id)
if not login then return {} end
if login.refresh ~= presented and not (login.previous == presented and tonumber(login.rotated) > since) then
  return {}
end
finish(id, login.user)
return { id }
