// In which order chats stand in the lists, and how the order holds still under pointer or focus.

/** @import {HeardRow} from "./wire.js" */
import { elapsed, waitedBy } from "./waiting.js";

/**
 * My chats: who has waited longest for us first; then those who wait for nothing, latest word first.
 * @param {HeardRow[]} rows
 * @param {number} now ms
 */
export function byWaiting(rows, now) {
  return [...rows].sort(
    (a, b) => rank(b, now) - rank(a, now) || compareIds(a.conversation, b.conversation),
  );
}

/**
 * @param {HeardRow} row
 * @param {number} now
 */
function rank(row, now) {
  const waited = waitedBy(row, now);
  return waited === null ? -1 - quietFor(row, now) : waited;
}

/**
 * @param {HeardRow} row
 * @param {number} now
 */
function quietFor(row, now) {
  return (row.last?.ago ?? 0) + elapsed(row.heard, now);
}

/**
 * The queue: as the server will serve it.
 * @param {HeardRow[]} rows
 */
export function bySort(rows) {
  return [...rows].sort((a, b) => (a.sort ?? 0) - (b.sort ?? 0) || compareIds(a.conversation, b.conversation));
}

/**
 * Where a row belongs, the first that holds: offered to me, mine, waiting.
 * @param {import("./wire.js").Row} row
 * @param {string | undefined} me
 * @returns {"offers" | "mine" | "closed" | "waiting" | "elsewhere"}
 */
export function placeOf(row, me) {
  if (me && row.offered?.to.id === me) return "offers";
  if (me && row.agent?.id === me) return row.state === "closed" ? "closed" : "mine";
  return row.state !== "closed" && (row.sort ?? null) !== null ? "waiting" : "elsewhere";
}

/**
 * @param {string} a
 * @param {string} b
 */
function compareIds(a, b) {
  return a < b ? -1 : Number(a > b);
}

/**
 * The order to show while it must hold still: everything stays where it was, what has gone keeps its
 * place too (a click must never land on the neighbour), and what is new stands at the end.
 * @param {readonly string[]} shown ids as they stand on the screen
 * @param {readonly string[]} wanted ids as they should stand
 * @param {boolean} held
 * @returns {string[]}
 */
export function settle(shown, wanted, held) {
  if (!held) return [...wanted];
  const known = new Set(shown);
  return [...shown, ...wanted.filter((id) => !known.has(id))];
}
