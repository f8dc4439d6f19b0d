/** @import {Entry} from "../support_chat/types.d.ts" */
/** @import {Chat} from "./chat.js" */

/** @typedef {{score: number, comment?: string}} Rated */

/** Whether its visitor is asked how the chat was, or may still say it otherwise. The server has the last word. @param {Chat} chat */
export function asksRating(chat) {
  const entries = chat.log.entries.value;
  const last = entries.findLast(({ kind }) => kind === "closed");
  return chat.closed.value && (last?.body.rate === true || ratedIn(entries) !== null) && chat.goesOn();
}

/** What was said of it last. @param {Entry[]} entries @returns {Rated | null} */
export function ratedIn(entries) {
  const rated = entries.findLast(({ kind, body }) => kind === "rated" && body.score);
  return rated ? /** @type {Rated} */ (rated.body) : null;
}
