/** @import {VisitorChat} from "./visitor_chat.js" */

/** A text that was not taken, or that waits: what is being written stays, and it stands below. @param {VisitorChat} visitor @param {string} text */
export function putBelow({ box: { current: box } }, text) {
  box?.set([box.text(), text].filter(Boolean).join("\n"));
  box?.focus();
}
