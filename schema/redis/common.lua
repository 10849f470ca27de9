-- In front of every other script of this folder. What the keys mean stands in docs/redis.md.
--
-- Instants are microseconds since 1970 by the clock of the instance that asks: 16 digits, which a double holds
-- exactly. They travel as text and come back as the text they were.

local prefix = KEYS[1]
local EXPIRY, FEED = prefix .. 'expiry', prefix .. 'feed'
local FIELDS = { 'user', 'access', 'refresh', 'previous', 'rotated', 'expires', 'told' }
local REMEMBERED = 24 * 3600 * 1000  -- milliseconds an end stays in the feed
local REFUSED = 60 * 1000            -- milliseconds for which a login that ended cannot be made again
local LEFT_TO_SWEEP = 3600 * 1000    -- milliseconds a login is kept after it has expired, for who tells its end

local function login_key(id) return prefix .. 'login:' .. id end
local function ended_key(id) return prefix .. 'ended:' .. id end
local function user_key(user) return prefix .. 'user:' .. user end
local function call_key(call) return prefix .. 'call:' .. call end
local function member(id, user) return id .. ':' .. user end

-- FIELDS by name; nil when there is no such login
local function read(id)
  local values = redis.call('HMGET', login_key(id), unpack(FIELDS))
  if not values[1] then return nil end
  local login = { id = id }
  for i, name in ipairs(FIELDS) do login[name] = values[i] or '' end
  return login
end

local function row(login)
  return { login.id, login.user, login.access, login.refresh, login.rotated, login.expires }
end

-- Its key and the one that lists it outlive it by LEFT_TO_SWEEP, whatever the clocks of this machine say.
local function keep(id, user, expires, now)
  local left = math.ceil(math.max(0, expires - now) / 1000) + LEFT_TO_SWEEP
  redis.call('ZADD', EXPIRY, expires, member(id, user))
  redis.call('PEXPIRE', login_key(id), left)
  if redis.call('PTTL', user_key(user)) < left then redis.call('PEXPIRE', user_key(user), left) end
end

local function tell(...)
  local time = redis.call('TIME')
  local oldest = time[1] * 1000 - REMEMBERED
  redis.call('XADD', FEED, 'MINID', '~', string.format('%.0f', oldest), '*', ...)
  redis.call('PEXPIRE', FEED, REMEMBERED)
end

local function finish(id, user)
  redis.call('DEL', login_key(id))
  redis.call('SET', ended_key(id), user, 'PX', REFUSED)
  redis.call('ZREM', user_key(user), id)
  redis.call('ZREM', EXPIRY, member(id, user))
  tell('event', 'ended', 'login', id, 'user', user)
end

-- Ends these logins, each written LOGIN:USER, and gives them back. A call that is made again, because its answer was lost,
-- ends nothing: it gives what it ended before.
local function finish_all(call, members)
  local said = redis.call('GET', call_key(call))
  if said then
    members = {}
    for one in said:gmatch('%S+') do members[#members + 1] = one end
    return members
  end
  for _, one in ipairs(members) do finish(one:match('^(.-):(.*)$')) end
  if #members > 0 then redis.call('SET', call_key(call), table.concat(members, ' '), 'PX', REFUSED) end
  return members
end
