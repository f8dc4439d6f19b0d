// What was sent may be taken back for some seconds, where the agent wants that: so long it is held in the outbox.

/** @import {Outbox, Pending} from "../support_chat/outbox.js" */
import { effect, signal } from "../support_chat/vendor/preact.js";

/** As the agent has set it (s); 0: not at all. */
export const undoFor = signal(0);
/** No longer than this (s): the visitor waits. */
export const LONGEST = 10;
/** What another window holds is sent here so much later (ms): that window was closed, then. */
const ELSEWHERE = 2000;

/** @typedef {Pending & {conversation: string, due: number}} HeldBack */

export class UndoSend {
  /** Those that this window holds. @type {Set<string>} */
  #here = new Set();
  /** @type {any} */
  #timer;
  #stopWatching;

  /** @param {Outbox} outbox @param {() => number} [seconds] for how long; 0: not at all */
  constructor(outbox, seconds = () => undoFor.peek()) {
    this.outbox = outbox;
    this.seconds = seconds;
    this.#stopWatching = effect(() => this.#waitFor(this.#held()));
  }

  stop() {
    this.#stopWatching();
    clearTimeout(this.#timer);
  }

  /**
   * Whatever is written after what is held in a chat waits with it.
   * @param {string} conversation
   * @param {string} body
   * @param {{command?: string, files?: import("../support_chat/files.js").FileFacts[], seen?: number}} [how]
   * @returns {string} client_id
   */
  post(conversation, body, { seen, ...how } = {}) {
    const now = Date.now();
    const due = Math.max(now + this.seconds() * 1000, this.newestIn(conversation)?.due ?? 0);
    const id = this.outbox.post(conversation, body, { ...how, fields: { seen }, held: due > now ? { state: "held", due } : undefined });
    this.#here.add(id);
    this.#waitFor(this.#held()); // from here, as it was not known to be while it was posted
    return id;
  }

  /** @param {string} conversation @returns {HeldBack | undefined} */
  newestIn(conversation) {
    return this.#held().findLast((item) => item.conversation === conversation);
  }

  /** Send at once what is held, of one chat or of all of them. @param {string} [conversation] */
  release(conversation) {
    const held = this.#held().filter((item) => conversation === undefined || item.conversation === conversation);
    for (const { client_id } of held) this.outbox.retry(client_id);
  }

  /** @returns {HeldBack[]} in the order in which they were written */
  #held() {
    return /** @type {HeldBack[]} */ (this.outbox.pending.value.filter(({ state }) => state === "held"));
  }

  /** @param {HeldBack[]} held */
  #waitFor(held) {
    clearTimeout(this.#timer);
    const ids = new Set(held.map(({ client_id }) => client_id));
    for (const id of this.#here) if (!ids.has(id)) this.#here.delete(id);
    const next = Math.min(...this.#times(held).values());
    if (next !== Infinity) this.#timer = setTimeout(() => this.#sendDue(), Math.max(0, next - Date.now()));
  }

  #sendDue() {
    const held = this.#held();
    for (const [client_id, due] of this.#times(held)) if (due <= Date.now()) this.outbox.retry(client_id);
    this.#waitFor(this.#held());
  }

  /** When each is to be sent from here, never before what was written before it in its chat. @param {HeldBack[]} held */
  #times(held) {
    /** @type {Map<string, number>} */
    const before = new Map();
    return new Map(held.map(({ client_id, conversation, due }) => {
      const soonest = Math.min(due, Date.now() + LONGEST * 1000) + (this.#here.has(client_id) ? 0 : ELSEWHERE);
      before.set(conversation, Math.max(soonest, before.get(conversation) ?? 0));
      return [client_id, /** @type {number} */ (before.get(conversation))];
    }));
  }
}
