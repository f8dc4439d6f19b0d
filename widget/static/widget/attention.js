/** @import {VisitorChat} from "./visitor_chat.js" */
/** @import {Entry} from "../support_chat/types.d.ts" */
import { computed, effect, signal } from "../support_chat/vendor/preact.js";
import { prepareSpeech, speak } from "../support_chat/speak.js";
import { words } from "./strings.js";

const SPOKEN_AT_ONCE = 3; // more than these are counted on screen, not read out

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
    effect(() => visitor.host.unread(this.count.value));
    visitor.store.watch(visitor.seenKey, () => (this.seen.value = Math.max(this.seen.peek(), this.kept())));
    visitor.socket.onWelcome(() => this.tellAgain());
  }

  /** The newest entry is on the visitor's screen. @param {number} position */
  saw(position) {
    if (!this.visitor.host.opened.value || position <= this.seen.value) return;
    this.seen.value = position;
    this.visitor.store.set(this.visitor.seenKey, JSON.stringify([this.chat, position]));
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
    const fresh = entries.filter((entry) => entry.position > this.spoken && ofOurTeam(entry));
    this.spoken = Math.max(this.spoken, entries.at(-1)?.position ?? 0);
    for (const { author, body } of fresh.slice(-SPOKEN_AT_ONCE)) speak(words.spoken(author.name ?? words.team, body.text));
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
      const [chat, position] = JSON.parse(this.visitor.store.get(this.visitor.seenKey) ?? "[]");
      return chat === this.chat && Number.isSafeInteger(position) ? position : 0;
    } catch {
      return 0;
    }
  }
}

/** @param {Entry} entry */
function ofOurTeam({ kind, author }) {
  return kind === "message" && author.role !== "visitor";
}
