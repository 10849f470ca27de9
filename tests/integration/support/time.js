// Waiting with deadlines. Nothing here sleeps in the hope that something has happened by then.

/** A sanitized server is slower: deadlines are multiplied by PARLEY_TEST_SLOWNESS. */
const SLOWNESS = Number(process.env.PARLEY_TEST_SLOWNESS || 1);
export const DEADLINE_MS = 8_000 * SLOWNESS;
export const slow = (ms) => ms * SLOWNESS;

/** The promise's value, or an error that says what was waited for. */
export function within(promise, what, ms = DEADLINE_MS) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${typeof what === "function" ? what() : what} within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Values that arrive at some time, taken in order by whoever waits for them. */
export class Inbox {
  #values = [];
  #waiting = [];
  #end = null;

  put(value) {
    const next = this.#waiting.shift();
    if (next) next.resolve(value);
    else this.#values.push(value);
  }

  /** Nothing comes any more: whoever waits gets this error. */
  end(error) {
    this.#end ??= error;
    for (const one of this.#waiting.splice(0)) one.reject(this.#end);
  }

  take(what = "value", ms = DEADLINE_MS) {
    if (this.#values.length > 0) return Promise.resolve(this.#values.shift());
    if (this.#end) return Promise.reject(this.#end);
    let entry;
    const arrival = new Promise((resolve, reject) => {
      entry = { resolve, reject };
      this.#waiting.push(entry);
    });
    return within(arrival, what, ms).catch((error) => {
      const at = this.#waiting.indexOf(entry);
      if (at >= 0) this.#waiting.splice(at, 1);
      throw error;
    });
  }

  /** What has arrived and was not taken. */
  get size() { return this.#values.length; }

  drain() { return this.#values.splice(0); }
}

/** A promise and the functions that settle it. */
export function deferred() {
  let resolve, reject;
  const promise = new Promise((yes, no) => { resolve = yes; reject = no; });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/** Asks again and again until the answer is truthy; for what has no event to wait for, such as a state behind REST. */
export async function eventually(ask, what, ms = DEADLINE_MS) {
  const until = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() >= until) throw new Error(`${what} did not come about within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
