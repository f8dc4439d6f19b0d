// A reply goes, at once or as soon as its files are there: with the words and to the chat that it was sent with.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {Crossing} from "./crossing.js" */
/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {Then} from "./send_then.js" */
/** @import {WritingProps} from "./writing.js" */
import { seenIn } from "./aside.js";
import { stateOf } from "./chat_state.js";
import { filesOf } from "./desk_files.js";
import { draftKey } from "./drafts.js";
import { asGuest } from "./participants.js";
import { follow } from "./send_then.js";
import { arrived } from "./sent_first.js";

/**
 * @typedef {object} Replying
 * @property {Desk} desk
 * @property {OpenChat} chat
 * @property {CannedReplies} canned
 * @property {Crossing} crossing
 * @property {WritingProps["focus"]} focus
 */

/**
 * @param {Replying} here
 * @param {string} body
 * @param {Then | null} then
 * @returns {boolean} whether it has gone, and leaves the box
 */
export function sendReply(here, body, then) {
  const { desk, chat, canned, focus } = here;
  const seen = seenIn(desk, chat);
  const go = (/** @type {Then | null} */ next) => {
    const files = filesOf(desk).take(draftKey(desk.user, chat.id, "reply"), { conversation: chat.id }, later);
    if (files === null) return false;
    const id = desk.reply(chat.id, body, files, seen);
    void canned.picks.sent(chat.id, body, arrived(desk, chat.id, id));
    if (next) queueMicrotask(() => void follow(next, desk, chat.id, id, focus)); // once the box is empty
    return true;
  };
  const later = () => {
    const elsewhere = desk.front.peek() !== chat;
    if (!isStillMeant(here, body) || !go(elsewhere && then === "next" ? null : then)) return;
    here.crossing.typed(chat.id, "", chat.shownUpTo);
    desk.drafts.empty(chat.id, "reply");
  };
  return go(then);
}

/** It stands in its box as it was sent, and may be sent. @param {Replying} here @param {string} body */
function isStillMeant({ desk, chat }, body) {
  const mayReply = asGuest(desk, chat, stateOf(desk, chat)).hint === null;
  const { text } = desk.drafts.box(chat.id, "reply");
  return mayReply && (text.toWellFormed?.() ?? text) === body;
}
