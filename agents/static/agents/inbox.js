// What the console knows of everybody: the agent, their chats, the queues, their teammates. Fed by events alone.

/** @import {Agent, HeardRow, Queue, Row, Teammate} from "./wire.js" */
import { computed, signal } from "../support_chat/vendor/preact.js";
import { bySort, byWaiting } from "./ordering.js";

/** So many of one's own closed chats stay at hand. */
const KEPT_CLOSED = 12;
/** So many rows are remembered after they left, longer than any pointer rests. */
const KEPT_DEPARTED = 200;

export class Inbox {
  /** @param {() => number} [now] this browser's clock in ms */
  constructor(now = Date.now) {
    this.now = now;
    /** @type {import("../support_chat/vendor/preact.js").Signal<Agent | null>} */
    this.me = signal(null);
    /** @type {import("../support_chat/vendor/preact.js").Signal<ReadonlyMap<string, HeardRow>>} */
    this.rows = signal(new Map());
    /** @type {import("../support_chat/vendor/preact.js").Signal<(Queue & {heard: number})[]>} */
    this.queues = signal([]);
    /** @type {import("../support_chat/vendor/preact.js").Signal<Teammate[]>} */
    this.teammates = signal([]);
    /** Rows that left, and in which words: a list that holds still goes on showing them. @type {Map<string, {row: HeardRow, why: string}>} */
    this.departed = new Map();

    this.mine = computed(() => byWaiting(this.select((row) => row.state === "active" && this.isMine(row)), this.now()));
    this.waiting = computed(() => bySort(this.select((row) => row.state === "queued")));
    this.closed = computed(() => this.lately(this.select((row) => row.state === "closed" && this.isMine(row))));
    this.unread = computed(() => this.mine.value.reduce((sum, row) => sum + unreadOf(row), 0));
  }

  /** Everything anew, after hello. @param {any} welcome */
  welcome(welcome) {
    // A restored server counts from further back: positions known before say nothing of what comes now.
    const closed = this.closed.peek().map((row) => ({ ...row, position: 0 }));
    for (const gone of this.departed.values()) gone.row = { ...gone.row, position: 0 };
    this.me.value = welcome.agent;
    this.queues.value = welcome.queues.map((/** @type {Queue} */ queue) => ({ ...queue, heard: this.now() }));
    this.teammates.value = welcome.teammates.filter((/** @type {Teammate} */ mate) => mate.id !== welcome.agent.id);
    const heard = welcome.inbox.map((/** @type {Row} */ row) => [row.conversation, this.stamp(row)]);
    this.rows.value = new Map([...closed.map((row) => /** @type {const} */ ([row.conversation, row])), ...heard]);
  }

  /** Rows as the server has them now. @param {Row[]} rows */
  change(rows) {
    const next = new Map(this.rows.peek());
    for (const row of rows) this.place(next, this.stamp(row));
    this.rows.value = next;
  }

  /**
   * @param {Map<string, HeardRow>} rows
   * @param {HeardRow} row
   */
  place(rows, row) {
    const before = rows.get(row.conversation);
    const last = before ?? this.departed.get(row.conversation)?.row;
    if (last && row.position < last.position) return; // an agent's news and a queue's come in any order
    if (before) row.seen = Math.max(row.seen, before.seen);
    if (row.state === "closed" && before && this.isMine(before)) row.agent = before.agent;
    if (this.isMine(row) || (row.state === "queued" && this.servesQueue(row.queue))) {
      rows.set(row.conversation, row);
      return;
    }
    this.depart(row, whyGone(row));
    rows.delete(row.conversation);
  }

  /** @param {HeardRow} row @param {string} why */
  depart(row, why) {
    this.departed.set(row.conversation, { row, why });
    const [oldest] = this.departed.keys();
    if (this.departed.size > KEPT_DEPARTED) this.departed.delete(oldest);
  }

  /** It is no longer mine. @param {string} conversation @param {string} why in words */
  leave(conversation, why) {
    const row = this.rows.peek().get(conversation);
    if (!row || !this.isMine(row)) return;
    const next = new Map(this.rows.peek());
    this.depart(row, why);
    next.delete(conversation);
    this.rows.value = next;
  }

  /** A visitor came, left or turned the page. @param {{conversation: string, here: boolean, since: number, page: string | null}} news */
  visitor({ conversation, here, since, page }) {
    const row = this.rows.peek().get(conversation);
    if (!row) return;
    const aged = { ...row, visitor: { ...row.visitor, here, since, page } };
    this.rows.value = new Map(this.rows.peek()).set(conversation, aged);
  }

  /**
   * So many of the visitor's messages were seen; all of them, when this window says so before the server does.
   * @param {string} conversation
   * @param {number} [count]
   */
  seen(conversation, count = Infinity) {
    const row = this.rows.peek().get(conversation);
    const seen = Math.min(count, row?.messages ?? 0);
    if (!row || row.seen >= seen) return;
    this.rows.value = new Map(this.rows.peek()).set(conversation, { ...row, seen });
  }

  /** @param {{queue: string, waiting: number, longest_wait: number | null}} news */
  queue({ queue, waiting, longest_wait }) {
    this.queues.value = this.queues.peek().map((each) =>
      each.id === queue ? { ...each, waiting, longest_wait, heard: this.now() } : each,
    );
  }

  /** @param {Teammate} agent */
  teammate(agent) {
    if (agent.id === this.me.peek()?.id) return this.self(/** @type {Agent} */ (agent));
    const others = this.teammates.peek().filter((each) => each.id !== agent.id);
    this.teammates.value = [...others, agent].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @param {Partial<Agent>} news */
  self(news) {
    const me = this.me.peek();
    if (me) this.me.value = { ...me, ...news };
  }

  /** @param {Row} row @returns {HeardRow} */
  stamp(row) {
    return { ...row, heard: this.now() };
  }

  /** A row that is on a list or was until a moment ago. @param {string} conversation */
  find(conversation) {
    return this.rows.value.get(conversation) ?? this.departed.get(conversation)?.row ?? null;
  }

  /** @param {(row: HeardRow) => boolean} fits */
  select(fits) {
    return [...this.rows.value.values()].filter(fits);
  }

  /** @param {HeardRow[]} rows newest first, the oldest dropped */
  lately(rows) {
    const age = (/** @type {HeardRow} */ row) => (row.closed_ago ?? 0) - row.heard / 1000;
    return rows.sort((a, b) => age(a) - age(b)).slice(0, KEPT_CLOSED);
  }

  /** @param {Row} row */
  isMine(row) {
    return row.agent !== null && row.agent.id === this.me.value?.id;
  }

  /** @param {string} queue */
  servesQueue(queue) {
    return this.queues.peek().some((each) => each.id === queue);
  }
}

/** Messages of the visitor that the chat's agent has not seen. @param {Row} row */
export function unreadOf(row) {
  return Math.max(0, row.messages - row.seen);
}

/** @param {Row} row */
function whyGone(row) {
  if (row.state === "closed") return "Closed";
  return row.agent ? `Taken by ${row.agent.name}` : "No longer here";
}
