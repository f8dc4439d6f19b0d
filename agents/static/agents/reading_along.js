// What one of the team is writing, read by colleagues in the same chat: told to whoever reads along, and to nobody while
// nobody does. Nothing of it is kept.

/** @import {Desk} from "./desk.js" */
/** @import {Mode} from "./draft_box.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {Viewer, Viewers} from "./viewers.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { speak } from "../support_chat/speak.js";
import { effect, signal } from "../support_chat/vendor/preact.js";
import { besideIn } from "./participants.js";
import { safeName } from "./words.js";

/** What is written is told so often at most (ms). */
const TOLD_EVERY = 1000;
/** Characters; a longer text cannot be sent either. */
const LONGEST = 8000;

/** Whether colleagues may read what the agent writes, as they have set it. */
export const shareDrafts = signal(true);

/** @typedef {{mode: Mode, text: string}} Draft */

export class ReadingAlong {
  /** What stands in the agent's own box. */
  #box = { conversation: "", mode: /** @type {Mode} */ ("reply"), text: "" };
  #told = "";
  #toldAt = -Infinity;
  /** @type {any} */
  #timer = null;

  /** @param {Pick<Desk, "socket" | "front">} desk @param {Viewers} viewers */
  constructor(desk, viewers) {
    this.desk = desk;
    this.viewers = viewers;
    /** What the colleague with whom the agent reads along is writing. @type {import("../support_chat/vendor/preact.js").Signal<Draft | null>} */
    this.draft = signal(null);
  }

  follow() {
    const { socket } = this.desk;
    socket.on("draft_shared", (news) => this.heard(news));
    socket.on("own_settings_changed", () => this.viewers.again());
    effect(() => void (this.viewers.reads.value, (this.draft.value = null)));
    let before = /** @type {string[]} */ ([]);
    effect(() => {
      const readers = this.readers(this.desk.front.value?.id ?? "");
      const come = readers.filter(({ id }) => !before.includes(id));
      before = readers.map(({ id }) => id);
      if (come.length) speak(readsAlong(come));
      this.#soon();
    });
  }

  /** Who reads what the agent writes there. @param {string} conversation @returns {Viewer[]} */
  readers(conversation) {
    return shareDrafts.value ? this.viewers.of(conversation).filter(({ reads }) => reads) : [];
  }

  /** Begin to read along with a colleague in the chat in front, or end it. @param {string} agent */
  toggle(agent) {
    this.viewers.readAlong(this.viewers.reads.peek() === agent ? "" : agent);
  }

  /** @param {{conversation: string, agent: {id: string}} & Draft} news */
  heard({ conversation, agent, mode, text }) {
    if (conversation !== this.desk.front.peek()?.id || agent.id !== this.viewers.reads.peek()) return;
    this.draft.value = text ? { mode, text } : null;
  }

  /** The agent's own box, by now; "": nothing stands there that is for others to read. @param {string} conversation @param {Mode} mode @param {string} text */
  stands(conversation, mode, text) {
    this.#box = { conversation, mode, text: [...text].slice(0, LONGEST).join("").toWellFormed?.() ?? text };
    this.#soon();
  }

  #soon() {
    if (this.#timer || !this.readers(this.#box.conversation).length) return;
    this.#timer = setTimeout(() => this.#tell(), Math.max(0, this.#toldAt + TOLD_EVERY - Date.now()));
  }

  /** Another window of the agent's may hold the text: an empty box is news only where it was not. */
  #tell() {
    this.#timer = null;
    const { conversation, text } = this.#box;
    const readers = this.readers(conversation).map(({ id }) => id);
    if (!readers.length || (!text && !this.#told)) return;
    [this.#told, this.#toldAt] = [text, Date.now()];
    this.desk.socket.request("share_draft", { ...this.#box, readers }).catch(() => {});
  }
}

/** @param {Viewer[]} readers */
export function readsAlong(readers) {
  const names = readers.map(({ name }) => safeName(name)).join(", ");
  return readers.length > 1 ? fill(gettext("%(names)s read along"), { names }) : fill(gettext("%(name)s reads along"), { name: names });
}

/** Whether the agent may: they write in this chat themselves, or supervise its queue. @param {Desk} desk @param {OpenChat} chat */
export function mayReadAlong({ inbox }, chat) {
  const me = inbox.me.value?.id;
  const about = chat.about.value;
  if (!me || !about) return false;
  return about.agent?.id === me || besideIn(chat)[me] === "guest" || inbox.amIn(about.queue.id, "supervisor");
}
