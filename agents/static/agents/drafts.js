// Where what is being written is kept in this browser, a key a chat and kind of box.

/** @import {Store} from "../support_chat/storage.js" */
import { localStore } from "../support_chat/storage.js";

/**
 * @param {string} user
 * @param {string} conversation
 * @param {"reply" | "note"} mode
 */
export function draftKey(user, conversation, mode) {
  return `${folder(user)}${conversation}:${mode}`;
}

/** The reply that was begun and not sent. @param {string} user @param {string} conversation */
export function draftOf(user, conversation) {
  return localStore.get(draftKey(user, conversation, "reply")) ?? "";
}

/** All that there are. @param {Store} store @param {string} user @returns {{conversation: string, mode: "reply" | "note"}[]} */
export function draftsIn(store, user) {
  const names = store.keys(folder(user)).map((key) => key.slice(folder(user).length).split(":"));
  return names.flatMap(([conversation, mode, more]) =>
    (mode === "reply" || mode === "note") && more === undefined ? [{ conversation, mode }] : []);
}

/** @param {string} user */
function folder(user) {
  return `support-chat:console:draft:${user}:`;
}
