// Which chats of a list are chosen: one by one, from one to another, or everything that matches.

import { batch, signal } from "../support_chat/vendor/preact.js";

export class Choice {
  constructor() {
    /** @type {import("../support_chat/vendor/preact.js").Signal<ReadonlySet<string>>} */
    this.ids = signal(new Set());
    /** Everything that matches, also what is not shown. */
    this.every = signal(false);
    /** The one from which Shift reaches. */
    this.from = "";
  }

  /** @param {string} id @param {string[]} shown in their order @param {boolean} [reaches] from the last one to this */
  pick(id, shown, reaches = false) {
    const [a, b] = [shown.indexOf(this.from), shown.indexOf(id)];
    const many = reaches && a >= 0 && b >= 0 ? shown.slice(Math.min(a, b), Math.max(a, b) + 1) : [];
    const next = new Set(this.every.peek() ? shown : this.ids.peek());
    if (many.length) many.forEach((each) => next.add(each));
    else if (!next.delete(id)) next.add(id);
    if (!many.length) this.from = id;
    this.set(next, false);
  }

  /** @param {Iterable<string>} ids @param {boolean} every */
  set(ids, every) {
    batch(() => {
      this.ids.value = new Set(ids);
      this.every.value = every;
    });
  }

  clear() {
    this.set([], false);
  }
}
