// How a request fails.

/** The server said no. `details` maps fields, or whatever the error is about, to values. */
export class ApiError extends Error {
  constructor(status, body, requestId = null) {
    super(body?.message ?? "");
    this.status = status;
    this.code = body?.code ?? null;
    this.details = body?.details ?? {};
    this.at = body?.timestamp ?? null;
    this.requestId = requestId;
  }
}

/** The server said nothing. */
export class NetworkError extends Error {}

/** Whoever asked has thought better of it. */
export const isAborted = (error) => error?.name === "AbortError";
