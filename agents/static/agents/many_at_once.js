// The same with many chats: the server does a piece of it at a time, and this adds up, until it is done or stopped.

/** @import {Deed, Which} from "./wire.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { RefusedError } from "../support_chat/errors.js";
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { uuid } from "../support_chat/uuid.js";
import { inPlainWords } from "./words.js";

/** Chats that can be named at once. */
const NAMED = 100;
/** How often a piece is asked for anew while the connection comes back. */
const PATIENCE = { patience: 4 };

/** After these nothing more is written in a chat. @type {Set<Deed["what"]>} */
const ENDS = new Set(["close", "transfer"]);

/** @typedef {{which: Which, ids?: string[], deed: Deed, of: number}} Task `ids`: these, and not all of `which` */
/**
 * @typedef {object} Reached how far it is, as it can be kept
 * @property {string} client_id
 * @property {string[]} done
 * @property {number} same
 * @property {Record<string, number>} refused
 * @property {number} part
 * @property {string | null} after
 */

export class ManyAtOnce {
  /**
   * @param {{request: (command: string, fields: any, how?: any) => Promise<any>}} socket
   * @param {Task} task
   * @param {{reached?: Reached, sent?: () => Promise<any>}} [from] `reached`: to go on from there; `sent`: settled once what was written before is with the server
   */
  constructor(socket, task, { reached = { client_id: uuid(), done: [], same: 0, refused: {}, part: 0, after: null }, sent = async () => {} } = {}) {
    this.sent = sent;
    this.socket = socket;
    this.task = task;
    this.reached = reached;
    /** How many are behind us. */
    this.past = signal(sumOf(reached));
    /** @type {import("../support_chat/vendor/preact.js").Signal<"runs" | "done" | "stopped" | "failed">} */
    this.state = signal("runs");
    /** Why it went no further. @type {Error | null} */
    this.why = null;
  }

  get client_id() {
    return this.reached.client_id;
  }

  /** @param {() => void} [onPiece] after each of them */
  async run(onPiece = () => {}) {
    const parts = this.parts();
    try {
      if (ENDS.has(this.task.deed.what)) await this.sent();
      while (this.state.peek() === "runs" && this.reached.part < parts.length) {
        await this.piece(parts[this.reached.part]);
        onPiece();
      }
      if (this.state.peek() === "runs") this.state.value = "done";
    } catch (error) {
      this.why = /** @type {Error} */ (error);
      this.state.value = "failed";
    }
  }

  /** @returns {Which[]} */
  parts() {
    const { ids, which } = this.task;
    if (!ids) return [which];
    return Array.from({ length: Math.ceil(ids.length / NAMED) }, (_, n) => ({ conversations: ids.slice(n * NAMED, (n + 1) * NAMED) }));
  }

  /** @param {Which} which */
  async piece(which) {
    const { client_id, after } = this.reached;
    const fields = { client_id, which, deed: this.task.deed, ...(after && { after }) };
    const piece = await this.socket.request("change_conversations", fields, PATIENCE);
    this.add(piece);
    this.reached.after = piece.next;
    if (!piece.next) this.reached.part += 1;
  }

  /** @param {{done: string[], same: number, refused: Record<string, number>}} piece */
  add({ done, same, refused }) {
    const all = this.reached;
    all.done.push(...done);
    all.same += same;
    for (const [code, count] of Object.entries(refused)) all.refused[code] = (all.refused[code] ?? 0) + count;
    this.past.value = sumOf(all);
  }

  stop() {
    if (this.state.peek() === "runs") this.state.value = "stopped";
  }

  /** What takes it back where it was done, if the deed has that. @returns {Task | null} */
  undoing() {
    const { what, tag } = this.task.deed;
    const back = BACK[what];
    const { done } = this.reached;
    if (!back || !done.length) return null;
    return { which: {}, ids: [...done], of: done.length, deed: { what: back, ...(tag && { tag }) } };
  }

  /** "309 closed, 3 not: taken meanwhile.", and why it went no further. */
  summary() {
    const { what } = this.task.deed;
    const { done, same: already, refused } = this.reached;
    const not = Object.entries(refused).map(([code, count]) => fill(gettext("%(n)s not: %(why)s"), { n: count, why: WHY[code] ?? gettext("it could not be done") }));
    const same = already ? [ngettext("%(n)s was so already", "%(n)s were so already", already)] : [];
    const stopped = this.state.peek() === "stopped" ? [gettext("stopped")] : [];
    const why = this.why ? ` ${whyNoFurther(this.why)}` : "";
    return `${[DONE[what](done.length), ...same, ...not, ...stopped].join(", ")}.${why}`;
  }
}

/** @param {Reached} reached */
function sumOf({ done, same, refused }) {
  return done.length + same + Object.values(refused).reduce((sum, count) => sum + count, 0);
}

/** A sentence. What is not found here is no chat, of which each is refused by itself. @param {Error} error */
function whyNoFurther(error) {
  const isGone = error instanceof RefusedError && error.code === "not_found";
  return isGone ? gettext("The list that it was for is not there any more.") : inPlainWords(error);
}

/** @type {Partial<Record<Deed["what"], Deed["what"]>>} */
const BACK = { tag: "untag", untag: "tag", snooze: "wake" };

/** @type {Record<Deed["what"], (n: number) => string>} */
const DONE = {
  tag: (n) => ngettext("%(n)s tagged", "%(n)s tagged", n),
  untag: (n) => ngettext("tag taken from %(n)s", "tag taken from %(n)s", n),
  snooze: (n) => ngettext("%(n)s put aside", "%(n)s put aside", n),
  wake: (n) => ngettext("%(n)s taken up again", "%(n)s taken up again", n),
  close: (n) => ngettext("%(n)s closed", "%(n)s closed", n),
  transfer: (n) => ngettext("%(n)s handed over", "%(n)s handed over", n),
  prioritise: (n) => ngettext("%(n)s with another priority", "%(n)s with another priority", n),
};

/** Why one was left as it was. @type {Record<string, string>} */
const WHY = {
  changed: gettext("taken or changed meanwhile"),
  not_allowed: gettext("not yours to change"),
  not_found: gettext("not yours any more"),
  at_capacity: gettext("no room"),
  bad_field: gettext("not possible there"),
  busy: gettext("somebody else was changing it"),
};
