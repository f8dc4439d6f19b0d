// Of what this agent wants to hear, when they work, and what rings with them: kept by the server for all of their browsers.

/** @import {Scope} from "./happenings.js" */
/** @import {Interval} from "./quiet.js" */
/** @import {Agent} from "./wire.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { isWithin } from "./happenings.js";
import { isQuiet } from "./quiet.js";

/**
 * @typedef {object} Standing
 * @property {Scope} scope
 * @property {Interval[]} quiet
 * @property {string} time_zone of the quiet hours
 * @property {boolean} words a push says what the visitor wrote
 * @property {string[]} hours when they work, a line a day; none: whenever they are here
 * @property {boolean} works now
 * @property {number | null} changes_in seconds until that changes
 * @property {string[]} ringing chats
 * @property {Record<string, number>} [ringing_steps] by which step of its queue's each rings
 * @property {string} push_key
 */

/** The longest that a browser's timer can be (ms). */
const LONGEST = 2 ** 31 - 1;
/** Causes of a status that are the agent's own word, as the server has them. */
const OWN_WORD = ["chosen", "finished"];

export class Attention {
  /** @param {string} path @param {() => string} token what proves that a request comes from this page @param {() => Agent | null} me */
  constructor(path, token, me) {
    this.path = path;
    this.token = token;
    this.me = me;
    /** Null until it is known; for whoever answers no chats, always. @type {import("../support_chat/vendor/preact.js").Signal<Standing | null>} */
    this.standing = signal(null);
    /** @type {any} */
    this.timer = null;
  }

  async load() {
    const answer = await fetch(this.path, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok) this.take(await answer.json());
  }

  /** Shown at once, and as it was again where it is refused. @param {Partial<Standing>} change @returns {Promise<boolean>} */
  async change(change) {
    const before = this.standing.peek();
    if (before) this.standing.value = { ...before, ...change };
    const answer = await this.send("", change, "PATCH");
    if (answer?.ok) this.take(await answer.json());
    else if (before) this.undo(before, change);
    return Boolean(answer?.ok);
  }

  /** Only what this change shows still; what came after it stays. @param {Standing} before @param {Partial<Standing>} change */
  undo(before, change) {
    const now = this.standing.peek() ?? before;
    const names = /** @type {(keyof Standing)[]} */ (Object.keys(change)).filter((name) => now[name] === change[name]);
    this.standing.value = { ...now, ...Object.fromEntries(names.map((name) => [name, before[name]])) };
  }

  /** @param {string} below @param {object} [body] @param {string} [method] @returns {Promise<Response | null>} null: nobody answered */
  send(below, body = {}, method = "POST") {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token() };
    return fetch(`${this.path}${below}`, { method, headers, body: JSON.stringify(body) }).catch(() => null);
  }

  /** @param {Standing} standing */
  take(standing) {
    this.standing.value = standing;
    clearTimeout(this.timer);
    const change = standing.changes_in;
    if (change !== null) this.timer = setTimeout(() => void this.load(), Math.min(change * 1000 + 1000, LONGEST));
  }

  /** Whether something sounds and is told beside the page, now. @param {Scope} needed @param {number} [now] ms */
  mayTell(needed, now = Date.now()) {
    const { scope, quiet, time_zone, works } = this.standing.peek() ?? { scope: "queue", quiet: [], time_zone: "UTC", works: true };
    const mayBeCalled = works && !isOut(this.me());
    return !isQuiet(quiet, time_zone, now) && isWithin(needed, scope) && (mayBeCalled || needed === "mine");
  }
}

/** On a break, or gone, because they said so: what is nobody's yet is not for their ears. @param {Agent | null} agent */
function isOut(agent) {
  return (agent?.status === "away" || agent?.status === "offline") && OWN_WORD.includes(agent.cause ?? "");
}
