// A request whose body is long: fetch() does not say how far it has come, XMLHttpRequest does.

import { NetworkError } from "./errors.js";

/** Resolves to a Response, whatever its status; rejects with a NetworkError, or an AbortError once `signal` says so. */
export function upload(method, url, { headers, body, onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    xhr.addEventListener("load", () => resolve(new Response(xhr.responseText || null, {
      status: xhr.status, headers: { "Discodeit-Request-ID": xhr.getResponseHeader("Discodeit-Request-ID") ?? "" },
    })));
    xhr.addEventListener("error", () => reject(new NetworkError("unreachable")));
    xhr.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
    signal?.addEventListener("abort", () => xhr.abort(), { once: true });
    if (signal?.aborted) return reject(new DOMException("given up", "AbortError"));
    xhr.send(body);
  });
}
