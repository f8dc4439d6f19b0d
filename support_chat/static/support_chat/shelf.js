/** @import {Store} from "./storage.js" */
/** @import {Pending} from "./outbox.js" */

/**
 * Where unsent messages survive a reload: one stored value an item, because two tabs that rewrote one common list
 * would lose each other's lines.
 */
export class Shelf {
  /** @param {Store} store @param {string} key */
  constructor(store, key) {
    this.store = store;
    this.prefix = `${key}:`;
  }

  /** @returns {Pending[]} in typed order */
  all() {
    const items = this.store.keys(this.prefix).flatMap((key) => parse(this.store.get(key)));
    return items.sort((a, b) => a.order - b.order);
  }

  /** @param {Pending} item */
  put(item) {
    this.store.set(this.prefix + item.client_id, JSON.stringify(item));
  }

  /** @param {string} clientId */
  drop(clientId) {
    this.store.remove(this.prefix + clientId);
  }

  /** @param {(cleared: boolean) => void} fn another tab changed something, or threw everything away @returns {() => void} stop */
  watch(fn) {
    return this.store.watch(this.prefix, (key) => fn(key === null));
  }
}

/** @param {string | null} stored @returns {Pending[]} */
function parse(stored) {
  try {
    const item = JSON.parse(stored ?? "");
    return typeof item?.client_id === "string" && typeof item.body === "string" ? [item] : [];
  } catch {
    return [];
  }
}
