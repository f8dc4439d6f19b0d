// The canned replies: loaded at first, and again when they are looked for later; found while the agent types after a slash. This browser searches at once, by words;
// the server, which has learnt what agents here mean, puts them in order a moment later.

/** @import {CannedReply} from "./wire.js" */
/** @import {ComposerHandle} from "../support_chat/composer.js" */
import { computed, signal } from "../support_chat/vendor/preact.js";
import { ngettext } from "../support_chat/sentences.js";
import { speak } from "../support_chat/speak.js";
import { findReplies, inOrder, slashAt } from "./finding.js";
import { learns } from "./learning.js";
import { Likely, numberOf } from "./likely.js";
import { Picks } from "./picks.js";

/**
 * What is looked for, where it stands in the text, and in which chat.
 * @typedef {{from: number, to: number, typed: string, chat: Where}} Asked
 *
 * A chat, its queue and language, and the newest position that is known of it.
 * @typedef {{id: string, queue: string | null, locale?: string | null, position: number}} Where
 */

/** What is older (ms) is loaded anew when the list opens. */
const FRESH = 60_000;
/** What could not be loaded is tried anew while somebody looks for it, so often (ms). */
const AGAIN = 2000;

export class CannedReplies {
  /** Never, while nobody has. */
  #loadedAt = Infinity;
  #counted = -1;

  /**
   * @param {string} address
   * @param {import("./learning.js").Asks} socket
   * @param {(text: string, chat: string) => string} [fill] puts what is known of a chat into a reply
   */
  constructor(address, socket, fill = (text) => text) {
    this.fill = fill;
    /** Where they are written. */
    this.library = "";
    /** Files that go with a reply, for the box of this chat; they are being fetched. @type {(chat: string, files: {name: string}[], fetched: Promise<File[]>) => void} */
    this.onFiles = () => {};
    this.address = address;
    this.socket = socket;
    this.likely = new Likely(socket);
    this.picks = new Picks(socket);
    /** Whether anything stands in the box: then nothing is suggested. */
    this.isWriting = signal(false);
    /** What the server found for these words. @type {import("../support_chat/vendor/preact.js").Signal<{key: string, ids: string[], sure: boolean} | null>} */
    this.ranked = signal(null);
    /** @type {import("../support_chat/vendor/preact.js").Signal<CannedReply[]>} */
    this.all = signal([]);
    this.failed = signal(false);
    /** @type {import("../support_chat/vendor/preact.js").Signal<Asked | null>} null: the list is shut */
    this.asked = signal(null);
    this.chosen = signal(0);
    this.found = computed(() => this.#find());
    this.open = computed(() => this.asked.value !== null && (this.found.value.length > 0 || this.asked.value.typed === ""));
    /** Shut by Escape at this slash: it stays shut until another slash. */
    this.shutAt = -1;
  }

  async load() {
    this.#loadedAt = Date.now();
    try {
      const answer = await fetch(this.address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.all.value = await answer.json();
      this.failed.value = false;
    } catch {
      this.failed.value = true;
    }
  }

  /** The text or the caret changed. @param {string} text @param {number} caret @param {Where} chat */
  look(text, caret, chat) {
    this.isWriting.value = text !== "";
    if (!text) this.picks.drop(chat.id);
    const slash = slashAt(text, caret);
    if (!slash || slash.from === this.shutAt) {
      if (!slash) this.shutAt = -1;
      this.asked.value = null;
      return;
    }
    const [age, isOpening] = [Date.now() - this.#loadedAt, !this.asked.peek()];
    if (this.failed.peek() ? age > AGAIN : isOpening && age > FRESH) this.load();
    if (slash.typed !== this.asked.peek()?.typed) this.chosen.value = 0;
    this.asked.value = { ...slash, to: caret, chat };
    this.#rank(this.asked.value);
    const count = this.found.value.length;
    if (isOpening || count !== this.#counted) speak(ngettext("1 canned reply", "%(n)s canned replies", count));
    this.#counted = count;
  }

  shut() {
    this.asked.value = null;
  }

  /** Another chat stands in front. @param {string} text what stands in its box */
  turnTo(text) {
    this.shut();
    this.isWriting.value = text !== "";
  }

  /** Text after a slash that no reply holds, and of which the server is not sure either, finds nothing. */
  #find() {
    const asked = this.asked.value;
    if (!asked) return [];
    const byWords = findReplies(this.all.value, asked.typed, asked.chat.queue, asked.chat.locale);
    const ranked = this.ranked.value;
    const means = ranked?.key === keyOf(asked) && (byWords.length > 0 || ranked.sure);
    return means ? inOrder(this.all.value, ranked.ids, byWords) : byWords;
  }

  /** Nothing moves under who has begun to choose. @param {Asked} asked */
  async #rank(asked) {
    const key = keyOf(asked);
    if (!asked.typed.trim() || !learns(this.socket) || this.ranked.peek()?.key === key) return;
    const fields = { conversation: asked.chat.id, typed: asked.typed };
    const { found, sure } = await this.socket.request("find_replies", fields, { timeout: 2 }).catch(() => ({ found: null, sure: false }));
    const now = this.asked.peek();
    if (found && now && keyOf(now) === key && this.chosen.peek() === 0) this.ranked.value = { key, ids: found, sure };
  }

  /** Those that may come next, while nothing is written. @param {string} chat */
  likelyIn(chat) {
    return this.isWriting.value ? [] : this.likely.of(chat, this.all.value);
  }

  /**
   * Arrows choose, Enter and Tab insert, Escape shuts. Ctrl Space begins a search, Alt 1 to 3 take what is likely.
   * @param {KeyboardEvent} event
   * @param {ComposerHandle} box
   * @param {Where} chat
   */
  key(event, box, chat) {
    const likely = this.likelyIn(chat.id)[(numberOf(event) ?? 0) - 1];
    if (likely) return event.preventDefault(), this.take(likely, box, chat);
    if (event.code === "Space" && event.ctrlKey && !event.isComposing) return event.preventDefault(), begin(box);
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
    if (asked) {
      this.#put(reply, box, asked.chat, asked);
    }
    box.focus();
  }

  /** What was likely, into the empty box. @param {CannedReply} reply @param {ComposerHandle} box @param {Where} chat */
  take(reply, box, chat) {
    this.#put(reply, box, chat, {});
    box.focus();
  }

  /**
   * With what is known of the chat.
   * @param {CannedReply} reply
   * @param {ComposerHandle} box
   * @param {Where} chat
   * @param {{from?: number, to?: number, typed?: string}} place
   */
  #put(reply, box, chat, { from, to, typed = "" }) {
    const text = this.fill(reply.text, chat.id);
    if (reply.files?.length) this.onFiles(chat.id, reply.files, Promise.all(reply.files.map(fetched)));
    box.insert(text, from, to);
    this.picks.add(chat.id, { reply: reply.id, typed, position: chat.position, text });
  }
}

/** @param {{name: string, type: string, url: string}} file */
async function fetched({ name, type, url }) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return new File([await answer.blob()], name, { type });
}

/** The slash that opens the list, where it does. @param {ComposerHandle} box */
function begin(box) {
  const before = box.text().slice(0, box.element.selectionStart);
  if (!slashAt(before, before.length)) box.insert(/(?:^|\s)$/u.test(before) ? "/" : " /");
}

/** @param {Asked} asked */
function keyOf({ chat, typed }) {
  return `${chat.id} ${typed.trim()}`;
}
