// What is begun in one box, as this browser keeps it: its text, and how far the server knows of it.

/** @import {Store} from "../support_chat/storage.js" */

/** So long after the last key (ms) a box is still being typed in. */
export const TYPED_IN = 3000;

/** @typedef {"reply" | "note"} Mode */

export class DraftBox {
  /** @type {any} */
  timer = null;
  saving = false;
  typedAt = -Infinity;
  /** Refused for good: this browser alone has its text. */
  alone = false;

  /** @param {string} conversation @param {Mode} mode @param {string} key @param {Store} store */
  constructor(conversation, mode, key, store) {
    this.conversation = conversation;
    this.mode = mode;
    this.key = key;
    this.kept = store;
    /** The version of the server's that this goes back to, and whether it was changed since; with nothing noted it was never saved. */
    const noted = store.get(`${key}:kept`);
    this.version = Number.parseInt(noted ?? "0", 10) || 0;
    this.unsaved = noted === null ? this.text !== "" : noted.endsWith("+");
    this.alone = noted?.endsWith("!") ?? false;
    /** What another window has written, while this one could not take it. @type {{text: string, version: number} | null} */
    this.missed = null;
    /** What the composer keeps its text in. @type {Store} */
    this.store = store;
  }

  get text() {
    return this.kept.get(this.key) ?? "";
  }

  set text(text) {
    if (text) this.kept.set(this.key, text);
    else this.kept.remove(this.key);
  }

  get isTypedIn() {
    return this.unsaved || Date.now() - this.typedAt < TYPED_IN;
  }

  /** The server had this very text. */
  get isSaved() {
    return !this.unsaved && !this.saving && !this.alone;
  }

  typed() {
    this.unsaved = true;
    this.typedAt = Date.now();
  }

  /** It holds over a reload. */
  note() {
    const mark = this.unsaved ? "+" : this.alone ? "!" : "";
    if (this.unsaved || this.text) this.kept.set(`${this.key}:kept`, `${this.version}${mark}`);
    else this.kept.remove(`${this.key}:kept`);
  }
}
