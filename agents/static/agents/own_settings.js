// What an agent has set for themselves and the server keeps, on every device: their language, their keys (keymap.js),
// for how long they can take back what they send, and whether colleagues may read what they write.

import { shareDrafts } from "./reading_along.js";
import { undoFor } from "./undo_send.js";

/** @type {{path: string, token: () => string}} */
let door = { path: "", token: () => "" };

/** @param {string} path @param {() => string} token what proves that a request comes from this page */
export function openDoor(path, token) {
  door = { path, token };
}

/** @param {number} seconds */
export const setUndo = (seconds) => choose(undoFor, seconds, { undo_send: seconds });

/** @param {boolean} share */
export const setSharing = (share) => choose(shareDrafts, share, { share_drafts: share });

/**
 * Shown at once.
 * @template T
 * @param {{value: T, peek: () => T}} shown
 * @param {T} chosen
 * @param {Change} change
 * @returns {Promise<boolean>} whether it is kept; else it is as before
 */
async function choose(shown, chosen, change) {
  const before = shown.peek();
  shown.value = chosen;
  if (await keep(change)) return true;
  if (shown.peek() === chosen) shown.value = before; // else another was chosen meanwhile
  return false;
}

/** @typedef {{language?: string, keys?: Record<string, string>, undo_send?: number, share_drafts?: boolean}} Change */

/** @param {Change} change @returns {Promise<boolean>} whether the server has it */
export async function keep(change) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": door.token() };
  try {
    const answer = await fetch(door.path, { method: "PATCH", headers, body: JSON.stringify(change), credentials: "same-origin" });
    return answer.ok;
  } catch {
    return false;
  }
}
