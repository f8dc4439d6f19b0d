// What happened while nobody looked, in one sentence.

/** @import {HeardRow} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { isGuest } from "./happenings.js";
import { placeOf } from "./ordering.js";

/**
 * @typedef {{messages: number, chats: number, given: number, closed: number, left: number, waiting: number}} Summary
 *   `messages` in so many of the `chats` that one writes in; new chats; chats that were closed, or that are somebody else's now; chats that
 *   have come to wait
 */

/**
 * @param {ReadonlyMap<string, HeardRow>} before
 * @param {ReadonlyMap<string, HeardRow>} now
 * @param {string | undefined} me
 * @returns {Summary}
 */
export function whatHappened(before, now, me) {
  const was = held(before, me);
  const is = held(now, me);
  const guest = [...now.values()].filter((row) => isGuest(row, me));
  const wrote = [...is, ...guest].map((row) => row.messages - (before.get(row.conversation)?.messages ?? row.seen ?? 0)).filter((count) => count > 0);
  const gone = was.filter((row) => !is.some(({ conversation }) => conversation === row.conversation));
  const closed = gone.filter(({ conversation }) => now.get(conversation)?.state === "closed");
  const came = [...now.values()].filter((row) => placeOf(row, me) === "waiting" && !before.has(row.conversation));
  return {
    messages: wrote.reduce((sum, count) => sum + count, 0),
    chats: wrote.length,
    given: is.filter((row) => !was.some(({ conversation }) => conversation === row.conversation)).length,
    closed: closed.length,
    left: gone.length - closed.length,
    waiting: came.length,
  };
}

/** @param {ReadonlyMap<string, HeardRow>} rows @param {string | undefined} me */
function held(rows, me) {
  return [...rows.values()].filter((row) => placeOf(row, me) === "mine");
}

/** "While you were away: 3 new messages in 2 chats, 1 chat closed."; "" when nothing happened. @param {Summary} summary */
export function inWords({ messages, chats, given, closed, left, waiting }) {
  const parts = [
    messages && fill(gettext("%(messages)s in %(chats)s"), { messages: ngettext("%(n)s new message", "%(n)s new messages", messages), chats: ngettext("%(n)s chat", "%(n)s chats", chats) }),
    given && ngettext("%(n)s new chat is yours", "%(n)s new chats are yours", given),
    closed && ngettext("%(n)s chat closed", "%(n)s chats closed", closed),
    left && ngettext("%(n)s chat is no longer yours", "%(n)s chats are no longer yours", left),
    waiting && ngettext("%(n)s new chat waits in the queue", "%(n)s new chats wait in the queue", waiting),
  ].filter(Boolean);
  return parts.length ? fill(gettext("While you were away: %(what)s."), { what: parts.join(", ") }) : "";
}
