// The state of the page: one object, replaced part by part. Whoever subscribed hears of it once per turn, however many parts changed.

export function createStore(initial) {
  let state = initial;
  let scheduled = false;
  const listeners = new Set();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...(typeof change === "function" ? change(state) : change) };
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        for (const listener of [...listeners]) listener(state);
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
  };
}

export const EMPTY_TIMELINE = Object.freeze({
  messages: [],      // oldest first, each id once
  pending: [],       // {receipt, content, at, state: queued | sending | sent | failed, reason}
  cursor: null,      // asks for what is older
  hasOlder: false,
  phase: "loading",  // loading | ready | failed
  loadingOlder: false,
});

export const initialState = (me) => ({
  me,
  users: [],
  channels: [],
  currentId: null,
  timelines: {},     // channel id → timeline
  seen: {},          // channel id → instant of the newest message that was looked at
  connection: "connecting",  // connected | connecting | offline
  wasConnected: false,
  listed: false,     // channels and users have come at least once
});

export const timelineOf = (state, channelId) => state.timelines[channelId] ?? EMPTY_TIMELINE;
