/** @import {MessageLog} from "./message_log.js" */
/** @import {Pending} from "./outbox.js" */
/** @import {Store} from "./storage.js" */
import { Shelf } from "./shelf.js";
import { effect, signal, untracked } from "./vendor/preact.js";

/** Answered, so its entry is on the way; should it never come, the item does not stay for ever. */
const SENT_KEPT_MS = 60_000;
/** The same when another tab sent it. */
const SENT_ELSEWHERE_KEPT_MS = 5_000;

/** The outbox's items: here, on the shelf, and as other tabs change them. Items are never changed in place. */
export class PendingItems {
  /** @type {Map<string, Pending>} */
  #items;

  /**
   * @param {Store} store
   * @param {string} key
   * @param {() => void} onElsewhere another tab changed something
   */
  constructor(store, key, onElsewhere) {
    this.shelf = new Shelf(store, key);
    this.#items = new Map(this.shelf.all().map((item) => [item.client_id, item]));
    /** @type {import("./vendor/preact.js").Signal<Pending[]>} */
    this.list = signal([...this.#items.values()]);
    this.stop = this.shelf.watch((cleared) => {
      // Somebody emptied the storage, who cannot have meant what is not sent yet.
      if (cleared) this.list.peek().forEach((item) => this.put(item));
      this.#readShelf();
      onElsewhere();
    });
  }

  /** @param {string} clientId */
  get(clientId) {
    return this.#items.get(clientId);
  }

  /** @param {Pending} item */
  put(item) {
    this.#items.set(item.client_id, item);
    if (item.state === "sent") this.shelf.drop(item.client_id);
    else this.shelf.put(item);
    this.#publish();
  }

  /** Nothing happens when it was discarded meanwhile. @param {string} clientId @param {Partial<Pending>} changes */
  change(clientId, changes) {
    const item = this.get(clientId);
    if (!item) return;
    if (changes.client_id && changes.client_id !== clientId) this.remove(clientId);
    this.put({ ...item, ...changes });
  }

  /** @param {string} clientId */
  remove(clientId) {
    this.shelf.drop(clientId);
    if (this.#items.delete(clientId)) this.#publish();
  }

  clear() {
    for (const clientId of [...this.#items.keys()]) this.remove(clientId);
  }

  /** @param {string} clientId @param {number | null} position */
  sent(clientId, position, keptFor = SENT_KEPT_MS) {
    this.change(clientId, { state: "sent", error: null, position });
    setTimeout(() => this.get(clientId)?.state === "sent" && this.remove(clientId), keptFor);
  }

  /** A chat was started: whatever was written for a new one belongs to it. @param {string} conversation */
  started(conversation) {
    for (const item of this.list.peek()) {
      if (item.conversation === null) this.change(item.client_id, { conversation, fields: {} });
    }
  }

  /** What this log shows is pending no more. @param {MessageLog} log @returns {() => void} stop */
  watch(log) {
    return effect(() => {
      const shown = this.list.value.filter((item) => log.entries.value && isShown(item, log));
      untracked(() => shown.forEach((item) => this.remove(item.client_id)));
    });
  }

  #readShelf() {
    const stored = new Map(this.shelf.all().map((item) => [item.client_id, item]));
    const renamed = new Set([...stored.values()].map(({ order }) => order));
    for (const item of this.list.peek()) {
      if (stored.has(item.client_id) || item.state === "sent") continue;
      if (item.state === "sending" && !renamed.has(item.order)) this.sent(item.client_id, null, SENT_ELSEWHERE_KEPT_MS);
      else this.#items.delete(item.client_id);
    }
    for (const item of stored.values()) {
      if (this.get(item.client_id)?.state !== "sent") this.#items.set(item.client_id, item);
    }
    this.#publish();
  }

  #publish() {
    this.list.value = [...this.#items.values()].sort((a, b) => a.order - b.order);
  }
}

/** @param {Pending} item @param {MessageLog} log */
function isShown(item, log) {
  const answered = item.position !== null && item.conversation === log.conversation;
  return log.has(item.client_id) || (answered && log.position >= /** @type {number} */ (item.position));
}
