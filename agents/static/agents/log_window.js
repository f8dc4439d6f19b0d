// Of a long chat the end is drawn, and as much before it as the agent has looked back to.

/** @import {MessageLog} from "../support_chat/message_log.js" */
/** @import {TimelineLog} from "../support_chat/timeline.js" */
import { computed, signal } from "../support_chat/vendor/preact.js";

/** So many entries at least are drawn at the end, and so many more each time somebody looks further back. */
const DRAWN = 300;
/** With each so many new ones the first that is drawn is another: not with each one. */
const STEP = 100;

/** @param {unknown[]} entries */
const beginOfEnd = (entries) => Math.max(0, Math.floor((entries.length - DRAWN) / STEP) * STEP);

/** @type {WeakMap<MessageLog, LogWindow>} */
const windows = new WeakMap();

/** @param {MessageLog} log @returns {LogWindow} always the same one of this log */
export function windowOf(log) {
  const known = windows.get(log) ?? new LogWindow(log);
  windows.set(log, known);
  return known;
}

/** A log of which a timeline sees the part that it draws. @implements {TimelineLog} */
class LogWindow {
  /** @param {MessageLog} log */
  constructor(log) {
    this.log = log;
    /** The position from which on it is drawn; Infinity: the end alone. */
    this.reach = signal(Infinity);
    this.first = computed(() => {
      const entries = log.entries.value;
      const reached = entries.findIndex(({ position }) => position >= this.reach.value);
      return reached < 0 ? beginOfEnd(entries) : Math.min(beginOfEnd(entries), reached);
    });
    this.entries = computed(() => log.entries.value.slice(this.first.value));
    this.earlier = computed(() => this.first.value > 0 || log.earlier.value);
    this.replacedAt = log.replacedAt;
  }

  get position() {
    return this.log.position;
  }

  /** @param {string} clientId */
  has(clientId) {
    return this.log.has(clientId);
  }

  /** The end is in view: what is before it is not drawn any more; what comes while it is not in view moves nothing. */
  atEnd() {
    const entries = this.log.entries.peek();
    this.reach.value = entries[beginOfEnd(entries)]?.position ?? Infinity;
  }

  /** @param {number} position is drawn from now on, once it is loaded */
  reachTo(position) {
    this.reach.value = Math.min(this.reach.value, position);
  }

  /** More of what is older. @param {() => Promise<void>} fetch what is not loaded yet */
  async lookBack(fetch) {
    const first = this.first.value;
    if (!first) await fetch();
    this.reachTo(first ? this.log.entries.value[Math.max(0, first - DRAWN)].position : this.log.first);
  }
}
