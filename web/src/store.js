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
  pending: [],       // {receipt, content, files, at, state: queued | sending | uploading | sent | failed, progress, reason}
  cursor: null,      // asks for what is older
  hasOlder: false,
  phase: "loading",  // loading | ready | failed
  loadingOlder: false,
});

export const initialState = (me) => ({
  me,
  users: [],
  channels: [],
  reads: {},         // channel id → ReadStatusDto; its id is null until the server has made it
  notices: [],       // NotificationDto, newest first
  currentId: null,
  timelines: {},     // channel id → timeline
  connection: "connecting",  // connected | connecting | offline
  wasConnected: false,
  listed: false,     // channels and users have come at least once
});

export const timelineOf = (state, channelId) => state.timelines[channelId] ?? EMPTY_TIMELINE;

/** `change` is what becomes different of the timeline, or a function of it that says so. */
export function updateTimeline(store, channelId, change) {
  store.set((state) => {
    const timeline = timelineOf(state, channelId);
    const next = { ...timeline, ...(typeof change === "function" ? change(timeline) : change) };
    return { timelines: { ...state.timelines, [channelId]: next } };
  });
}

/** The fresh value, or the known one where they say the same: what did not change is not drawn again. */
export const keepIfSame = (known, fresh) => (JSON.stringify(known) === JSON.stringify(fresh) ? known : fresh);
