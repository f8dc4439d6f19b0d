/** @import {VisitorChat} from "./visitor_chat.js" */
/** @import {Entry} from "../support_chat/types.d.ts" */
import { computed, effect, signal } from "../support_chat/vendor/preact.js";
import { prepareSpeech, speak } from "../support_chat/speak.js";
import { lineOf } from "./entry_words.js";
import { talkWords as words } from "./strings_talk.js";

const SPOKEN_AT_ONCE = 3; // more than these are counted on screen, not read out
const SPOKEN_LINES = new Set(["left", "joined", "returned_to_queue", "closed"]); // the head says who has the chat

/**
 * What the visitor has seen of the current chat, and what is new to them: told to our team, to the host page,
 * and once to a screen reader.
 *
 * - `seen`: signal, position up to which the visitor has seen the log
 * - `count`: signal, messages of our team beyond it
 */
export class Attention {
  /** @param {VisitorChat} visitor */
  constructor(visitor) {
    this.visitor = visitor;
    this.seenKey = visitor.keyOf("seen");
    this.seen = signal(0);
    this.told = 0;
    this.spoken = 0;
    this.chat = "";
    this.count = computed(() => this.unseen().length);
  }

  begin() {
    const { visitor } = this;
    prepareSpeech();
    effect(() => this.follow(visitor.current.value?.id ?? ""));
    effect(() => this.announce(visitor.current.value?.log.entries.value ?? []));
    effect(() => this.forgetBeyond(visitor.current.value?.log.replacedAt.value ?? Infinity));
    effect(() => visitor.host.say("unread", unread(this.count.value)));
    visitor.store.watch(this.seenKey, () => (this.seen.value = Math.max(this.seen.peek(), this.kept())));
    visitor.socket.onWelcome(() => this.tellAgain());
  }

  /** The newest entry is on the visitor's screen. @param {number} position */
  saw(position) {
    if (!this.visitor.host.opened.value || position <= this.seen.value) return;
    this.seen.value = position;
    this.visitor.store.set(this.seenKey, JSON.stringify([this.chat, position]));
    this.tell();
  }

  /** Another chat, another count. @param {string} id */
  follow(id) {
    if (id === this.chat) return;
    const position = this.visitor.current.peek()?.log.position ?? 0;
    this.chat = id;
    this.seen.value = this.told = Math.min(this.kept(), position);
    this.spoken = position;
  }

  /** @returns {Entry[]} */
  unseen() {
    const entries = this.visitor.current.value?.log.entries.value ?? [];
    return entries.filter((entry) => ofOurTeam(entry) && entry.position > this.seen.value);
  }

  /** @param {Entry[]} entries */
  announce(entries) {
    const fresh = entries.filter((entry) => entry.position > this.spoken).flatMap((entry) => spokenOf(entry, entries) ?? []);
    this.spoken = Math.max(this.spoken, entries.at(-1)?.position ?? 0);
    for (const text of fresh.slice(-SPOKEN_AT_ONCE)) speak(text);
  }

  /** The chat was taken anew, in an older state. @param {number} position */
  forgetBeyond(position) {
    this.seen.value = Math.min(this.seen.peek(), position);
    this.told = Math.min(this.told, position);
    this.spoken = Math.min(this.spoken, position);
  }

  /** After an interruption: perhaps our team never heard it. */
  tellAgain() {
    this.told = 0;
    if (this.seen.value > 0) this.tell();
  }

  tell() {
    const { socket } = this.visitor;
    const position = this.seen.value;
    if (position <= this.told || socket.status.value !== "online") return;
    this.told = position;
    socket.request("mark_read", { conversation: this.chat, position }).catch(() => (this.told = 0));
  }

  /** @returns {number} */
  kept() {
    try {
      const [chat, position] = JSON.parse(this.visitor.store.get(this.seenKey) ?? "[]");
      return chat === this.chat && Number.isSafeInteger(position) ? position : 0;
    } catch {
      return 0;
    }
  }
}

/** As the launcher and the website's scripts are told. @param {number} count */
function unread(count) {
  return { detail: count, badge: count > 99 ? "99+" : count || "", label: words.unread(count) };
}

/** @param {Entry} entry */
function ofOurTeam({ kind, author, body }) {
  return kind === "message" && author.role !== "visitor" && body.text !== undefined;
}

/** @param {{name: string}[]} [files] */
function namesOf(files = []) {
  return files.map(({ name }) => name).join(", ");
}

/** What is said aloud of an entry; null of the visitor's own. @param {Entry} entry @param {Entry[]} entries */
function spokenOf(entry, entries) {
  const { kind, author, body } = entry;
  if (ofOurTeam(entry)) return words.spoken(author.name || words.team, body.text || namesOf(body.files));
  return author.role !== "visitor" && SPOKEN_LINES.has(kind) ? lineOf(entry, entries) : null;
}
