// What the search says: how to ask, and what is wrong with what was asked.

import { gettext } from "../support_chat/gettext.js";
import { fill, language, ngettext } from "../support_chat/sentences.js";
import { isMisread } from "./search.js";
import { inPlainWords } from "./words.js";

/** Each with an example and what it asks for. @returns {[string, string][]} */
export const operators = () => [
  [gettext("\"to the door\""), gettext("these words in a row")],
  ["-shipping", gettext("without this")],
  ["from:visitor", gettext("what visitors said; also agent, or a name")],
  ["agent:ana", gettext("chats that Ana has or had last")],
  ["queue:returns", gettext("chats of this queue")],
  ["is:open", gettext("also queued, active, closed")],
  ["tag:vip", gettext("chats with this tag")],
  ["before:2026-03-01", gettext("and after:, from that day on")],
  ["has:file", gettext("messages with files")],
];

/** @param {string} part @returns {Record<string, () => string>} */
const misread = (part) => ({
  nothing: () => gettext("There is no word in it yet."),
  too_many_words: () => gettext("These are too many words. Put a sentence in quotes, or leave some out."),
  unclosed_quote: () => gettext("A quotation mark is still open."),
  unknown_operator: () => fill(gettext("“%(part)s:” is none of the ways to narrow a search. To look for it as it stands, put it in quotes."), { part }),
  no_value: () => fill(gettext("“%(part)s” of what? Write it right after the colon."), { part }),
  bad_value: () => fill(gettext("“%(part)s” is not possible. There are is:open, is:queued, is:active, is:closed and has:file."), { part }),
  bad_day: () => fill(gettext("“%(part)s” is no day. Write days like 2026-03-01."), { part }),
});

/** @param {Error} error @param {string} typed what it is about */
export function failedInWords(error, typed) {
  if (/** @type {Partial<import("../support_chat/errors.js").RefusedError>} */ (error).code === "takes_too_long") return tooLong();
  if (!isMisread(error)) return inPlainWords(error);
  const { why, at, length } = error.details;
  return misread(typed.slice(at, at + length))[why]?.() ?? gettext("This search cannot be understood.");
}

const tooLong = () => gettext("This takes too long. Add a word, a queue or a day, and try again.");

/** @param {number} count @param {boolean} more */
export function countInWords(count, more) {
  if (more) return fill(gettext("%(n)s and more found"), { n: count });
  return ngettext("%(n)s found", "%(n)s found", count);
}

/** @param {boolean} more whether older ones were not looked at yet */
export function nothingInWords(more) {
  return more
    ? gettext("Nothing among the newest. Older ones were not looked through yet.")
    : gettext("Nothing found. Try another word, the begin of one, or fewer.");
}

/** @param {string} state */
export function stateInWords(state) {
  return { queued: gettext("waiting"), active: gettext("open"), closed: gettext("closed") }[state] ?? state;
}

/** The time of today, else the day, as short as can be. @param {string} at */
export function dayInWords(at, now = new Date()) {
  const then = new Date(at);
  /** @type {Intl.DateTimeFormatOptions} */
  const year = then.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  const form = /** @type {Intl.DateTimeFormatOptions} */ (
    then.toDateString() === now.toDateString() ? { hour: "numeric", minute: "2-digit" } : { day: "numeric", month: "short", ...year }
  );
  return new Intl.DateTimeFormat(language(), form).format(then);
}

/** Whose words it shows. @param {import("./wire.js").Found} found */
export function saidBy({ kind, author }) {
  if (kind === "person") return gettext("Visitor");
  if (kind === "note") return fill(gettext("Note by %(name)s"), { name: author?.name ?? "" });
  if (kind === "rated") return gettext("With the rating");
  return author?.role === "visitor" ? "" : (author?.name ?? "");
}
