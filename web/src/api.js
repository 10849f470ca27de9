// The calls of the server that need a login, by name.

export const PAGE_SIZE = 50;

export const createApi = (session) => ({
  users: () => session.request("GET", "/api/users"),
  channels: (userId) => session.request("GET", "/api/channels", { query: { userId } }),
  createPublic: (name, description) => session.request("POST", "/api/channels/public", { json: { name, description } }),
  createPrivate: (participantIds) => session.request("POST", "/api/channels/private", { json: { participantIds } }),
  /** Newest first; `cursor` asks for what comes after (is older than) an earlier page. */
  messages: (channelId, cursor) => session.request("GET", "/api/messages", {
    query: { channelId, ...(cursor ? { cursor } : {}), size: PAGE_SIZE, sort: "createdAt,desc" },
  }),
});
