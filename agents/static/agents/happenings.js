// What is new between two states of the lists, and for whose ears.

/** @import {HeardRow} from "./wire.js" */
/** @template T @typedef {import("../support_chat/vendor/preact.js").Signal<T>} Signal */
/** @template T @typedef {import("../support_chat/vendor/preact.js").ReadonlySignal<T>} ReadonlySignal */
import { placeOf } from "./ordering.js";

/**
 * @typedef {"mine" | "queue" | "all"} Scope of what an agent wants to hear: each holds the one before
 * @typedef {{kind: "offered" | "given" | "message" | "waiting", scope: Scope, row: HeardRow}} Happening
 * @typedef {{me: string | undefined, answers: (queue: string) => boolean}} Who
 */

/** @type {Scope[]} */
const SCOPES = ["mine", "queue", "all"];

/** @param {Scope} needed @param {Scope} wanted */
export function isWithin(needed, wanted) {
  return SCOPES.indexOf(needed) <= SCOPES.indexOf(wanted);
}

/** Whether they write in a chat of a colleague's. @param {HeardRow} row @param {string | undefined} me */
export function isGuest({ participants = {} }, me = "") {
  return participants[me] === "guest";
}

/**
 * @param {ReadonlyMap<string, HeardRow>} before
 * @param {ReadonlyMap<string, HeardRow>} now
 * @param {Who} who
 * @returns {Happening[]}
 */
export function whatIsNew(before, now, who) {
  return [...now.values()].flatMap((row) => {
    const old = before.get(row.conversation);
    return old === row ? [] : newOf(old, row, who);
  });
}

/** @param {HeardRow | undefined} old @param {HeardRow} row @param {Who} who @returns {Happening[]} */
function newOf(old, row, { me, answers }) {
  const place = placeOf(row, me);
  const came = !old || placeOf(old, me) !== place;
  const wrote = old !== undefined && row.messages > old.messages;
  if (place === "offers") return came ? [{ kind: "offered", scope: "mine", row }] : [];
  if (place === "mine") return came ? [{ kind: "given", scope: "mine", row }] : wrote ? [{ kind: "message", scope: "mine", row }] : [];
  if (isGuest(row, me)) return wrote ? [{ kind: "message", scope: "mine", row }] : [];
  if (place !== "waiting") return [];
  if (came) return [{ kind: "waiting", scope: answers(row.wanted ?? row.queue) ? "queue" : "all", row }];
  return wrote ? [{ kind: "message", scope: "all", row }] : [];
}

/**
 * What is new, each time that the lists change. They are known from the first welcome on, and may be empty then: the
 * first chat of a day is as new as any.
 * @param {{rows: ReadonlySignal<ReadonlyMap<string, HeardRow>>, ready: Signal<boolean>}} lists
 * @param {Who} who
 * @param {(news: Happening[]) => void} tell
 * @returns {() => void} stop
 */
export function followNews({ rows, ready }, who, tell) {
  let [before, known] = [rows.peek(), ready.peek()];
  return rows.subscribe((now) => {
    if (known) tell(whatIsNew(before, now, who));
    [before, known] = [now, ready.peek()];
  });
}
