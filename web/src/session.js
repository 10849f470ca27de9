// Who is logged in. The access token lives in this module's memory only; what survives a reload is the server's HttpOnly cookie.
// Tabs of one browser share that cookie, so they tell each other about new tokens instead of taking them from one another.

import { formOf } from "./api.js";
import { ApiError } from "./errors.js";
import { fetchCsrfToken, request } from "./http.js";

const NEAR_EXPIRY_MS = 60_000;

export class Session {
  #token = null;
  #expiresAt = Infinity;
  #refreshing = null;
  #tabs = "BroadcastChannel" in window ? new BroadcastChannel("parley.session") : null;

  user = null;
  onStart = () => {};  // (user): logged in, also when another tab did it as somebody else
  onEnd = () => {};    // (key of a text that says why, or null): logged out

  constructor() {
    this.#tabs?.addEventListener("message", ({ data }) => {
      if (!this.user) return;
      if (data.jwt) this.#adopt(data.jwt);
      else this.#end(null);
    });
  }

  get token() { return this.#token; }

  /** True when the cookie of an earlier visit still logs us in. */
  async restore() {
    await fetchCsrfToken();
    return this.refresh();
  }

  async login(username, password) {
    const form = new FormData();
    form.set("username", username);
    form.set("password", password);
    this.#share(await request("POST", "/api/auth/login", { form }));
    fetchCsrfToken().catch(() => {});  // login rotates it
  }

  /** `picture` is a File or null. */
  async signUp(account, picture) {
    await request("POST", "/api/users", { form: formOf("userCreateRequest", account, "profile", picture ? [picture] : []) });
    await this.login(account.username, account.password);
  }

  async logout() {
    await request("POST", "/api/auth/logout");
    this.#tabs?.postMessage({});
    this.#end(null);
  }

  /** The account has a new name, picture or e-mail. */
  rename(user) { this.user = user; }

  /** The account is no more, and with it the login. */
  forget() {
    this.#tabs?.postMessage({});
    this.#end("accountDeleted");
  }

  /** One refresh at a time, shared by all who need it. False when the login is over; throws when the server cannot say. */
  refresh() {
    this.#refreshing ??= this.#refresh().finally(() => { this.#refreshing = null; });
    return this.#refreshing;
  }

  async #refresh() {
    try {
      this.#share(await request("POST", "/api/auth/refresh"));
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 403)) throw error;
      this.#end("sessionEnded");
      return false;
    }
  }

  /** A token with some life left; a new one if it has none or was `refused`. */
  async freshToken({ refused = false } = {}) {
    if (refused || this.#expiresAt - Date.now() < NEAR_EXPIRY_MS) await this.refresh();
    return this.#token;
  }

  /** An authorised request, tried once more with a new token when this one is refused. */
  async request(method, path, options = {}) {
    const token = this.#token;
    try {
      return await request(method, path, { ...options, token });
    } catch (error) {
      if (error.status !== 401) throw error;
      if (this.#token === token && !(await this.refresh())) throw error;
      return request(method, path, { ...options, token: this.#token });
    }
  }

  #share(jwt) {
    this.#adopt(jwt);
    this.#tabs?.postMessage({ jwt });
  }

  #adopt({ userDto, accessToken }) {
    const somebodyElse = this.user?.id !== userDto.id;
    this.#token = accessToken;
    this.#expiresAt = expiryOf(accessToken);
    this.user = userDto;
    if (somebodyElse) this.onStart(userDto);
  }

  #end(reason) {
    if (!this.user) return;
    this.#token = null;
    this.#expiresAt = Infinity;
    this.user = null;
    this.onEnd(reason);
  }
}

/** When a JWT ends, if it is one that we can read; the server decides anyway. */
function expiryOf(token) {
  try {
    const { exp } = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    return exp ? exp * 1000 : Infinity;
  } catch {
    return Infinity;
  }
}
