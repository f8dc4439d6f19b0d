// Short sentences in the corner: what did not work, and what somebody else has just done.

import { signal } from "../support_chat/vendor/preact.js";

/** How long a notice stays (ms): long enough to read twice. */
const STAYS = 9000;

/** @typedef {{id: number, text: string, bad: boolean}} Notice */

export class Notices {
  constructor() {
    /** @type {import("../support_chat/vendor/preact.js").Signal<Notice[]>} */
    this.shown = signal([]);
    this.count = 0;
  }

  /** @param {string} text @param {{bad?: boolean}} [how] */
  say(text, { bad = false } = {}) {
    const id = (this.count += 1);
    const others = this.shown.peek().filter((notice) => notice.text !== text);
    this.shown.value = [...others.slice(-2), { id, text, bad }];
    setTimeout(() => this.dismiss(id), STAYS);
  }

  /** @param {number} id */
  dismiss(id) {
    this.shown.value = this.shown.peek().filter((notice) => notice.id !== id);
  }
}
