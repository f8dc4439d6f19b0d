// What was sent is taken back while it is held: it stands in its box again.

/** @import {ComposerHandle} from "../support_chat/composer.js" */
/** @import {Desk} from "./desk.js" */
/** @import {WritingProps} from "./writing.js" */

import { discard } from "./desk_files.js";

/**
 * Before whatever was begun there since.
 * @param {Desk} desk
 * @param {WritingProps["focus"]} focus
 * @param {string} clientId
 */
export function takeBack(desk, focus, clientId) {
  const item = discard(desk, clientId);
  if (item) focus.value = { mode: item.command === "post_message" ? "reply" : "note", text: item.body };
}

/**
 * @param {Desk} desk
 * @param {string} conversation
 * @param {WritingProps["focus"]} focus
 * @returns {boolean} whether there was something to take back
 */
export function undoNewest(desk, conversation, focus) {
  const item = desk.undo.newestIn(conversation);
  if (item) takeBack(desk, focus, item.client_id);
  return item !== undefined;
}

/** @param {KeyboardEvent} event */
export function isUndo({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  return key.toLowerCase() === "z" && (ctrlKey || metaKey) && !shiftKey && !altKey;
}

/** @param {ComposerHandle} box @param {string} text */
export function putBefore(box, text) {
  const begun = box.text();
  box.set(begun ? `${text}\n${begun}` : text);
}
