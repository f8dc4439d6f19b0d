/** @import {Author} from "./types.d.ts" */
import { signal } from "./vendor/preact.js";

const BELIEVED_MS = 6000;

/**
 * @typedef {object} Typist
 * @property {Author} author
 * @property {string | null} preview
 * @property {string | null} mode "reply" or "note", to staff
 */

/**
 * Who else is typing. `who`: signal of typists; each goes after 6 s without news.
 *
 *     socket.on("typing", (event) => event.conversation === id && typing.heard(event));
 *     typing.said(entry.author)      // a message came: its author is not typing any more
 */
export class TypingWatch {
  /** @type {Map<string, any>} */
  #timers = new Map();

  constructor() {
    /** @type {import("./vendor/preact.js").Signal<Typist[]>} */
    this.who = signal([]);
  }

  /** @param {{author: Author, typing: boolean, preview?: string | null, mode?: string | null}} event */
  heard({ author, typing, preview = null, mode = null }) {
    this.said(author);
    if (!typing) return;
    this.who.value = [...this.who.peek(), { author, preview, mode }];
    this.#timers.set(
      keyOf(author),
      setTimeout(() => this.said(author), BELIEVED_MS),
    );
  }

  /** @param {Author} author */
  said(author) {
    const key = keyOf(author);
    clearTimeout(this.#timers.get(key));
    if (this.#timers.delete(key)) this.who.value = this.who.peek().filter((one) => keyOf(one.author) !== key);
  }

  clear() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.who.value = [];
  }
}

/** @param {Author} author */
function keyOf(author) {
  return `${author.role}:${author.id ?? ""}`;
}
