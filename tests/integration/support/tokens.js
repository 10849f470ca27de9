// JWTs as nobody should make them: of a real one, with other claims, another header, another key (RFC 7515, RFC 7519).

import { createHmac } from "node:crypto";

/** Keys for a server whose tokens a test signs itself. */
export const KEYS = { access: "tests-access-key-tests-access-key-1", refresh: "tests-refresh-key-tests-refresh-key" };
export const keyFlags = { "jwt-access-secret": KEYS.access, "jwt-refresh-secret": KEYS.refresh };

export const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
export const decode = (token, part) => JSON.parse(Buffer.from(token.split(".")[part], "base64url"));

/** Signs header and claims, which may be any text, by HMAC with this hash. */
export function sign(header, claims, key, hash = "sha256") {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac(hash, key).update(input).digest("base64url")}`;
}

/** The token with some claims changed (undefined: left out), signed as the server does. */
export const resign = (token, claims, key = KEYS.access) => sign(decode(token, 0), { ...decode(token, 1), ...claims }, key);
/** As it would be after its time. */
export const expired = (token, key = KEYS.access) => resign(token, { exp: Math.floor(Date.now() / 1000) - 60 }, key);
