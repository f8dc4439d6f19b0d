// What the agent is told of the colleagues who read along with what they write, and what stands in the box for those.

/** @import {Desk} from "./desk.js" */
/** @import {Mode} from "./draft_box.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { effect, html, useEffect } from "../support_chat/vendor/preact.js";
import { companyOf } from "./company.js";
import { readsAlong } from "./reading_along.js";

/** @param {{desk: Desk, chat: OpenChat}} props */
export function ReadersLine({ desk, chat }) {
  const readers = companyOf(desk).reading.readers(chat.id);
  return readers.length > 0 && html`<span class="readers">${readsAlong(readers)}</span>`;
}

/**
 * Whoever reads along reads this box, until it is left.
 * @param {Desk} desk
 * @param {OpenChat} chat
 * @param {Mode} mode
 * @param {{value: string}} words
 * @param {boolean} secret it may become a whisper
 */
export function useSharing(desk, chat, mode, words, secret) {
  useEffect(() => {
    const { reading } = companyOf(desk);
    const stop = effect(() => reading.stands(chat.id, mode, secret ? "" : words.value));
    return () => {
      stop();
      reading.stands(chat.id, mode, "");
    };
  }, [chat.id, mode, secret]);
}
