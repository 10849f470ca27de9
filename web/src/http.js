// One request to the server: CSRF header, language, JSON or form body, and errors as exceptions.

import { ApiError, NetworkError, isAborted } from "./errors.js";
import { currentLanguage } from "./i18n.js";
import { upload } from "./upload.js";

function csrfToken() {
  const pair = document.cookie.split("; ").find((one) => one.startsWith("XSRF-TOKEN="));
  return pair ? decodeURIComponent(pair.slice("XSRF-TOKEN=".length)) : null;
}

export const fetchCsrfToken = () => request("GET", "/api/auth/csrf-token");

/**
 * `as: "blob"` gives the bytes instead of the JSON. With `onProgress` (0 to 1) the body goes out where its progress can be
 * seen; `signal` aborts either way with an AbortError.
 */
export async function request(method, path, { query, json, form, token, as = "json", onProgress, signal } = {}) {
  const headers = { Accept: as === "blob" ? "*/*" : "application/json", "Accept-Language": currentLanguage() };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") {
    if (!csrfToken()) await fetchCsrfToken();
    headers["X-XSRF-TOKEN"] = csrfToken() ?? "";
  }
  const url = query ? `${path}?${new URLSearchParams(query)}` : path;
  const body = form ?? (json === undefined ? undefined : JSON.stringify(json));
  const response = onProgress
    ? await upload(method, url, { headers, body, onProgress, signal })
    : await fetch(url, { method, headers, body, signal, cache: "no-store" }).catch(unreachable);
  if (!response.ok) {
    throw new ApiError(response.status, await response.json().catch(() => null), response.headers.get("Discodeit-Request-ID"));
  }
  if (as === "blob") return response.blob().catch(unreachable);
  return response.json().catch(() => null);  // 204, or a proxy's page
}

function unreachable(cause) {
  throw isAborted(cause) ? cause : new NetworkError("unreachable", { cause });
}
