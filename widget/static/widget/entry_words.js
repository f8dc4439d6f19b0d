/** @import {Author, Entry} from "../support_chat/types.d.ts" */
/** @import {MessageLog} from "../support_chat/message_log.js" */
/** @import {TimelineWords} from "../support_chat/timeline_words.js" */
import { words as firstWords } from "./strings.js";
import { refusalWords, talkWords as words } from "./strings_talk.js";

/** @typedef {{over?: boolean, place?: () => number | undefined}} How over: another chat has followed; place: while it waits */

/** The timeline's words for one log, as its visitor reads them. @param {MessageLog} log @param {How} [how] @returns {TimelineWords} */
export function wordsOf(log, how) {
  return {
    said: (author, own) => (own ? words.youSaid : words.said(nameOf(author))),
    name: nameOf,
    line: (entry) => lineOf(entry, log.entries.value, how),
    unknown: words.unknownEntry,
    replaced: words.replaced,
    removed: ({ author }) => (author.role === "visitor" ? words.removedByYou : words.erased),
    hidden: words.hidden,
    edited: words.edited,
    sending: firstWords.sending,
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
 * The neutral line of an entry that is no message; null where the line before says it already, and of the visitor's
 * own coming and going.
 * @param {Entry} entry @param {Entry[]} entries @param {How} [how]
 */
export function lineOf(entry, entries, { over = false, place } = {}) {
  const own = entry.author.role === "visitor";
  if (entry.body?.guest) return words[entry.kind === "left" ? "guestLeft" : "joined"](nameOf(entry.author));
  switch (entry.kind) {
    case "opened":
      return null;
    case "assigned":
      return takenLine(entry, entries);
    case "joined":
      return own ? null : joinedLine(entry, entries);
    case "left":
      return own ? null : words.left(nameOf(entry.author));
    case "returned_to_queue":
      return returnedLine(entry, entries, place?.());
    case "closed":
      return closedLine(entry, !over && entries.at(-1) === entry);
    case "reopened":
      return words.reopened;
    case "emailed":
      return entry.body.failed ? words.notEmailed : words.emailed(entry.body.what);
    case "rated":
      return entries.some((later) => later.kind === "rated" && later.position > entry.position) ? null : words.rated;
    default:
      return words.unknownEntry;
  }
}

/** @param {Entry} entry @param {Entry[]} entries */
function takenLine(entry, entries) {
  const { agent } = entry.body;
  const before = lastBefore(entry, entries, ["assigned", "closed"]);
  const name = agent?.name ?? words.team;
  if (before?.kind !== "assigned") return words.joined(name);
  return before.body.agent?.id === agent?.id ? words.back(name) : words.tookOver(name);
}

/** @param {Entry} entry @param {Entry[]} entries */
function joinedLine({ author, ...entry }, entries) {
  const before = lastBefore(entry, entries, ["assigned", "left", "joined"]);
  if (before?.kind === "assigned" && before.body.agent?.id === author.id) return null;
  return before?.kind === "left" ? words.back(nameOf(author)) : words.joined(nameOf(author));
}

/** Nobody has it any more. Where it stands now is told by the newest alone. @param {Entry} entry @param {Entry[]} entries @param {number} [place] */
function returnedLine(entry, entries, place) {
  const before = lastBefore(entry, entries, ["assigned", "left"]);
  const newest = lastBefore({ position: Infinity }, entries, ["assigned", "returned_to_queue", "closed", "reopened"]);
  const next = words.somebodyElse(place === 1 && newest === entry);
  return before?.kind === "left" ? next : `${words.gone(before?.body.agent?.name ?? null)} ${next}`;
}

/** @param {Entry} entry @param {boolean} inviting */
function closedLine({ author, body }, inviting) {
  if (body.quiet) return inviting ? `${words.closedQuiet} ${words.writeOn}` : words.closedQuiet;
  const { role } = author;
  const line = role === "visitor" ? words.closedByYou : role === "agent" ? words.closedBy(nameOf(author)) : words.closed;
  return inviting ? `${line} ${words.goOn}` : line;
}

/** The last one of these kinds before it, the visitor's own and guests' left out. @param {{position: number}} entry @param {Entry[]} entries @param {string[]} kinds */
function lastBefore({ position }, entries, kinds) {
  return entries.filter((each) => each.position < position && kinds.includes(each.kind) && !isAside(each)).at(-1);
}

/** The visitor's own coming and going, and that of somebody beside whoever has the chat. @param {Entry} entry */
function isAside({ kind, author, body }) {
  return (author.role === "visitor" || body?.guest) && (kind === "left" || kind === "joined");
}
