/** @import {RefusedError} from "./errors.js" */
/** @import {LiveSocket} from "./live_socket.js" */
/** @import {MessageLog} from "./message_log.js" */
/** @import {Store} from "./storage.js" */
import { Delivery } from "./delivery.js";
import { PendingItems } from "./pending_items.js";
import { SenderLock } from "./sender_lock.js";
import { uuid } from "./uuid.js";
import { written } from "./written.js";

/** What waits for longer (ms) is sent by the tab that is looked at: the one that should send it may be asleep. */
const ASLEEP_MS = 10_000;

/**
 * @typedef {object} Pending
 * @property {string} client_id
 * @property {string | null} conversation null: it starts a chat
 * @property {string} command post_message or add_note, once there is a chat
 * @property {string} body "" where files alone are sent
 * @property {import("./files.js").FileFacts[]} [files] uploaded, and sent with it
 * @property {Record<string, any>} fields further fields of the command; of a message in a chat `seen`, up to where its author had seen it
 * @property {"sending" | "sent" | "failed" | "held"} state "sent": answered, its entry is not in the log yet; "held":
 *   it waits until `retry`, because it may still be taken back
 * @property {number} [due] until when it is held, milliseconds since 1970
 * @property {{code: string, message: string} | null} error why it failed: the server's own fixed words, or code
 *   "not_sent" when the link broke each time it was tried
 * @property {number} at milliseconds since 1970, for showing
 * @property {number} order
 * @property {number | null} position of its entry, once sent
 * @property {number} kills how often the link broke while it alone was under way
 */

/**
 * What was written here and is not in the log yet. Survives reloads; sent once and in typed order.
 *
 *     const outbox = new Outbox({ socket, storage: localStore, key: `outbox:${site}` });
 *     outbox.post(conversationId, "Hello");     // null instead of an id: start_conversation
 *     outbox.watch(log);                        // what the log shows leaves `pending`
 *
 * `pending`: signal of all waiting items of all chats, in typed order. Filter by `conversation`.
 */
export class Outbox {
  #items;
  #delivery;
  #lock;
  #stopHearing;
  #stopWatching;
  #lastOrder = 0;
  /** @type {any} */
  #timer;

  /**
   * @param {object} options
   * @param {LiveSocket} options.socket
   * @param {Store} options.storage
   * @param {string} options.key one per visitor and site, or per signed-in agent
   * @param {(started: any, item: Pending) => void} [options.onStarted] the reply of start_conversation:
   *   {conversation, position, snapshot, existing?}
   * @param {(item: Pending, error: RefusedError) => Partial<Pending> | null} [options.reroute] asked before an item
   *   fails for good: return e.g. {conversation: null} to send it as a new chat instead
   * @param {(error: RefusedError) => boolean} [options.isFinal] asked of what may succeed later: true, not to wait for
   *   that, where the person can do something else about it
   * @param {boolean} [options.oneLane] one person in one chat after another: typed order holds over all of them, also
   *   while it is not yet known which one a message belongs to
   * @param {LockManager | null} [options.locks] for tests
   */
  constructor({ socket, storage, key, onStarted = () => {}, reroute = () => null, isFinal = () => false, oneLane = false, locks }) {
    this.#items = new PendingItems(storage, key, () => this.#delivery.pump());
    this.pending = this.#items.list;
    this.#lock = new SenderLock(key, () => this.#delivery.pump(), storage.shared() ? locks : null);
    const may = () => this.#lock.held;
    this.#delivery = new Delivery({ items: this.#items, socket, may, oneLane, onStarted, reroute, isFinal });
    this.#stopHearing = socket.status.subscribe((status) => {
      if (status !== "online") return this.#lock.release();
      this.#delivery.fresh();
      this.#lock.want();
    });
    this.socket = socket;
    this.#stopWatching = this.pending.subscribe((items) => this.#lookAfter(items));
  }

  /**
   * @param {string | null} conversation
   * @param {string} body
   * @param {{command?: string, fields?: object, files?: import("./files.js").FileFacts[], held?: {state: "held", due: number}}} [how]
   *   command: "add_note" instead of post_message; fields: more of start_conversation when there is no chat yet; files:
   *   uploaded, to be sent with it
   * @returns {string} client_id
   */
  post(conversation, body, how = {}) {
    const item = { ...written(conversation, body, how, Math.max(this.#lastOrder, this.pending.peek().at(-1)?.order ?? 0)), ...how.held };
    this.#lastOrder = item.order;
    this.#sendHere();
    this.#items.put(item);
    this.#delivery.pump();
    return item.client_id;
  }

  /** Try a failed one again, or send one that was held, under the same client_id. @param {string} clientId */
  retry(clientId) {
    const item = this.#items.get(clientId);
    if (item?.state !== "failed" && item?.state !== "held") return;
    this.#sendHere();
    this.#items.remove(clientId);
    const client_id = item.error?.code === "id_reused" ? uuid() : clientId;
    this.#items.put({ ...item, client_id, state: "sending", error: null, kills: 0 });
    this.#delivery.pump();
  }

  /** Give one up. @param {string} clientId */
  discard(clientId) {
    const item = this.#items.get(clientId);
    this.#items.remove(clientId);
    if (item) this.#delivery.giveUp(item);
  }

  /** Items that this log shows leave `pending`. @param {MessageLog} log @returns {() => void} stop */
  watch(log) {
    return this.#items.watch(log);
  }

  /** Forget everything, e.g. on "end and forget". */
  clear() {
    this.#items.clear();
  }

  /** Stop sending and hearing. */
  close() {
    this.#stopHearing();
    this.#stopWatching();
    clearTimeout(this.#timer);
    this.#items.stop();
    this.#lock.release();
    this.#delivery.stop();
  }

  /** Whoever writes sends: another tab that holds the lock may be asleep. */
  #sendHere() {
    if (this.socket.status.peek() === "online") this.#lock.take();
  }

  /** @param {Pending[]} items */
  #lookAfter(items) {
    clearTimeout(this.#timer);
    if (!items.some(({ state }) => state === "sending")) return;
    this.#timer = setTimeout(() => this.socket.life.hidden() || this.#sendHere(), ASLEEP_MS);
  }
}
