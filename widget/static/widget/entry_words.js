/** @import {Author, Entry} from "../support_chat/types.d.ts" */
/** @import {MessageLog} from "../support_chat/message_log.js" */
/** @import {TimelineWords} from "../support_chat/timeline_words.js" */
import { refusalWords, words } from "./strings.js";

/**
 * The timeline's words for one log, as its visitor reads them; `over`: another chat has followed.
 * @param {MessageLog} log @param {{over?: boolean}} [how] @returns {Partial<TimelineWords>}
 */
export function wordsOf(log, { over = false } = {}) {
  return {
    said: (author, own) => (own ? words.youSaid : words.said(nameOf(author))),
    name: nameOf,
    line: (entry) => lineOf(entry, log.entries.value, over),
    unknown: words.unknownEntry,
    replaced: words.replaced,
    sending: words.sending,
    sent: words.sent,
    read: words.read,
    notSent: ({ error }) => words.notSent(error ? refusalWords(error.code) : ""),
    again: words.again,
    discard: words.edit,
    earlier: words.earlier,
    newest: words.newest,
  };
}

/** @param {Author} author */
export function nameOf(author) {
  return author.role === "visitor" ? words.you : author.name || words.team;
}

/**
 * The neutral line of an entry that is no message; null where the line before says it already.
 * @param {Entry} entry @param {Entry[]} entries @param {boolean} [over] whether another chat has followed
 */
export function lineOf(entry, entries, over = false) {
  switch (entry.kind) {
    case "opened":
      return null;
    case "assigned":
      return words.joined(entry.body.agent?.name ?? words.team);
    case "joined":
      return takenBefore(entry, entries) === entry.author.name ? null : words.joined(nameOf(entry.author));
    case "left":
      return words.left(nameOf(entry.author));
    case "returned_to_queue":
      return words.dropped(takenBefore(entry, entries));
    case "closed":
      return closedLine(entry, !over && entries.at(-1) === entry);
    case "reopened":
      return words.reopened;
    case "rated":
      return words.rated;
    default:
      return words.unknownEntry;
  }
}

/** @param {Entry} entry @param {boolean} inviting */
function closedLine(entry, inviting) {
  const { role } = entry.author;
  const line = role === "visitor" ? words.closedByYou : role === "agent" ? words.closedBy(nameOf(entry.author)) : words.closed;
  return inviting ? `${line} ${words.goOn}` : line;
}

/** Who had the chat just before this entry. @param {Entry} entry @param {Entry[]} entries @returns {string | null} */
function takenBefore(entry, entries) {
  const before = entries.filter(({ position, kind }) => position < entry.position && (kind === "assigned" || kind === "returned_to_queue"));
  return before.at(-1)?.body.agent?.name ?? null;
}
