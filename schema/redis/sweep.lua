-- Some of the logins that have expired end, the earliest first.
-- ARGV: call, now, how many
-- Gives them.
return finish_all(ARGV[1], redis.call('ZRANGEBYSCORE', EXPIRY, '-inf', ARGV[2], 'LIMIT', 0, ARGV[3]))
