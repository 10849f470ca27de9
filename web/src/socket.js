// The live connection: STOMP over one WebSocket, which comes back by itself. It watches one channel at a time.

import { Client, ReconnectionTimeMode } from "@stomp/stompjs";

const HEARTBEAT_MS = 10_000;
const FIRST_RETRY_MS = 800;
const LONGEST_RETRY_MS = 15_000;
const RECEIPT_WAIT_MS = 2_000;
const OFFLINE_AFTER = 3;  // failed attempts in a row

/** Spread over half to one and a half times, so that the clients of a restarted server do not all return at once. */
const jitter = (ms) => Math.round(ms * (0.5 + Math.random()));

export class Socket {
  #client;
  #watched = null;       // channel id
  #subscription = null;
  #failures = 0;
  #refused = false;      // the last CONNECT was answered by ERROR
  #waiting = false;      // between two attempts
  #serial = 0;

  /**
   * getToken({refused}) gives the token to connect with, null to give up. Handlers: onState("connected" | "connecting" | "offline"),
   * onOpen() after each connect, onMessage(MessageDto), onReceipt(id), onError({message, receipt}).
   */
  constructor(getToken, handlers) {
    this.handlers = handlers;
    const client = new Client({
      brokerURL: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`,
      heartbeatIncoming: HEARTBEAT_MS,
      heartbeatOutgoing: HEARTBEAT_MS,
      connectionTimeout: 10_000,
      discardWebsocketOnCommFailure: true,
      reconnectTimeMode: ReconnectionTimeMode.EXPONENTIAL,
      reconnectDelay: jitter(FIRST_RETRY_MS),
      maxReconnectDelay: jitter(LONGEST_RETRY_MS),
      beforeConnect: async () => {
        this.#waiting = false;
        client.reconnectDelay = jitter(FIRST_RETRY_MS);
        try {
          const token = await getToken({ refused: this.#refused });
          if (!token) return client.deactivate();
          client.connectHeaders = { Authorization: `Bearer ${token}` };
        } catch { /* the server is away: so will the socket be, and that is tried again */ }
      },
      onConnect: () => {
        this.#failures = 0;
        this.#refused = false;
        handlers.onState("connected");
        handlers.onOpen();
      },
      onStompError: (frame) => {
        this.#refused = !client.connected;
        handlers.onError({ message: frame.headers.message ?? "", receipt: frame.headers["receipt-id"] ?? null });
      },
      onUnhandledReceipt: (frame) => handlers.onReceipt(frame.headers["receipt-id"]),
      onWebSocketClose: () => {
        this.#subscription = null;
        this.#waiting = client.active;
        this.#failures += 1;
        if (client.active) handlers.onState(this.#failures > OFFLINE_AFTER || !navigator.onLine ? "offline" : "connecting");
      },
    });
    this.#client = client;
  }

  open() { this.#client.activate(); }

  /** For good; a new login makes a new socket. One that the server is closing already is not told of it. */
  close() { return this.#client.deactivate({ force: !this.#isOpen }); }

  get connected() { return this.#client.connected && this.#isOpen; }

  get #isOpen() { return this.#client.webSocket?.readyState === WebSocket.OPEN; }

  /** The user is back, or the network: do not wait out the delay. */
  async wake() {
    if (!this.#waiting) return;
    this.#waiting = false;
    await this.#client.deactivate({ force: true });
    this.#client.activate();
  }

  /** Listens to this channel instead of the last. Resolves once the server has confirmed it: what is said from then on arrives. */
  watch(channelId) {
    if (this.#subscription) {
      if (this.connected) this.#subscription.unsubscribe();
      this.#subscription = null;
    }
    this.#watched = channelId;
    if (!channelId || !this.connected) return Promise.resolve();
    const receipt = `watch-${channelId}-${++this.#serial}`;
    return new Promise((resolve) => {
      setTimeout(resolve, RECEIPT_WAIT_MS);
      this.#client.watchForReceipt(receipt, resolve);
      this.#subscription = this.#client.subscribe(`/sub/channels.${channelId}.messages`,
        (frame) => this.handlers.onMessage(JSON.parse(frame.body)), { receipt });
    });
  }

  /** The channel whose subscription asked for this receipt, if it is the one watched. */
  watchedBy(receipt) {
    return this.#watched && receipt?.startsWith(`watch-${this.#watched}-`) ? this.#watched : null;
  }

  /** Hands over one message; the server's word on it comes by onReceipt or onError. */
  publish(receipt, body) {
    this.#client.publish({ destination: "/pub/messages", headers: { receipt, "content-type": "application/json" }, body: JSON.stringify(body) });
  }
}
