// What the console knows of everybody: the agent, their chats, the queues, their teammates. Fed by events alone.

/** @import {Agent, HeardRow, Queue, Row, Site, Teammate, Who} from "./wire.js" */
import { computed, signal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { bySort, byWaiting, placeOf } from "./ordering.js";

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
    /** Waiting chats that need what I lack. @type {import("../support_chat/vendor/preact.js").Signal<ReadonlySet<string>>} */
    this.notForMe = signal(new Set());
    /** @type {import("../support_chat/vendor/preact.js").Signal<Site[]>} */
    this.sites = signal([]);
    /** Who waits longer than this is an alarm (s). */
    this.target = Infinity;
    /** Rows that left, and in which words: a list that holds still goes on showing them. @type {Map<string, {row: HeardRow, why: string}>} */
    this.departed = new Map();

    this.offers = computed(() => bySort(this.placed("offers")));
    this.held = computed(() => byWaiting(this.placed("mine"), this.now()));
    this.mine = computed(() => this.held.value.filter((row) => !isIdle(row)));
    this.idle = computed(() => this.held.value.filter((row) => isIdle(row) && (row.snoozed ?? null) === null));
    this.waiting = computed(() => bySort(this.placed("waiting")));
    /** The first that I could take by hand. */
    this.next = computed(() => this.waiting.value.find((row) => this.mayTake(row)) ?? null);
    this.closed = computed(() => this.lately(this.placed("closed")));
    /** In the chats that I am a guest in: company.js. */
    this.unreadBeside = signal(0);
    this.unread = computed(() => this.held.value.reduce((sum, row) => sum + unreadOf(row), this.unreadBeside.value));
  }

  /** Everything anew, after hello. @param {any} welcome */
  welcome(welcome) {
    // A restored server counts from further back: positions known before say nothing of what comes now.
    const closed = this.closed.peek().map((row) => ({ ...row, position: 0 }));
    for (const gone of this.departed.values()) gone.row = { ...gone.row, position: 0 };
    this.me.value = this.stamp(welcome.agent);
    this.queues.value = welcome.queues.map((/** @type {Queue} */ queue) => ({ ...queue, heard: this.now() }));
    const others = welcome.teammates.filter((/** @type {Teammate} */ mate) => mate.id !== welcome.agent.id);
    this.teammates.value = others.map((/** @type {Teammate} */ mate) => this.stamp(mate));
    this.sites.value = (welcome.sites ?? []).map((/** @type {Site} */ site) => this.stamp(site));
    this.target = welcome.wait_target ?? Infinity;
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
    if (row.offered) row.offered = { ...row.offered, of: sameOffer(before, row) ?? row.offered.expires_in };
    const place = placeOf(row, this.me.peek()?.id);
    if (place !== "elsewhere" && (place !== "waiting" || this.hearsQueue(row.wanted ?? row.queue))) {
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

  /**
   * A visitor came, left or turned the page, or it is known better who they are.
   * @param {{conversation: string, here: boolean, since: number, page: string | null, who?: Who}} news
   */
  visitor({ conversation, here, since, page, who }) {
    const row = this.rows.peek().get(conversation);
    if (!row) return;
    const aged = { ...row, visitor: { ...row.visitor, ...(who && { name: who.name, verified: who.verified }), here, since, page } };
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

  /** @param {{queue: string, online: number}} news */
  staffed({ queue, online }) {
    this.queues.value = this.queues.peek().map((each) => (each.id === queue ? { ...each, online } : each));
  }

  /** How a site stands by now, whole. @param {Omit<Site, "name">} news */
  site({ id, ...standing }) {
    this.sites.value = this.sites.peek().map((each) => (each.id === id ? this.stamp({ id, name: each.name, ...standing }) : each));
  }

  /** @param {Teammate} agent */
  teammate(agent) {
    if (agent.id === this.me.peek()?.id) return this.self(/** @type {Agent} */ (agent));
    const others = this.teammates.peek().filter((each) => each.id !== agent.id);
    this.teammates.value = [...others, this.stamp(agent)].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @param {Partial<Agent>} news */
  self(news) {
    const me = this.me.peek();
    if (me) this.me.value = { ...me, ...news, ...("back_in" in news && { heard: this.now() }) };
  }

  /** @template T @param {T} told @returns {T & {heard: number}} */
  stamp(told) {
    return { ...told, heard: this.now() };
  }

  /** A row that is on a list or was until a moment ago. @param {string} conversation */
  find(conversation) {
    return this.rows.value.get(conversation) ?? this.departed.get(conversation)?.row ?? null;
  }

  /** @param {ReturnType<typeof placeOf>} place */
  placed(place) {
    const me = this.me.value?.id;
    return [...this.rows.value.values()].filter((row) => placeOf(row, me) === place);
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

  /** Its rows are told to me. @param {string} queue */
  hearsQueue(queue) {
    return this.queues.peek().some(({ id, roles }) => id === queue && roles?.length !== 0);
  }

  /** Offered to nobody, in a queue that I answer, and not known to need what I lack. @param {HeardRow} row */
  mayTake(row) {
    return !row.offered && !this.notForMe.value.has(row.conversation) && this.answers(row.wanted ?? row.queue);
  }

  /** The server says that a waiting chat is for somebody else. @param {string} conversation */
  passOver(conversation) {
    if (!this.notForMe.peek().has(conversation)) this.notForMe.value = new Set(this.notForMe.peek()).add(conversation);
  }

  /** @param {string} queue */
  answers(queue) {
    return this.queues.value.some(({ id, roles }) => id === queue && (!roles || roles.includes("agent") || roles.includes("supervisor")));
  }

  /** @param {string} queue @param {...string} roles */
  amIn(queue, ...roles) {
    return this.queues.value.some((each) => each.id === queue && each.roles?.some((role) => roles.includes(role)));
  }
}

/** @param {Row} row */
function isIdle(row) {
  return (row.idle ?? null) !== null && !isBack(row);
}

/** @param {Row} row */
export function isBack(row) {
  return (row.woken ?? null) !== null;
}

/** What an offer that goes on began with. @param {Row | undefined} before @param {Row} row */
function sameOffer(before, row) {
  return before?.offered?.to.id === row.offered?.to.id ? before?.offered?.of : undefined;
}

/** Messages of the visitor that the chat's agent has not seen. @param {Row} row */
export function unreadOf(row) {
  return Math.max(0, row.messages - row.seen);
}

/** @param {Row} row */
function whyGone(row) {
  if (row.state === "closed") return gettext("Closed");
  if (row.offered) return fill(gettext("Offered to %(name)s"), { name: row.offered.to.name });
  return row.agent ? fill(gettext("Taken by %(name)s"), { name: row.agent.name }) : gettext("No longer here");
}
