// The canned replies: loaded once, found while the agent types after a slash.

/** @import {CannedReply} from "./wire.js" */
/** @import {ComposerHandle} from "../support_chat/composer.js" */
import { computed, signal } from "../support_chat/vendor/preact.js";
import { speak } from "../support_chat/speak.js";
import { findReplies, slashAt } from "./finding.js";

/**
 * What is looked for, where it stands in the text, and in a chat of which queue.
 * @typedef {{from: number, to: number, typed: string, queue: string | null}} Asked
 */

export class CannedReplies {
  /** @param {string} address */
  constructor(address) {
    this.address = address;
    /** @type {import("../support_chat/vendor/preact.js").Signal<CannedReply[]>} */
    this.all = signal([]);
    this.failed = signal(false);
    /** @type {import("../support_chat/vendor/preact.js").Signal<Asked | null>} null: the list is shut */
    this.asked = signal(null);
    this.chosen = signal(0);
    this.found = computed(() => (this.asked.value ? findReplies(this.all.value, this.asked.value.typed, this.asked.value.queue) : []));
    this.open = computed(() => this.asked.value !== null && (this.found.value.length > 0 || this.asked.value.typed === ""));
    /** Shut by Escape at this slash: it stays shut until another slash. */
    this.shutAt = -1;
  }

  async load() {
    try {
      const answer = await fetch(this.address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.all.value = await answer.json();
      this.failed.value = false;
    } catch {
      this.failed.value = true;
    }
  }

  /** The text or the caret changed. @param {string} text @param {number} caret @param {string | null} queue of the chat */
  look(text, caret, queue) {
    const slash = slashAt(text, caret);
    if (!slash || slash.from === this.shutAt) {
      if (!slash) this.shutAt = -1;
      this.asked.value = null;
      return;
    }
    if (slash.typed !== this.asked.peek()?.typed) this.chosen.value = 0;
    this.asked.value = { ...slash, to: caret, queue };
    if (this.failed.peek()) this.load();
    speak(this.found.value.length === 1 ? "1 canned reply" : `${this.found.value.length} canned replies`);
  }

  shut() {
    this.asked.value = null;
  }

  /**
   * Arrows choose, Enter and Tab insert, Escape shuts.
   * @param {KeyboardEvent} event
   * @param {ComposerHandle} box
   */
  key(event, box) {
    const count = this.found.peek().length;
    if (!this.open.peek() || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") this.dismiss();
    else if (!count || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    else if (event.key === "ArrowDown") this.chosen.value = (this.chosen.peek() + 1) % count;
    else if (event.key === "ArrowUp") this.chosen.value = (this.chosen.peek() + count - 1) % count;
    else if (event.key === "Enter" || event.key === "Tab") this.insert(this.found.peek()[this.chosen.peek()], box);
    else return;
    event.preventDefault();
  }

  dismiss() {
    this.shutAt = this.asked.peek()?.from ?? -1;
    this.shut();
  }

  /** Instead of the slash and what followed; never sent by itself. @param {CannedReply} reply @param {ComposerHandle} box */
  insert(reply, box) {
    const asked = this.asked.peek();
    this.shut();
    if (asked) box.insert(reply.text, asked.from, asked.to);
    box.focus();
  }
}
