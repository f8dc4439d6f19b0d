// What the log of a chat says to the staff.

/** @import {Author, Entry} from "../support_chat/types.d.ts" */
/** @import {TimelineWords} from "../support_chat/timeline_words.js" */
import { codeInPlainWords, safeName } from "./words.js";

/** @type {Record<string, (entry: Entry) => string>} */
const LINES = {
  opened: () => "The chat began",
  joined: ({ author }) => `${nameOf(author)} joined`,
  left: ({ author }) => `${nameOf(author)} left`,
  assigned: ({ body }) => assigned(body),
  returned_to_queue: ({ body }) => `Back in the queue${RETURNS[body.cause] ?? ""}`,
  closed: ({ author, body }) => (author.role === "system" ? closedByItself(body) : `${nameOf(author)} closed the chat`),
  reopened: ({ author }) => `${nameOf(author)} reopened the chat`,
  rated: ({ author, body }) => `${nameOf(author)} rated the chat ${body.score} of 5${body.comment ? `: “${body.comment}”` : ""}`,
  transferred: ({ author }) => `${nameOf(author)} passed the chat on`,
  file: ({ author }) => `${nameOf(author)} sent a file`,
};

/** @type {Record<string, string>} */
const RETURNS = {
  "connection lost": ": the connection to their agent was lost",
};

/** @param {Record<string, any>} body */
function assigned({ agent, cause }) {
  const name = safeName(agent?.name ?? "A colleague");
  if (cause === "accepted") return `${name} accepted the chat`;
  if (cause === "reopened") return `${name} has the chat again`;
  return `${name} got the chat`;
}

/** @param {Record<string, any>} body */
function closedByItself({ cause }) {
  return cause === "idle" ? "The chat closed itself: nobody wrote any more" : "The chat was closed";
}

/** @type {Record<string, string>} */
const NAMELESS = { visitor: "The visitor", agent: "A colleague" };

/** @param {Author} author */
function nameOf({ role, name }) {
  return name ? safeName(name) : (NAMELESS[role] ?? "The system");
}

/** @type {Partial<TimelineWords>} */
export const staffWords = {
  said: (author, own) => (own ? "You said" : `${nameOf(author)} said`),
  name: nameOf,
  line: (entry) => LINES[entry.kind]?.(entry) ?? null,
  unknown: "Something that this page cannot show yet. Reload to see it.",
  replaced: "The server has this chat in an older state: messages that stood here before may be missing.",
  note: "Note, only for the team",
  sending: "Sending…",
  sent: "Sent",
  read: "Read",
  notSent: ({ error }) => (error ? `Not sent. ${codeInPlainWords(error)}` : "Not sent"),
  again: "Try again",
  discard: "Discard",
  earlier: "Show earlier messages",
  newest: (count) => (count ? `${count} new below` : "To the newest"),
};
