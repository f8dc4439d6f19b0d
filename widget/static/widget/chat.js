/** @import {Entry, ResumeReply, Snapshot} from "../support_chat/types.d.ts" */
/** @import {LiveSocket} from "../support_chat/live_socket.js" */
import { computed, signal } from "../support_chat/vendor/preact.js";
import { CatchUp } from "../support_chat/catch_up.js";
import { MessageLog } from "../support_chat/message_log.js";
import { TypingWatch } from "../support_chat/typing_tracker.js";

const PAGE = 50; // entries of an older page
const END = Number.MAX_SAFE_INTEGER; // a position after every entry

/**
 * @typedef {{low: number, high: number | null}} Wait seconds; `high` null: longer than can be said
 * @typedef {object} Place
 * @property {number} place 1 is next
 * @property {number} of
 * @property {Wait | null} wait null: nobody can say
 * @property {boolean} [about] what others bring makes the place less certain
 * @property {string} [why] why it grew, by the protocol's word, until it gets better
 */

/**
 * One chat as its visitor sees it: its log, who answers, and how far the team has read.
 *
 * - `state`: signal, "queued" | "active" | "closed"; `agent`: signal, who answers or null
 * - `place`: signal, while waiting, else null; `read`: signal, position our team has read
 * - `replyTo`: signal, the address that they left, masked, or null
 * - `newest`: the last entry heard, never one of a snapshot: what is worth being said aloud
 */
export class Chat {
  /** @param {Snapshot} snapshot @param {LiveSocket} socket */
  constructor(snapshot, socket) {
    this.id = snapshot.id;
    this.socket = socket;
    this.log = new MessageLog(this.id);
    this.typing = new TypingWatch();
    this.state = signal(snapshot.state);
    this.agent = signal(snapshot.agent);
    this.place = signal(/** @type {Place | null} */ (null));
    this.read = signal(0);
    this.replyTo = signal(/** @type {string | null} */ (null));
    this.closed = computed(() => this.state.value === "closed");
    /** @type {number | null} when it can no longer be reopened, in milliseconds of this page's clock; null: never */
    this.reopensUntil = null;
    this.catchUp = new CatchUp(this.log, (after, mark) => this.missing(after, mark), (reply) => this.replied(reply));
    this.stops = [
      socket.track(`conversation:${this.id}`, () => this.log.position),
      ...["entry_added", "conversation_changed", "queue_moved", "read", "typing"].map((name) =>
        socket.on(name, (event) => event.conversation === this.id && this.hear(event)),
      ),
      socket.on("behind", ({ topic }) => topic === `conversation:${this.id}` && this.catchUp.run()),
    ];
    this.take(snapshot);
  }

  /** A fresh snapshot: what the log already has of it stays as it is, so that nothing jumps. @param {Snapshot} snapshot */
  take(snapshot) {
    const { log } = this;
    const at = snapshot.entries.findIndex((entry) => entry.position === log.position && entry.mark === log.mark);
    if (at < 0) log.adopt(snapshot);
    else log.extend(snapshot.entries.slice(at + 1));
    this.state.value = snapshot.state;
    this.agent.value = snapshot.agent;
    this.moved(snapshot.place ?? null);
    this.replyTo.value = snapshot.reply_to ?? this.replyTo.value;
    this.read.value = Math.min(Math.max(this.read.value, snapshot.read ?? 0), log.position);
    if (snapshot.state === "closed") this.closing(snapshot.reopens_in);
  }

  /** Whether writing goes on with this chat; the server has the last word. */
  goesOn() {
    return !this.closed.value || (this.reopensUntil !== null && performance.now() < this.reopensUntil);
  }

  /** Load an older page. */
  async earlier() {
    const [first] = this.log.entries.value;
    if (!first) return;
    const page = await this.socket.request("page", { conversation: this.id, before: first.position, limit: PAGE });
    this.log.prepend(page);
  }

  /** No longer the one that is talked in. */
  leave() {
    for (const stop of this.stops) stop();
  }

  /** @param {any} event */
  hear(event) {
    if (event.event === "entry_added") this.heard(event.entry);
    else if (event.event === "conversation_changed") this.changed(event);
    else if (event.event === "queue_moved") this.moved(event);
    else if (event.event === "typing") this.typing.heard(event);
    else if (event.by.role !== "visitor") this.read.value = Math.max(this.read.value, event.position);
  }

  /** @param {Entry} entry */
  heard(entry) {
    this.catchUp.hear(entry);
    this.typing.said(entry.author);
    this.changedBy(entry);
  }

  /** @param {Place | null} place */
  moved(place) {
    const before = this.place.peek();
    const gained = (place?.place ?? 0) - (before?.place ?? Infinity);
    const why = gained > 0 ? place?.why : gained === 0 ? before?.why : undefined;
    this.place.value = place && { ...place, why };
  }

  /** @param {{state: string, agent: Snapshot["agent"]}} event */
  changed({ state, agent }) {
    if (state === "closed" && !this.closed.value) this.closing();
    this.state.value = state;
    this.agent.value = agent;
    if (state !== "queued") this.place.value = null;
    if (state === "closed") this.typing.clear();
  }

  /** What an entry says of the whole: entries that a reply of `resume` brings come without their events. @param {Entry} entry */
  changedBy({ kind, body }) {
    if (kind === "assigned") this.changed({ state: "active", agent: body.agent ?? this.agent.value });
    else if (kind === "closed") this.changed({ state: "closed", agent: this.agent.value });
    else if (kind === "returned_to_queue" || kind === "reopened") this.changed({ state: "queued", agent: null });
  }

  /** @param {number} after @param {string | undefined} mark @returns {Promise<ResumeReply>} */
  missing(after, mark) {
    return this.socket.request("resume", { conversation: this.id, after, ...(mark && { mark }) });
  }

  /** @param {ResumeReply} reply */
  replied({ entries = [], snapshot, read }) {
    if (snapshot) this.changed(snapshot);
    for (const entry of entries) this.changedBy(entry);
    if (typeof read === "number") this.read.value = Math.max(this.read.value, read);
  }

  /** @param {number | null} [seconds] for how long writing reopens it; unknown when it closed before our eyes: long enough */
  closing(seconds = Infinity) {
    this.reopensUntil = seconds === null ? null : performance.now() + seconds * 1000;
  }
}

/** One that is over, with its newest page; null when there is nothing of it. @param {string} id @param {LiveSocket} socket */
export async function pastChat(id, socket) {
  const { entries, earlier } = await socket.request("page", { conversation: id, before: END, limit: PAGE });
  const last = entries.at(-1);
  if (!last) return null;
  const { position, mark } = last;
  const old = new Chat({ id, state: "closed", agent: null, position, mark, entries, earlier }, socket);
  old.leave();
  return old;
}
