-- SPDX-License-Identifier: MIT
-- The functions of Parley's SQL (docs/sql-functions.md): pieces of protobuf messages, made inside the transaction.

CREATE FUNCTION pb_varint(n bigint) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    octets bytea := '';
BEGIN
    WHILE n >= 128 LOOP
        octets := octets || set_byte('\x00'::bytea, 0, (n & 127 | 128)::int);
        n := n >> 7;
    END LOOP;
    RETURN octets || set_byte('\x00'::bytea, 0, n::int);
END $$;

CREATE FUNCTION pb_message(field int, octets bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(pb_varint(field::bigint << 3 | 2) || pb_varint(length(octets)) || octets, '')
$$;

CREATE FUNCTION pb_text(field int, value text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pb_message(field, convert_to(value, 'UTF8'))
$$;

CREATE FUNCTION pb_int(field int, value bigint) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(pb_varint(field::bigint << 3) || pb_varint(value), '')
$$;

CREATE FUNCTION pb_id(field int, value uuid) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN value IS NULL THEN '' ELSE pb_message(field, pb_message(1, uuid_send(value))) END
$$;

-- Microseconds since 1970 as sint64. All operators on bits have the same rank.
CREATE FUNCTION pb_instant(field int, value timestamptz) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN value IS NULL THEN '' ELSE pb_message(field, pb_int(1, (n << 1) # (n >> 63))) END
    FROM (SELECT (EXTRACT(EPOCH FROM value) * 1000000)::bigint AS n) AS microseconds
$$;

CREATE FUNCTION pb_cat(VARIADIC pieces bytea[]) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(string_agg(piece, '' ORDER BY place), '')
    FROM unnest(pieces) WITH ORDINALITY AS all_of_them(piece, place)
$$;

CREATE AGGREGATE pb_join(bytea) (SFUNC = byteacat, STYPE = bytea, INITCOND = '');

CREATE FUNCTION audience_with(so_far text, id uuid) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN so_far = '' THEN id::text ELSE so_far || ',' || id::text END
$$;

CREATE AGGREGATE audience_of(uuid) (SFUNC = audience_with, STYPE = text, INITCOND = '');

-- n - 1 is added to the last four octets, which wrap.
CREATE FUNCTION event_id(first uuid, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT encode(substring(octets FROM 1 FOR 12) || substring(int8send(
               ('x' || encode(substring(octets FROM 13 FOR 4), 'hex'))::bit(32)::bigint + n - 1) FROM 5 FOR 4), 'hex')::uuid
    FROM (SELECT uuid_send(first) AS octets) AS given
$$;

-- The time of the n-th event that comes to a stream now: later than all before it.
CREATE FUNCTION event_time(last timestamptz, now timestamptz, n bigint)
RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN last >= now THEN last ELSE now - interval '1 microsecond' END + n * interval '1 microsecond'
$$;
