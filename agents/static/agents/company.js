// Who else works in the chats: where the agent is named, whom they help, who wants to come in. Fed by events.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {Standing} from "./participants.js" */
/** @import {HeardRow, Row} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { speak } from "../support_chat/speak.js";
import { computed, effect, signal } from "../support_chat/vendor/preact.js";
import { unreadOf } from "./inbox.js";
import { fetchDownTo } from "./jumping.js";
import { ReadingAlong } from "./reading_along.js";
import { Viewers } from "./viewers.js";
import { safeName } from "./words.js";

/**
 * @typedef {object} Mention where the agent is named, or whispered to
 * @property {string} conversation
 * @property {number} position
 * @property {"note" | "whisper"} kind
 * @property {string} visitor
 * @property {{id: string, name: string}} by
 * @property {string} text its first words
 * @property {number} ago seconds, when it was told
 * @property {boolean} seen
 *
 * @typedef {{row: HeardRow, standing: Standing}} Helped a chat of a colleague's, and how the agent stands in it; `seen` in
 *   its row counts what the agent themselves has seen
 */

/** @type {WeakMap<Desk, Company>} */
const known = new WeakMap();

/** @param {Desk} desk @returns {Company} the one of this desk */
export function companyOf(desk) {
  const company = known.get(desk) ?? new Company(desk);
  known.set(desk, company);
  return company;
}

export class Company {
  /** Who asked to be let in, and was told of: "chat agent". @type {Set<string>} */
  #asked = new Set();

  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.viewers = new Viewers(desk);
    this.reading = new ReadingAlong(desk, this.viewers);
    /** The newest first. @type {import("../support_chat/vendor/preact.js").Signal<Mention[]>} */
    this.mentions = signal([]);
    /** By the chat. @type {import("../support_chat/vendor/preact.js").Signal<ReadonlyMap<string, Helped>>} */
    this.helped = signal(new Map());
    /** Those that they were let into, as rows of their own. */
    this.guestIn = computed(() => new Map([...this.helped.value].filter(([, { standing }]) => standing === "guest").map(([id, { row }]) => [id, row])));
    /** Whether the server knows of all this. */
    this.offered = signal(false);
    /** The note that the agent wants to see. @type {import("../support_chat/vendor/preact.js").Signal<{conversation: string, position: number} | null>} */
    this.target = signal(null);
  }

  /** From now on, and from what the last hello told. */
  follow() {
    const { socket } = this.desk;
    socket.onWelcome((welcome) => this.welcome(welcome));
    socket.on("mentions_changed", ({ mentions }) => this.heardMentions(mentions));
    socket.on("inbox_changed", ({ rows }) => rows.forEach((/** @type {Row} */ row) => this.heardRow(row)));
    effect(() => void (this.desk.inbox.unreadBeside.value = [...this.guestIn.value.values()].reduce((sum, row) => sum + unreadOf(row), 0)));
    addEventListener("focus", () => this.look());
    this.viewers.follow();
    this.reading.follow();
    if (socket.welcome) this.catchUp(socket.welcome);
  }

  /** This is loaded a moment after the lists: what was told meanwhile is told again. @param {any} welcome */
  catchUp(welcome) {
    this.welcome(welcome);
    const topic = `agent:${welcome.agent.id}`;
    if (welcome.agent.id && this.offered.peek()) this.desk.socket.request("refresh", { topic }).catch(() => {});
  }

  /** @param {any} welcome */
  welcome({ features = [], mentions, inbox, agent }) {
    this.offered.value = features.includes("together");
    this.mentions.value = mentions?.mentions ?? [];
    const before = this.helped.peek();
    const rows = inbox.filter((/** @type {Row} */ row) => row.participants?.[agent.id]);
    // What they saw before a reload is not known: what the chat's agent saw stands for it.
    this.helped.value = new Map(rows.map((/** @type {Row} */ row) => [row.conversation, helpedAs(row, agent.id, before.get(row.conversation), row.seen)]));
  }

  /** @param {Mention[]} mentions */
  heardMentions(mentions) {
    const before = new Set(this.mentions.peek().map(keyOf));
    this.mentions.value = mentions;
    for (const mention of mentions) if (!mention.seen && !before.has(keyOf(mention)) && !this.isBeforeEyes(mention)) this.tell(mention);
  }

  /** @param {Mention} mention */
  tell({ kind, by, visitor, text }) {
    const places = { name: safeName(by.name), visitor: safeName(visitor), text };
    const words = kind === "whisper"
      ? fill(gettext("%(name)s whispers in the chat with %(visitor)s: %(text)s"), places)
      : fill(gettext("%(name)s mentions you in the chat with %(visitor)s: %(text)s"), places);
    this.say(words, kind === "whisper" ? "warning" : "reminder");
  }

  /** @param {Row} row */
  heardRow(row) {
    const { conversation, participants = {} } = row;
    const me = this.desk.inbox.me.peek()?.id ?? "";
    const before = this.helped.peek().get(conversation);
    if (before && row.position < before.row.position) return;
    const standing = /** @type {Standing | undefined} */ (participants[me]);
    if (before || standing) {
      const next = new Map(this.helped.peek());
      if (standing) next.set(conversation, helpedAs(row, me, before, row.messages));
      else next.delete(conversation);
      this.helped.value = next;
    }
    if (standing && standing !== before?.standing) this.toldOfMyself(row, standing);
    if (row.agent?.id === me) this.heardAsking(row, participants);
    this.look();
  }

  /** Out of the agent's lists before the server says so. @param {string} id @returns {import("./ahead.js").Shown | null} */
  showLeft(id) {
    const before = this.helped.peek().get(id);
    if (!before) return null;
    const put = (/** @type {Helped[]} */ ...more) => {
      const others = [...this.helped.peek().values()].filter(({ row }) => row.conversation !== id);
      this.helped.value = new Map([...others, ...more].map((each) => [each.row.conversation, each]));
    };
    put();
    return { back: () => this.helped.peek().has(id) || put(before) };
  }

  /** @param {Row} row @param {Standing} standing */
  toldOfMyself(row, standing) {
    const places = { name: safeName(row.agent?.name ?? ""), visitor: safeName(row.visitor.name) };
    if (standing === "called") this.say(fill(gettext("%(name)s needs help now in the chat with %(visitor)s."), places), "warning");
    if (standing === "invited") this.say(fill(gettext("%(name)s asks you into the chat with %(visitor)s."), places), "given");
  }

  /** Whom the agent may let in. @param {Row} row @param {Record<string, string>} participants */
  heardAsking({ conversation, visitor }, participants) {
    const asking = Object.keys(participants).filter((agent) => participants[agent] === "asking");
    const keyOf = (/** @type {string} */ agent) => `${conversation} ${agent}`;
    const told = [...this.#asked].filter((key) => !key.startsWith(`${conversation} `) || asking.map(keyOf).includes(key));
    for (const agent of asking.filter((each) => !told.includes(keyOf(each)))) {
      const places = { name: this.nameOf(agent), visitor: safeName(visitor.name) };
      this.say(fill(gettext("%(name)s asks to join your chat with %(visitor)s."), places), "reminder");
    }
    this.#asked = new Set([...told, ...asking.map(keyOf)]);
  }

  /** @param {string} words @param {import("./sounds.js").Tune} tune */
  say(words, tune) {
    this.desk.notices.say(words);
    speak(words);
    this.desk.sound(tune);
  }

  look() {
    const chat = this.desk.front.peek();
    if (chat) this.seen(chat);
  }

  /** What stands before the agent's eyes in this chat counts as seen. @param {OpenChat} chat */
  seen(chat) {
    if (chat !== this.desk.front.peek() || !document.hasFocus()) return;
    this.seenBeside(chat);
    const mine = (/** @type {Mention} */ { conversation, position, seen }) => !seen && conversation === chat.id && position <= chat.shownUpTo;
    const before = this.mentions.peek();
    if (!before.some(mine)) return;
    const shown = before.map((each) => (mine(each) ? { ...each, seen: true } : each));
    const ours = new Set(shown.filter((each, n) => each !== before[n])); // what is told meanwhile is none of these
    this.mentions.value = shown;
    this.desk.socket.request("see_mentions", { conversation: chat.id, position: chat.shownUpTo }).catch(() => {
      this.mentions.value = this.mentions.peek().map((each) => (ours.has(each) ? { ...each, seen: false } : each));
    });
  }

  /** Nobody else is told what a guest has read. @param {OpenChat} chat */
  seenBeside({ id, shownUpTo }) {
    const { row, standing } = this.helped.peek().get(id) ?? {};
    if (!row || !standing || row.position > shownUpTo || !unreadOf(row)) return;
    this.helped.value = new Map(this.helped.peek()).set(id, { row: { ...row, seen: row.messages }, standing });
  }

  /** The chat to the front, at this note. @param {Mention} mention @param {(id: string) => void} open */
  go({ conversation, position }, open) {
    this.target.value = { conversation, position };
    open(conversation);
    void this.reach(conversation, position).catch(() => {});
  }

  /** @param {string} conversation @param {number} position */
  async reach(conversation, position) {
    const chat = this.desk.chats.get(conversation);
    await chat?.refresh();
    if (chat) await fetchDownTo(chat, position);
  }

  /** @param {Mention} mention */
  isBeforeEyes({ conversation, kind }) {
    return kind === "note" && this.desk.front.peek()?.id === conversation && document.hasFocus();
  }

  /** @param {string} agent */
  nameOf(agent) {
    const { me, teammates } = this.desk.inbox;
    const found = teammates.value.find(({ id }) => id === agent) ?? (me.value?.id === agent ? me.value : null);
    return safeName(found?.name ?? gettext("A colleague"));
  }
}

/**
 * @param {Row} row
 * @param {string} me
 * @param {Helped | undefined} before
 * @param {number} seen by them, where that was not followed until now
 * @returns {Helped}
 */
function helpedAs(row, me, before, seen) {
  const standing = /** @type {Standing} */ (row.participants?.[me]);
  const known = before?.standing === "guest" ? before.row.seen : seen;
  return { row: { ...row, heard: Date.now(), seen: Math.min(known, row.messages) }, standing };
}

/** @param {Mention} mention */
function keyOf({ conversation, position }) {
  return `${conversation} ${position}`;
}
