// Where what is being written is kept, a key a chat and kind of box.

import { localStore } from "../support_chat/storage.js";

/**
 * @param {string} user
 * @param {string} conversation
 * @param {"reply" | "note"} mode
 */
export function draftKey(user, conversation, mode) {
  return `support-chat:console:draft:${user}:${conversation}:${mode}`;
}

/** The reply that was begun and not sent. @param {string} user @param {string} conversation */
export function draftOf(user, conversation) {
  return localStore.get(draftKey(user, conversation, "reply")) ?? "";
}
