// What is begun in the boxes: kept in this browser at once and on the server a moment later, so that the agent's other
// windows and devices go on with it. A box that is being typed in is never changed by another.

/** @import {Mode} from "./draft_box.js" */
/** @import {LiveSocket} from "../support_chat/live_socket.js" */
/** @import {Store} from "../support_chat/storage.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { RefusedError } from "../support_chat/errors.js";
import { localStore } from "../support_chat/storage.js";
import { DraftBox, TYPED_IN } from "./draft_box.js";
import { draftKey, draftsIn } from "./drafts.js";

/** So long after the last key (ms) a draft is saved. */
const SAVED_AFTER = 1000;
/** So long until what the server could not take now is tried again (ms). */
const TRIED_AFTER = 5000;
/** Code points; a longer one stays in this browser. */
const LONGEST = 8000;
/** As many as the server lists at most. */
const LISTED = 100;

/** @typedef {{text: string, version: number}} Draft as the server has it */
/** @typedef {{conversation: string, mode: Mode, version: number, begun: string}} Listed */

export class KeptDrafts {
  /** @type {Map<string, DraftBox>} */
  #boxes = new Map();
  /** What other devices have begun, by its first words. @type {Map<string, Listed>} */
  #listed = new Map();
  #on = false;

  /** @param {{user: string, socket: Pick<LiveSocket, "request" | "status">, store?: Store}} options */
  constructor({ user, socket, store = localStore }) {
    this.user = user;
    this.socket = socket;
    this.store = store;
    /** Raised with each change, for whoever shows what is begun. */
    this.changed = signal(0);
    /** What was written elsewhere, until the box that stands open has heard of it. @type {import("../support_chat/vendor/preact.js").Signal<{conversation: string, mode: Mode, text: string} | null>} */
    this.followed = signal(null);
    /** A box is just taking that over: nobody types. */
    this.following = false;
  }

  /** @param {{drafts?: Listed[], features?: string[], agent: {id: string}}} welcome */
  welcome({ drafts = [], features = [], agent }) {
    this.#on = features.includes("save_draft") && agent.id !== "";
    if (!this.#on) return;
    this.#listed = new Map(drafts.map((draft) => [this.#key(draft.conversation, draft.mode), draft]));
    for (const { conversation, mode } of draftsIn(this.store, this.user)) this.box(conversation, mode);
    if (drafts.length < LISTED) this.#dropUnlisted();
    this.#tell();
    this.flush();
  }

  /** A chat was opened, and this is what the server has of it. @param {string} conversation @param {Partial<Record<Mode, Draft>>} drafts */
  opened(conversation, drafts) {
    for (const mode of /** @type {const} */ (["reply", "note"])) {
      const box = this.box(conversation, mode);
      const { text, version } = drafts[mode] ?? { text: "", version: 0 };
      this.#listed.delete(box.key);
      if (version > box.version && !box.unsaved) this.#take(box, { text, version });
      if (version < box.version) [box.version, box.unsaved] = [version, box.unsaved || box.text !== ""]; // restored, or long ago
      if (box.unsaved) void this.#save(box);
    }
    this.#tell();
  }

  /** Another window has saved, or this one. @param {{conversation: string, mode: Mode, text: string, version: number}} news */
  heard({ conversation, mode, text, version }) {
    const box = this.box(conversation, mode);
    box.missed = { text, version };
    this.#settle(box);
  }

  /** Save what is not saved yet: the agent turns to something else. */
  flush() {
    for (const box of this.#boxes.values()) if (box.unsaved) void this.#save(box);
  }

  /** The first words of what is begun in a chat, or "". @param {string} conversation */
  begunIn(conversation) {
    void this.changed.value;
    return this.#begun(conversation, "reply") || this.#begun(conversation, "note");
  }

  /**
   * What was followed has been heard, once; the box that stands open takes over what it holds by now, if it was meant.
   * @param {string} conversation
   * @param {Mode} mode
   * @param {{text: () => string, set: (text: string) => void} | null} shown
   */
  follow(conversation, mode, shown) {
    const followed = this.followed.peek();
    this.followed.value = null;
    const { text } = this.box(conversation, mode);
    if (followed?.conversation !== conversation || followed.mode !== mode || !shown || shown.text() === text) return;
    this.following = true;
    shown.set(text);
    this.following = false;
  }

  /** What stood in a box was sent, and not by its own keys. @param {string} conversation @param {Mode} mode */
  empty(conversation, mode) {
    this.#typed(this.box(conversation, mode), "");
    this.followed.value = { conversation, mode, text: "" };
  }

  /** @param {string} conversation @param {Mode} mode */
  box(conversation, mode) {
    const key = this.#key(conversation, mode);
    const known = this.#boxes.get(key);
    if (known) return known;
    const box = new DraftBox(conversation, mode, key, this.store);
    box.store = { ...this.store, set: (_, text) => this.#typed(box, text), remove: () => this.#typed(box, "") };
    this.#boxes.set(key, box);
    return box;
  }

  /** @param {DraftBox} box @param {string} text */
  #typed(box, text) {
    box.text = text;
    if (this.following) return;
    box.typed();
    box.note();
    this.#listed.delete(box.key);
    this.#tell();
    if (text === "") void this.#save(box); // sent, or given up: no other window may go on with it
    else this.#later(box, SAVED_AFTER);
  }

  /** @param {DraftBox} box @param {number} wait ms */
  #later(box, wait) {
    clearTimeout(box.timer);
    box.timer = setTimeout(() => this.#save(box), wait);
  }

  /** @param {DraftBox} box */
  async #save(box) {
    const { conversation, mode, text, version } = box;
    if (!this.#on || box.saving || this.socket.status.peek() !== "online" || [...text].length > LONGEST) return;
    clearTimeout(box.timer);
    [box.saving, box.unsaved, box.alone] = [true, false, false];
    try {
      this.#saved(box, text, await this.socket.request("save_draft", { conversation, mode, text, version }));
    } catch (error) {
      this.#failed(box, /** @type {Error} */ (error));
    }
    box.note();
  }

  /** @param {DraftBox} box @param {string} text that was saved @param {{version: number, text?: string}} reply */
  #saved(box, text, reply) {
    box.saving = false;
    box.version = reply.version;
    const isLate = reply.text !== undefined;
    if (isLate && !box.isTypedIn) this.#take(box, { text: reply.text ?? "", version: reply.version });
    else if (isLate || box.text !== text) void this.#save(Object.assign(box, { unsaved: true }));
    this.#settle(box);
  }

  /** Refused for good, it stays in this browser alone. @param {DraftBox} box @param {Error} error */
  #failed(box, error) {
    box.saving = false;
    box.alone = error instanceof RefusedError && !error.retry;
    if (box.alone) return;
    box.unsaved = true;
    this.#later(box, TRIED_AFTER);
  }

  /** Take what was missed once nobody types; what is saved here later goes before it. @param {DraftBox} box */
  #settle(box) {
    if (!box.missed || box.saving || box.unsaved) return;
    if (box.missed.version <= box.version) box.missed = null;
    else if (box.isTypedIn) setTimeout(() => this.#settle(box), TYPED_IN);
    else this.#take(box, box.missed);
  }

  /** @param {DraftBox} box @param {Draft} draft */
  #take(box, { text, version }) {
    box.version = version;
    box.missed = null;
    this.#listed.delete(box.key);
    if (text !== box.text) {
      box.text = text;
      this.followed.value = { conversation: box.conversation, mode: box.mode, text };
    }
    box.note();
    this.#tell();
  }

  /** What the server does not list was sent or given up elsewhere. */
  #dropUnlisted() {
    for (const box of this.#boxes.values())
      if (box.isSaved && !this.#listed.has(box.key)) this.#take(box, { text: "", version: box.version });
  }

  /** @param {string} conversation @param {Mode} mode */
  #begun(conversation, mode) {
    const key = this.#key(conversation, mode);
    const listed = this.#listed.get(key);
    // Lists ask of every chat that they show: most of them need no box.
    if (!listed && !this.#boxes.has(key) && !this.store.get(key)) return "";
    const box = this.box(conversation, mode);
    return listed && listed.version > box.version ? listed.begun : box.text;
  }

  #tell() {
    this.changed.value = this.changed.peek() + 1;
  }

  /** @param {string} conversation @param {Mode} mode */
  #key(conversation, mode) {
    return draftKey(this.user, conversation, mode);
  }
}
