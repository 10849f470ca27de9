// The calls of the server that need a login, by name.

export const PAGE_SIZE = 50;

const jsonPart = (value) => new Blob([JSON.stringify(value)], { type: "application/json" });

/** A form of one JSON part and any number of files under one name. Also what signing up sends. */
export function formOf(part, value, fileName, files) {
  const form = new FormData();
  form.set(part, jsonPart(value));
  for (const file of files) form.append(fileName, file, file.name);
  return form;
}

export const createApi = (session) => ({
  users: () => session.request("GET", "/api/users"),
  /** `change`: newUsername, newEmail, newPassword, whichever there are; `picture` a File or null. */
  updateUser: (id, change, picture) => session.request("PATCH", `/api/users/${id}`, {
    form: formOf("userUpdateRequest", change, "profile", picture ? [picture] : []),
  }),
  deleteUser: (id) => session.request("DELETE", `/api/users/${id}`),
  setRole: (userId, newRole) => session.request("PUT", "/api/auth/role", { json: { userId, newRole } }),

  channels: (userId) => session.request("GET", "/api/channels", { query: { userId } }),
  createPublic: (name, description) => session.request("POST", "/api/channels/public", { json: { name, description } }),
  createPrivate: (participantIds) => session.request("POST", "/api/channels/private", { json: { participantIds } }),
  updateChannel: (id, newName, newDescription) => session.request("PATCH", `/api/channels/${id}`, { json: { newName, newDescription } }),
  deleteChannel: (id) => session.request("DELETE", `/api/channels/${id}`),

  /** Newest first; `cursor` asks for what comes after (is older than) an earlier page. */
  messages: (channelId, cursor) => session.request("GET", "/api/messages", {
    query: { channelId, ...(cursor ? { cursor } : {}), size: PAGE_SIZE, sort: "createdAt,desc" },
  }),
  /** With files; what is only text goes over the socket. `watch`: {onProgress(0..1), signal}. */
  createMessage: (message, files, watch) => session.request("POST", "/api/messages", {
    form: formOf("messageCreateRequest", message, "attachments", files), ...watch,
  }),
  updateMessage: (id, newContent) => session.request("PATCH", `/api/messages/${id}`, { json: { newContent } }),
  deleteMessage: (id) => session.request("DELETE", `/api/messages/${id}`),

  readStatuses: (userId) => session.request("GET", "/api/readStatuses", { query: { userId } }),
  createReadStatus: (userId, channelId, lastReadAt) => session.request("POST", "/api/readStatuses", { json: { userId, channelId, lastReadAt } }),
  /** Null leaves a value as it is. */
  updateReadStatus: (id, { lastReadAt = null, notificationEnabled = null }) => session.request("PATCH", `/api/readStatuses/${id}`, {
    json: { newLastReadAt: lastReadAt, newNotificationEnabled: notificationEnabled },
  }),

  notifications: () => session.request("GET", "/api/notifications"),
  deleteNotification: (id) => session.request("DELETE", `/api/notifications/${id}`),

  file: (id) => session.request("GET", `/api/binaryContents/${id}`),
  /** The bytes, as a Blob. */
  download: (id) => session.request("GET", `/api/binaryContents/${id}/download`, { as: "blob" }),
});
