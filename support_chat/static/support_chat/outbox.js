/** @import {LiveSocket} from "./live_socket.js" */
/** @import {MessageLog} from "./message_log.js" */
/** @import {Store} from "./storage.js" */
import { signal } from "./vendor/preact.js";

/**
 * @typedef {object} Pending
 * @property {string} client_id
 * @property {string | null} conversation null: it starts a chat
 * @property {string} command post_message, add_note or start_conversation
 * @property {string} body
 * @property {object} fields further fields of the command
 * @property {"sending" | "sent" | "failed"} state "sent": answered, its entry is not in the log yet
 * @property {{code: string, message: string} | null} error why it failed; the server's own fixed words
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
  /**
   * @param {object} options
   * @param {LiveSocket} options.socket
   * @param {Store} options.storage
   * @param {string} options.key one per visitor and site, or per signed-in agent
   * @param {(started: any) => void} [options.onStarted] the reply of start_conversation: {conversation, position, snapshot, existing?}
   * @param {(item: Pending, error: import("./errors.js").RefusedError) => Partial<Pending> | null} [options.reroute]
   *   asked before an item fails for good: return e.g. {conversation: null} to send it as a new chat instead
   */
  constructor(options) {
    this.options = options;
    /** @type {import("./vendor/preact.js").Signal<Pending[]>} */
    this.pending = signal([]);
  }

  /**
   * @param {string | null} conversation
   * @param {string} body
   * @param {{command?: string, fields?: object}} [how] command: "add_note" …; by default post_message, or
   *   start_conversation when there is no chat yet
   * @returns {string} client_id
   */
  post(conversation, body, how = {}) {
    return "";
  }

  /** Try a failed one again, under the same client_id. @param {string} clientId */
  retry(clientId) {}

  /** Give one up. @param {string} clientId */
  discard(clientId) {}

  /** Items that this log shows leave `pending`. @param {MessageLog} log @returns {() => void} stop */
  watch(log) {
    return () => {};
  }

  /** Forget everything, e.g. "end and forget". */
  clear() {}

  /** Stop sending and listening. */
  close() {}
}
