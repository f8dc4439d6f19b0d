// What is being done with many chats: shown over every list, and gone on with after a reload of this window.

/** @import {Desk} from "./desk.js" */
/** @import {Reached, Task} from "./many_at_once.js" */
import { speak } from "../support_chat/speak.js";
import { sessionStore } from "../support_chat/storage.js";
import { signal } from "../support_chat/vendor/preact.js";
import { ManyAtOnce } from "./many_at_once.js";
import { sentFirst } from "./sent_first.js";
import { viewsOf } from "./views.js";

/** A reload is over by then (ms); what lay longer, as in a window that was closed and is opened again, is only told. */
const RELOADED = 60_000;

export class ManyWork {
  /** @param {Desk} desk @param {import("../support_chat/storage.js").Store} [store] of this window alone */
  constructor(desk, store = sessionStore) {
    this.desk = desk;
    this.store = store;
    this.key = `support-chat:console:many:${desk.user}`;
    /** @type {import("../support_chat/vendor/preact.js").Signal<ManyAtOnce | null>} */
    this.now = signal(null);
    this.goOn();
  }

  /** @param {Task} task */
  start(task) {
    return this.work(this.made(task));
  }

  /** @param {Task} task @param {Reached} [reached] */
  made(task, reached) {
    return new ManyAtOnce(this.desk.socket, task, { reached, sent: () => sentFirst(this.desk) });
  }

  /** What a reload broke off. */
  goOn() {
    const kept = this.kept();
    if (!kept) return;
    const many = this.made(kept.task, kept.reached);
    if (Date.now() - kept.at < RELOADED) return void this.work(many);
    many.stop();
    this.store.remove(this.key);
    this.now.value = many;
  }

  /** @param {ManyAtOnce} many */
  async work(many) {
    this.now.value = many;
    this.keep(many);
    await many.run(() => this.keep(many));
    this.store.remove(this.key);
    speak(many.summary());
    void viewsOf(this.desk).fetch();
  }

  /** For good: no reload goes on with it. */
  stop() {
    this.now.peek()?.stop();
    this.store.remove(this.key);
  }

  /** @param {ManyAtOnce} many */
  keep({ task, reached }) {
    this.store.set(this.key, JSON.stringify({ task, reached, at: Date.now() }));
  }

  /** @returns {{task: Task, reached: Reached, at: number} | null} */
  kept() {
    try {
      return JSON.parse(this.store.get(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  /** In the place of what can be done with a choice: while it runs, and then until others are chosen. @param {import("./choice.js").Choice} choice */
  isShown({ ids }) {
    const state = this.now.value?.state.value;
    return state !== undefined && (state === "runs" || ids.value.size === 0);
  }

  /** What is over needs no more room; what runs, runs on. */
  end() {
    if (this.now.peek()?.state.peek() !== "runs") this.now.value = null;
  }
}

/** @type {WeakMap<Desk, ManyWork>} */
const known = new WeakMap();

/** @param {Desk} desk */
export function workOf(desk) {
  const work = known.get(desk) ?? new ManyWork(desk);
  known.set(desk, work);
  return work;
}
