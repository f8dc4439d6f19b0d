// How agents stand, and why, in plain words.

import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { elapsed, inWords } from "./waiting.js";

/** What one may be; with "Away" one may say when one means to be back (minutes). */
export const STATUSES = /** @type {const} */ ([
  { id: "online", name: gettext("Online"), says: gettext("You get new chats") },
  { id: "finishing", name: gettext("Finishing"), says: gettext("Your chats, no new ones, then offline") },
  { id: "away", name: gettext("Away"), says: gettext("A break: no new chats"), backIn: [5, 15, 30, 60] },
  { id: "offline", name: gettext("Offline"), says: gettext("You take no chats") },
]);

/** Why somebody stands as they do, where it was not they who chose it. @type {Record<string, string>} */
const CAUSES = {
  "chats unanswered": gettext("two chats were not answered"),
  "no sign for a while": gettext("no sign for a while"),
  "connection lost": gettext("connection lost"),
  "came back": gettext("came back"),
  finished: gettext("after the last chat"),
};

/** @param {string} status */
export function statusName(status) {
  return STATUSES.find((each) => each.id === status)?.name ?? status;
}

/** "2 of 4": of the chats that they take at most. @param {{load: number, capacity: number}} agent */
export function loadInWords({ load, capacity }) {
  return fill(gettext("%(load)s of %(capacity)s"), { load, capacity });
}

/** @param {string | undefined} cause */
export function causeInWords(cause) {
  return CAUSES[cause ?? ""] ?? null;
}

/** The system set it, and one button undoes it. @param {{status: string, cause?: string}} agent */
export function wasSet({ status, cause }) {
  return (status === "away" || status === "offline") && causeInWords(cause) !== null && cause !== "finished";
}

/**
 * "Away: two chats were not answered", "Away, back in 12 min".
 * @param {{status: string, cause?: string, back_in?: number | null, heard?: number}} agent
 * @param {number} now ms
 */
export function standing(agent, now) {
  const name = statusName(agent.status);
  const cause = agent.status === "online" ? null : causeInWords(agent.cause);
  if (cause) return `${name}: ${cause}`;
  const back = backIn(agent, now);
  return back ? `${name}, ${back}` : name;
}

/**
 * @param {{back_in?: number | null, heard?: number}} agent
 * @param {number} now ms
 */
export function backIn({ back_in, heard }, now) {
  if (back_in === null || back_in === undefined) return "";
  const left = back_in - elapsed(heard ?? now, now);
  return left > 0 ? fill(gettext("back in %(time)s"), { time: left < 60 ? gettext("a minute") : inWords(left + 59) }) : gettext("back any moment");
}
