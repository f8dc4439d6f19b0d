// What is worth saying when a row changes: a chat that is offered, is mine now, waits too long, or comes back.

/** @import {Row} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { isHandedOver } from "./row_words.js";
import { safeName } from "./words.js";

/** @typedef {{spoken?: string, notice?: string, sound: "offer" | "given" | "reminder"}} RowNews */

/**
 * @param {Row | undefined} before
 * @param {Row} row
 * @param {string | undefined} me
 * @returns {RowNews | null}
 */
export function newsOf(before, row, me) {
  const name = safeName(row.visitor.name);
  if (me && row.offered?.to.id === me) return before?.offered?.to.id === me ? null : offered(row, name);
  if (!me || row.state !== "active" || row.agent?.id !== me) return null;
  if (before?.agent?.id !== me) return { spoken: fill(gettext("New chat: %(name)s"), { name }), sound: "given" };
  if (row.reminded && !before.reminded) return { notice: fill(gettext("%(name)s is waiting for your answer."), { name }), sound: "reminder" };
  if (isHandedOver(before) && !isHandedOver(row)) return { notice: stays(before, name), sound: "reminder" };
  return null;
}

/** @param {Row} row @param {string} name @returns {RowNews} */
function offered({ offered: offer }, name) {
  const seconds = Math.round(offer?.expires_in ?? 0);
  return { spoken: fill(gettext("A chat is offered to you: %(name)s. %(seconds)s seconds to accept."), { name, seconds }), sound: "offer" };
}

/** @param {Row} before @param {string} name */
function stays({ offered }, name) {
  if (!offered) return fill(gettext("The chat with %(name)s stays with you."), { name });
  return fill(gettext("%(who)s did not take the chat with %(name)s. It stays with you."), { who: safeName(offered.to.name), name });
}
