// Whether agents of whom a supervisor was told still leave their visitors waiting.

/** @import {Desk, Unanswered} from "./desk.js" */
/** @import {Row} from "./wire.js" */

/** A supervisor is not told when a colleague answers at last: while the board stands open it asks so often (ms), of all at once. */
export const LOOKS = 30_000;

/** From now on. @param {Desk} desk */
export function followSilence(desk) {
  desk.socket.on("inbox_changed", ({ rows }) => dropOver(desk, rows));
  desk.socket.onWelcome(() => void lookAnew(desk));
}

/** While the board stands open. @param {Desk} desk @returns {() => void} stop */
export function keepLooking(desk) {
  void lookAnew(desk);
  const timer = setInterval(() => void lookAnew(desk), LOOKS);
  return () => clearInterval(timer);
}

/** Ask how these chats stand by now; what cannot be read any more is no alarm of ours. @param {Desk} desk */
export async function lookAnew(desk) {
  const conversations = desk.unanswered.peek().map(({ conversation }) => conversation);
  if (!conversations.length) return;
  const fields = { which: { conversations }, limit: conversations.length };
  const answer = await desk.socket.request("list_conversations", fields).catch(() => null);
  if (!answer) return;
  const there = new Set(answer.rows.map((/** @type {Row} */ { conversation }) => conversation));
  keep(desk, ({ conversation }) => there.has(conversation) || !conversations.includes(conversation));
  dropOver(desk, answer.rows);
}

/** @param {Desk} desk @param {Row[]} rows as they are now */
function dropOver(desk, rows) {
  const now = new Map(rows.map((row) => [row.conversation, row]));
  keep(desk, (alarm) => !isOver(alarm, now.get(alarm.conversation)));
}

/** @param {Unanswered} alarm @param {Row | undefined} row */
function isOver({ agent }, row) {
  return row !== undefined && (row.state === "closed" || row.agent?.id !== agent.id || row.waited === null);
}

/** @param {Desk} desk @param {(alarm: Unanswered) => boolean} holds */
function keep(desk, holds) {
  const before = desk.unanswered.peek();
  const after = before.filter(holds);
  if (after.length < before.length) desk.unanswered.value = after;
}
