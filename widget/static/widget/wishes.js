/** @import {Store} from "../support_chat/storage.js" */
import { signal } from "../support_chat/vendor/preact.js";

/**
 * What the visitor asked for, or would rather not be asked, of one chat; kept through a reload and shared with their other tabs.
 * @typedef {{chat: string, ring?: boolean, email?: boolean, unrated?: boolean}} Wish email: they left an
 * address; the server has it. unrated: they would rather not say how it was
 */

export class Wishes {
  /** @param {Store} store @param {string} key */
  constructor(store, key) {
    this.store = store;
    this.key = key;
    this.kept = signal(this.read());
    store.watch(key, () => (this.kept.value = this.read()));
  }

  /** @param {string} chat @returns {Partial<Wish>} */
  of(chat) {
    return this.kept.value.chat === chat ? this.kept.value : {};
  }

  /** @param {string} chat @param {Partial<Wish>} more */
  add(chat, more) {
    this.kept.value = { ...this.of(chat), ...more, chat };
    this.store.set(this.key, JSON.stringify(this.kept.value));
  }

  /** @returns {Wish} */
  read() {
    try {
      return { chat: "", ...JSON.parse(this.store.get(this.key) ?? "{}") };
    } catch {
      return { chat: "" };
    }
  }
}
