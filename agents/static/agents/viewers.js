// Which colleagues have a chat before them: each console says which one it shows, and hears of the others.

/** @import {Desk} from "./desk.js" */
import { RefusedError } from "../support_chat/errors.js";
import { effect, signal } from "../support_chat/vendor/preact.js";

/** How often it is said anew (ms), and for how long it is believed. */
const SAID_EVERY = 25_000;
const BELIEVED = 60_000;

/** @typedef {{id: string, name: string, shares?: boolean, reads?: boolean}} Viewer `shares`: what they write may be read. `reads`: they read what the agent writes */

export class Viewers {
  /** When each is over: "chat agent". @type {Map<string, any>} */
  #timers = new Map();
  /** @type {any} */
  #again;
  #said = "";

  /** @param {Pick<Desk, "socket" | "front" | "inbox">} desk */
  constructor(desk) {
    this.desk = desk;
    /** By the chat. @type {import("../support_chat/vendor/preact.js").Signal<ReadonlyMap<string, Viewer[]>>} */
    this.by = signal(new Map());
    /** Whose writing in the chat that is shown the agent reads; "": nobody's. */
    this.reads = signal("");
  }

  follow() {
    const { socket } = this.desk;
    socket.on("viewing", (news) => this.heard(news));
    socket.onWelcome(() => this.anew());
    document.addEventListener("visibilitychange", () => this.look());
    effect(() => void (this.desk.front.value?.about.value && this.look()));
    effect(() => void (this.desk.front.value || this.look()));
  }

  /** @param {string} chat @returns {Viewer[]} */
  of(chat) {
    return this.by.value.get(chat) ?? [];
  }

  /** After a new connection nobody knows of us, and who was there may have gone. */
  anew() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.by.value = new Map();
    this.#said = "";
    this.look();
  }

  /** Say which chat is shown, if that is news. */
  look() {
    const chat = document.hidden ? null : this.desk.front.peek();
    const shown = chat?.about.peek() ? chat.id : "";
    if (shown === this.#said) return;
    if (this.#said) this.reads.value = "";
    this.say(shown, true);
  }

  /** @param {string} agent whose writing the agent reads from now on; "": nobody's */
  readAlong(agent) {
    this.reads.value = agent;
    this.again();
  }

  /** Say it anew: something about it has changed. */
  again() {
    if (this.#said) this.say(this.#said);
  }

  /** @param {string} chat "": none @param {boolean} [asks] */
  say(chat, asks = false) {
    const { me } = this.desk.inbox;
    if (!me.peek()?.id || !this.desk.socket.welcome?.features?.includes("together")) return;
    this.#said = chat;
    clearTimeout(this.#again);
    const reads = this.reads.peek();
    const fields = chat ? { conversation: chat, ...(asks && { asks }), ...(reads && { reads }) } : {};
    this.desk.socket.request("look_at", fields).catch((error) => {
      if (reads && error instanceof RefusedError && !error.retry) this.readAlong("");
    });
    if (chat) this.#again = setTimeout(() => this.say(chat), SAID_EVERY);
  }

  /** @param {{conversation: string, agent: Viewer, viewing: boolean, asks?: boolean, shares?: boolean, reads?: boolean}} news */
  heard({ conversation, agent, viewing, asks, shares = false, reads = false }) {
    if (conversation === this.#said && agent.id === this.reads.peek() && !shares) this.readAlong("");
    if (asks && conversation === this.#said) this.say(conversation);
    const key = `${conversation} ${agent.id}`;
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const others = this.of(conversation).filter(({ id }) => id !== agent.id);
    const viewer = { ...agent, ...(shares && { shares }), ...(reads && { reads }) };
    const now = viewing ? [...others, viewer].sort((a, b) => a.name.localeCompare(b.name)) : others;
    const by = new Map(this.by.peek());
    if (now.length) by.set(conversation, now);
    else by.delete(conversation);
    this.by.value = by;
    if (viewing) this.#timers.set(key, setTimeout(() => this.heard({ conversation, agent, viewing: false }), BELIEVED));
  }
}
