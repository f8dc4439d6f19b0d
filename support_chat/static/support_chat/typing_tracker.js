/** @import {Author} from "./types.d.ts" */
import { signal } from "./vendor/preact.js";

/** Our own typing: tells "typing" at most every 3 s, and "stopped" after 5 s of silence or at once on `stop()`. */
export class TypingSender {
  /** @param {(typing: boolean, text: string) => void} send */
  constructor(send) {
    this.send = send;
  }

  /** A key was pressed; the box now holds this. Empty text stops. @param {string} text */
  typed(text) {}

  /** Sent, or left. */
  stop() {}
}

/**
 * Who else is typing. `who`: signal of [{author, preview, mode}]; each goes silent after 6 s without news.
 *
 *     socket.on("typing", (event) => event.conversation === id && typing.heard(event));
 *     typing.said(entry.author)      // a message came: its author stopped typing
 */
export class TypingWatch {
  constructor() {
    /** @type {import("./vendor/preact.js").Signal<{author: Author, preview: string | null, mode: string | null}[]>} */
    this.who = signal([]);
  }

  /** @param {{author: Author, typing: boolean, preview?: string | null, mode?: string | null}} event */
  heard(event) {}

  /** @param {Author} author */
  said(author) {}

  clear() {}
}
