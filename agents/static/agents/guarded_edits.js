// A message that is changed is asked about as one that is sent: where it now holds what belongs to another open chat.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {LiveSocket} from "../support_chat/live_socket.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { strayFor } from "./other_chats.js";
import { revisingWords } from "./revising_words.js";
import { safeName } from "./words.js";

/**
 * Saved once more with the same words, it goes.
 * @param {Desk} desk
 * @param {OpenChat} chat
 * @param {CannedReplies} canned
 * @returns {{socket: LiveSocket, words: import("../support_chat/revising.js").RevisingWords}} for `Revising`
 */
export function guardedEdits(desk, chat, canned) {
  let [asked, why] = ["", ""];
  /** @type {LiveSocket["request"]} */
  const request = async (command, fields, how) => {
    const { body } = /** @type {{body?: string}} */ (fields);
    const stray = body === undefined || body === asked ? null : strayFor(body, chat, desk, canned);
    asked = body ?? "";
    if (!stray) return chat.socket.request(command, fields, how);
    const places = { fact: safeName(stray.fact.shown), name: safeName(stray.of) };
    why = fill(gettext("%(fact)s is from the chat with %(name)s. Save again to keep it, Escape returns."), places);
    throw Object.assign(new Error(), { code: "stray" });
  };
  const failed = (/** @type {string | undefined} */ code) => (code === "stray" ? why : revisingWords.failed(code));
  return { socket: /** @type {any} */ ({ request }), words: { ...revisingWords, failed } };
}
