// One request to the server: CSRF header, language, JSON or form body, and errors as exceptions.

import { currentLanguage } from "./i18n.js";

/** The server said no. `details` maps fields to reasons. */
export class ApiError extends Error {
  constructor(status, body) {
    super(body?.message ?? "");
    this.status = status;
    this.code = body?.code ?? null;
    this.details = body?.details ?? {};
  }
}

/** The server said nothing. */
export class NetworkError extends Error {}

function csrfToken() {
  const pair = document.cookie.split("; ").find((one) => one.startsWith("XSRF-TOKEN="));
  return pair ? decodeURIComponent(pair.slice("XSRF-TOKEN=".length)) : null;
}

export const fetchCsrfToken = () => request("GET", "/api/auth/csrf-token");

export async function request(method, path, { query, json, form, token } = {}) {
  const headers = { Accept: "application/json", "Accept-Language": currentLanguage() };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") {
    if (!csrfToken()) await fetchCsrfToken();
    headers["X-XSRF-TOKEN"] = csrfToken() ?? "";
  }
  const url = query ? `${path}?${new URLSearchParams(query)}` : path;
  let response;
  try {
    response = await fetch(url, { method, headers, body: form ?? (json === undefined ? undefined : JSON.stringify(json)), cache: "no-store" });
  } catch (cause) {
    throw new NetworkError("unreachable", { cause });
  }
  const body = await response.json().catch(() => null);  // 204, or a proxy's page
  if (!response.ok) throw new ApiError(response.status, body);
  return body;
}
