// What stands in the lists' pane instead of the usual lists: a view or a filter, page by page.

/** @import {Desk} from "./desk.js" */
/** @import {Page} from "./listed_pages.js" */
/** @import {Chosen, HeardRow, Row, SavedFilter, Which} from "./wire.js" */
import { batch, signal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { Choice } from "./choice.js";
import { ListedPages } from "./listed_pages.js";
import { prefer, preferences } from "./preferences.js";
import { inPlainWords } from "./words.js";

/** Rows of a page. */
const PAGE = 50;
/** Rows of a page that is read anew: as many as the server gives at once. */
const AGAIN = 100;
/** So long (ms) after the last news a list whose rows are told is read anew. */
const SETTLES = 400;
/** So long (ms) at most, where there is news all the time; and at least between two readings of what others do. */
const LONGEST = 3000;

/** No list of chats: mentions_list.js. @type {Chosen} */
export const MENTIONS = { key: "mentions", name: gettext("Mentions"), which: {} };

/** @type {Chosen[]} */
export const VIEWS = [
  { key: "mine", name: gettext("Mine"), which: { view: "mine" } },
  { key: "queue", name: gettext("Queue"), which: { view: "queue" } },
  { key: "team", name: gettext("Team"), which: { view: "team" } },
  MENTIONS,
  { key: "snoozed", name: gettext("Snoozed"), which: { view: "snoozed" } },
  { key: "closed", name: gettext("Closed"), which: { view: "closed" } },
];

/** Of these every change is told to the agent anyhow: what they have, and what waits for them. */
const TOLD = new Set(["mine", "queue", "snoozed", MENTIONS.key]);

/** Why a filter shows nothing, by what its list was refused with. @type {Record<string, "gone" | "outdated">} */
const LOST = { not_found: "gone", bad_field: "outdated" };

export class Views {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {import("../support_chat/vendor/preact.js").Signal<SavedFilter[]>} */
    this.filters = signal([]);
    /** The sites with whose team the agent may share theirs. @type {import("../support_chat/vendor/preact.js").Signal<string[]>} */
    this.shares = signal([]);
    /** Whether the server has views: an older one does not. */
    this.known = signal(false);
    /** @type {import("../support_chat/vendor/preact.js").Signal<HeardRow[]>} */
    this.rows = signal([]);
    /** @type {import("../support_chat/vendor/preact.js").Signal<string | null>} */
    this.next = signal(null);
    /** How many there are, counted up to 1,001. */
    this.total = signal(0);
    /** `gone`: the filter that was chosen; `outdated`: it asks for what the server does not know any more.
     * @type {import("../support_chat/vendor/preact.js").Signal<"loading" | "ready" | "failed" | "gone" | "outdated">} */
    this.state = signal("loading");
    /** Of the view that is shown, and of no other. */
    this.choice = new Choice();
    this.listed = new ListedPages();
    /** What decides where a chat stands, as it was heard last, by its id. @type {Map<string, string>} */
    this.facts = new Map();
    /** Which rows are before the agent's eyes. */
    this.seen = { from: 0, to: PAGE };
    /** The next page was asked for. */
    this.wantsMore = false;
    /** The server tells of changes that nobody here is told of otherwise. */
    this.watches = false;
    /** It stands as it was left with the last page. */
    this.isBegun = false;
    /** What makes the list hold still. @type {Set<"pointer" | "focus" | "choice">} */
    this.holds = new Set();
    this.isOld = false;
    /** Since when (ms). */
    this.oldSince = 0;
    /** When it was read last, and until when it is not read for what others do (ms). */
    this.readAt = 0;
    this.restsUntil = 0;
    this.turn = 0;
    /** @type {any} */
    this.soon = undefined;
    desk.socket.onWelcome(() => void this.begin());
    desk.socket.on("inbox_changed", ({ rows }) => this.heard(rows));
    desk.socket.on("lists_changed", () => this.watches && this.aged(this.readAt + LONGEST));
    void this.begin();
  }

  async begin() {
    this.watches = false;
    this.watch();
    void this.fetch();
    await this.readFilters();
    if (this.known.peek()) this.takeUp();
  }

  async readFilters() {
    try {
      const { filters, shares = [] } = await this.desk.socket.request("list_filters", {});
      batch(() => {
        this.filters.value = filters;
        this.shares.value = shares;
        this.known.value = true;
      });
    } catch {
      // An older server has none; where the connection was lost, the next hello asks again.
    }
  }

  /** What stood here before a reload, unless the agent has chosen since. */
  takeUp() {
    const { view } = preferences.peek();
    if (this.isBegun) return;
    this.isBegun = true;
    if (!view) return;
    const kept = VIEWS.find(({ key }) => key === view) ?? this.filters.peek().filter(({ id }) => id === view).map(chosenOf)[0];
    if (kept) this.open(kept);
  }

  /** The agent's own choice; null: the usual lists. @param {Chosen | null} chosen */
  open(chosen) {
    this.isBegun = true;
    this.turn += 1;
    prefer({ view: chosen?.key || undefined }); // what has no name is not kept
    batch(() => {
      this.desk.view.value = chosen;
      this.empty();
      this.state.value = "loading";
    });
    this.watch();
    void this.fetch();
  }

  watch() {
    const { socket, view } = this.desk;
    const wants = view.peek() !== null && !TOLD.has(view.peek().key) && this.knowsParts;
    if (wants === this.watches) return;
    this.watches = wants;
    socket.request(wants ? "watch_lists" : "leave_lists", {}, { patience: wants ? 4 : 0 }).catch(() => {});
  }

  /** An older server tells of no changes, and reads no part of a list. */
  get knowsParts() {
    return Boolean(this.desk.socket.welcome?.features?.includes("lists"));
  }

  /** Of what was shown nothing stands or is chosen any more. */
  empty() {
    this.choice.clear();
    this.listed.clear();
    this.facts.clear();
    this.wantsMore = false;
    this.seen = { from: 0, to: PAGE };
    this.total.value = 0;
    this.show();
  }

  show() {
    batch(() => {
      this.rows.value = this.listed.rows;
      this.next.value = this.listed.next;
    });
  }

  more() {
    if (!this.next.peek()) return;
    this.wantsMore = true;
    if (this.state.peek() !== "loading") void this.read();
  }

  /** What is shown anew. */
  async fetch() {
    this.listed.age += 1;
    await this.read();
  }

  /** Whatever is old of what the agent sees, then the next page if they want it. What grows old meanwhile is read later. */
  async read() {
    const chosen = this.desk.view.peek();
    if (!chosen || chosen === MENTIONS) return;
    const turn = (this.turn += 1);
    const { age } = this.listed;
    this.isOld = false;
    this.readAt = Date.now();
    this.state.value = "loading";
    try {
      for (let part = this.part(age); part; part = this.part(age)) {
        const read = await this.readPart(chosen.which, part);
        if (turn !== this.turn) return;
        this.take(part, read);
      }
      this.state.value = "ready";
      this.settle();
    } catch (error) {
      if (turn === this.turn) this.failed(chosen, /** @type {any} */ (error));
    }
  }

  /** What is to be read next; without rows it is not here yet. @param {number} age @returns {Page | null} */
  part(age) {
    const { listed } = this;
    const first = { after: null, until: null, rows: [], age: 0 };
    const old = listed.pages.length ? listed.due(age, this.seen) : first;
    if (old) return old;
    return this.wantsMore && listed.next ? { ...first, after: listed.next } : null;
  }

  /** @param {Which} which @param {Page} part @returns {Promise<{pages: Page[], total?: number}>} as many pages as it takes */
  async readPart(which, { after, until, rows }) {
    const end = this.knowsParts ? until : null;
    const { age } = this.listed;
    /** @type {Page[]} */
    const pages = [];
    let [from, total] = [after, /** @type {number | undefined} */ (undefined)];
    do {
      const limit = end ? AGAIN : Math.max(PAGE, Math.min(AGAIN, rows.length));
      const page = await this.desk.socket.request("list_conversations", { which, limit, ...(from && { after: from }), ...(end && { until: end }) });
      pages.push({ after: from, until: page.next ?? end, rows: page.rows.map((/** @type {Row} */ row) => this.desk.inbox.stamp(row)), age });
      [from, total] = [page.next, total ?? page.total];
    } while (from && end);
    return { pages, total };
  }

  /** @param {Page} part @param {{pages: Page[], total?: number}} read */
  take(part, { pages, total }) {
    const isNew = !this.listed.pages.includes(part);
    if (isNew) this.wantsMore = false;
    if (!isNew && !this.knowsParts) this.listed.clear();
    this.listed.put(isNew ? null : part, pages);
    for (const page of pages) for (const row of page.rows) this.facts.set(row.conversation, factsOf(row));
    batch(() => {
      this.total.value = total ?? this.total.peek();
      this.show();
    });
  }

  /** What became of a filter is said in its place. @param {Chosen} chosen @param {import("../support_chat/errors.js").RefusedError} error */
  failed({ which }, error) {
    const state = (which.filter && LOST[error.code]) || "failed";
    this.wantsMore = false;
    if (state === "failed") this.desk.notices.say(inPlainWords(error), { bad: true });
    if (state === "gone") void this.readFilters();
    batch(() => {
      if (state !== "failed") this.empty();
      this.state.value = state;
    });
  }

  /** What is shown is shown as it is by now, at once; what comes and goes, as soon as the list may move. @param {Row[]} news */
  heard(news) {
    if (!this.desk.view.peek()) return;
    if (this.listed.update(new Map(news.map((row) => [row.conversation, this.desk.inbox.stamp(row)])))) this.show();
    const moved = news.filter((row) => this.facts.get(row.conversation) !== factsOf(row));
    for (const row of moved) this.facts.set(row.conversation, factsOf(row));
    if (moved.length) this.aged();
  }

  /** Something may have come or gone. @param {number} [until] it may wait until then (ms) */
  aged(until = 0) {
    this.listed.age += 1;
    this.restsUntil = this.isOld ? Math.min(this.restsUntil, until) : until;
    if (!this.isOld) this.oldSince = Date.now();
    this.isOld = true;
    this.settle();
  }

  /** Which rows are before the agent's eyes. @param {{from: number, to: number}} seen */
  look(seen) {
    this.seen = seen;
    this.settle();
  }

  /** @param {"pointer" | "focus" | "choice"} by @param {boolean} on */
  hold(by, on) {
    if (on) this.holds.add(by);
    else this.holds.delete(by);
    this.settle();
  }

  settle() {
    clearTimeout(this.soon);
    const isWaiting = this.state.peek() === "ready" || (this.isOld && this.state.peek() !== "loading");
    if (this.holds.size || !isWaiting || !this.listed.due(this.listed.age, this.seen)) return;
    const now = Date.now();
    const left = this.isOld ? Math.min(SETTLES, this.oldSince + LONGEST - now) : SETTLES;
    this.soon = setTimeout(() => void this.read(), Math.max(0, left, this.restsUntil - now));
  }
}

/** What decides in which list a chat stands, and where. @param {Row} row */
function factsOf({ state, agent, queue, wanted, sort, priority, tags, reply_to, ...row }) {
  const kinds = [row.snoozed, row.waited].map((seconds) => (seconds ?? null) !== null);
  return JSON.stringify([state, agent?.id, queue, wanted, sort, priority, tags, reply_to?.email, ...kinds]);
}

/** @type {WeakMap<Desk, Views>} */
const known = new WeakMap();

/** @param {Desk} desk */
export function viewsOf(desk) {
  const views = known.get(desk) ?? new Views(desk);
  known.set(desk, views);
  return views;
}

/** Whether the agent may change or delete it. @param {Views} views @param {SavedFilter} filter */
export function isTheirs({ shares }, { mine, shared, site }) {
  return mine || (shared && shares.value.includes(site));
}

/** @param {SavedFilter} filter @returns {Chosen} */
export function chosenOf(filter) {
  return { key: filter.id, name: filter.name, which: { filter: filter.id } };
}
