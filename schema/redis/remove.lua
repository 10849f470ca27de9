-- The login that owns a refresh token ends.
-- ARGV: call, id, presented, since when a previous one counts
-- Gives it, or nothing.
local call, id, presented, since = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local login, owned = read(id), {}
if login and (login.refresh == presented or (login.previous == presented and tonumber(login.rotated) > since)) then
  owned[1] = member(id, login.user)
end
return finish_all(call, owned)
