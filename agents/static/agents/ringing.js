// Chats that nobody has taken ring, again and again, until somebody has them or this agent has silenced them: in this
// browser, in all of its tabs, until the next step of the queue rings.

/** @import {Attention} from "./attention.js" */
/** @import {Desk} from "./desk.js" */
import { localStore } from "../support_chat/storage.js";
import { computed, effect, signal } from "../support_chat/vendor/preact.js";

/** Between two rings (ms). */
export const EVERY = 6000;
/** So many that were silenced are remembered, the latest. */
const KEPT = 200;

export class Ringing {
  /** @param {Desk} desk @param {Attention} attention @param {() => void} sound @param {import("../support_chat/storage.js").Store} [store] */
  constructor(desk, attention, sound, store = localStore) {
    this.attention = attention;
    this.sound = sound;
    this.store = store;
    this.key = `support-chat:console:silenced:${desk.user}`;
    /** By which step each rings. @type {import("../support_chat/vendor/preact.js").Signal<ReadonlyMap<string, number>>} */
    this.told = signal(new Map());
    /** By which it was told to be silent. @type {import("../support_chat/vendor/preact.js").Signal<ReadonlyMap<string, number>>} */
    this.silenced = signal(this.kept());
    /** Those that still wait, whoever has waited longest first. */
    this.rows = computed(() => desk.inbox.waiting.value.filter(({ conversation }) => this.isLoud(conversation)));
    /** Changes when the ringing begins and ends, and at no other news of the lists. */
    this.rings = computed(() => this.rows.value.length > 0);
    /** @type {any} */
    this.timer = null;
    /** @type {any} */
    this.over = null;
  }

  /** What the server says rings, for how long at most (s), and by which steps. @param {string[]} conversations @param {number} [until] @param {Record<string, number>} [steps] */
  hear(conversations, until, steps = {}) {
    this.told.value = new Map(conversations.map((each) => [each, steps[each] ?? 0]));
    clearTimeout(this.over);
    if (until !== undefined) this.over = setTimeout(() => (this.told.value = new Map()), Math.min(until * 1000, 2 ** 31 - 1));
  }

  /** @param {string} conversation */
  isLoud(conversation) {
    const step = this.told.value.get(conversation);
    return step !== undefined && step > (this.silenced.value.get(conversation) ?? -1);
  }

  /** @param {string[]} [conversations] all that ring */
  silence(conversations = this.rows.peek().map(({ conversation }) => conversation)) {
    const silenced = this.kept();
    for (const each of conversations) {
      silenced.delete(each); // the latest stand last
      silenced.set(each, this.told.peek().get(each) ?? 0);
    }
    const latest = [...silenced].slice(-KEPT);
    this.store.set(this.key, JSON.stringify(latest));
    this.silenced.value = new Map(latest);
  }

  /** As any tab of this browser has it. @returns {Map<string, number>} */
  kept() {
    try {
      return new Map(JSON.parse(this.store.get(this.key) ?? "[]"));
    } catch {
      return new Map();
    }
  }

  /** Ring while there is something to ring for. @returns {() => void} stop */
  watch() {
    const deafen = this.store.watch(this.key, () => (this.silenced.value = this.kept()));
    const rest = effect(() => {
      clearInterval(this.timer);
      if (!this.rings.value) return;
      this.ring();
      this.timer = setInterval(() => this.ring(), EVERY);
    });
    return () => [deafen, rest].forEach((stop) => stop());
  }

  ring() {
    if (this.attention.mayTell("queue")) this.sound();
  }
}
