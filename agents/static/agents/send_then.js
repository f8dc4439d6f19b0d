// Sending a reply and what follows it: the next chat that waits, or the end of this one.

/** @import {Desk} from "./desk.js" */
/** @import {WritingProps} from "./writing.js" */
import { gettext } from "../support_chat/gettext.js";
import { close } from "./own_deeds.js";
import { arrived } from "./sent_first.js";
import { waitedBy } from "./waiting.js";

/** @typedef {"next" | "close"} Then what follows */

/**
 * What this key press asks for beside sending: Alt Enter the next chat, Ctrl Shift Enter (⌘ ⇧ on a Mac) the end of this.
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey" | "repeat">} event
 * @returns {Then | null}
 */
export function thenOf({ key, shiftKey, altKey, ctrlKey, metaKey, repeat }) {
  if (key !== "Enter" || repeat) return null;
  if (altKey && !shiftKey && !ctrlKey && !metaKey) return "next";
  return shiftKey && !altKey && ctrlKey !== metaKey ? "close" : null;
}

/**
 * For who sends by Ctrl Enter, Enter is a line.
 * @param {Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "defaultPrevented">} event
 * @param {string} sends "enter" or "ctrl"
 */
export function makesLine({ key, altKey, ctrlKey, metaKey, defaultPrevented }, sends) {
  return key === "Enter" && !altKey && !ctrlKey && !metaKey && !defaultPrevented && sends === "ctrl";
}

/**
 * The reply was sent, or is held so that it can still be taken back.
 * @param {Then} then
 * @param {Desk} desk
 * @param {string} chat
 * @param {string} clientId of the reply
 * @param {WritingProps["focus"]} focus
 */
export function follow(then, desk, chat, clientId, focus) {
  return then === "next" ? toNext(desk, chat, focus) : closeOnceSent(desk, chat, clientId);
}

/** Of my chats, whoever has waited for us longest. @param {Desk} desk @param {string} chat @param {WritingProps["focus"]} focus */
function toNext(desk, chat, focus) {
  const next = desk.inbox.mine.peek().find((row) => row.conversation !== chat && waitedBy(row, Date.now()) !== null);
  if (!next) return desk.notices.say(gettext("Nobody else waits for you."));
  desk.open(next.conversation);
  if (!globalThis.matchMedia?.("(pointer: coarse)").matches) focus.value = { mode: null };
}

/** Not what was taken back, and not before it is there: else it would come too late. @param {Desk} desk @param {string} chat @param {string} clientId */
async function closeOnceSent(desk, chat, clientId) {
  const came = await arrived(desk, chat, clientId);
  if (came === "failed") desk.notices.say(gettext("The chat was not closed: your message was not sent."), { bad: true });
  if (came === "sent") await close(desk, chat);
}
