/** @import {Author, Entry} from "./types.d.ts" */

/**
 * Every word the timeline shows. Each face passes its own: visitors never read "agent" or "queue".
 * @typedef {object} TimelineWords
 * @property {(author: Author, own: boolean) => string} said hidden, before each message: "You said"
 * @property {(author: Author) => string} name shown above a run of messages
 * @property {(entry: Entry) => string | null} line one neutral line for an entry that is no message; null: show nothing
 * @property {string} unknown the line for a kind that this page does not know
 * @property {string} replaced the line where a chat was taken anew, and what was shown before may be missing
 * @property {string} note hidden, before each note
 * @property {string} sending
 * @property {string} sent
 * @property {string} read
 * @property {(item: {error: {code: string, message: string} | null}) => string} notSent
 * @property {string} again
 * @property {string} discard
 * @property {string} earlier
 * @property {(count: number) => string} newest the jump button; count of unseen messages, may be 0
 */

const UNKNOWN = "Something that this page cannot show yet";

/** @type {Record<string, (name: string, entry: Entry) => string | null>} */
const LINES = {
  opened: () => "The chat began",
  joined: (name) => `${name} joined`,
  left: (name) => `${name} left`,
  assigned: (_, { body }) => (body.agent?.name ? `${body.agent.name} is here now` : null),
  returned_to_queue: () => "The chat waits for somebody of the team",
  closed: () => "The chat was closed",
  reopened: () => "The chat goes on",
  rated: (name, { body }) => `${name} rated the chat ${body.score} of 5`,
};

/** What both sides may read, for a face that passes nothing. @type {TimelineWords} */
export const plainWords = {
  said: (author, own) => (own ? "You said" : `${nameOf(author)} said`),
  name: nameOf,
  line: (entry) => (LINES[entry.kind] ? LINES[entry.kind](nameOf(entry.author), entry) : UNKNOWN),
  unknown: UNKNOWN,
  replaced: "This chat was loaded anew. Messages that stood here before may be missing.",
  note: "Note",
  sending: "Sending…",
  sent: "Sent",
  read: "Read",
  notSent: () => "Not sent.",
  again: "Try again",
  discard: "Discard",
  earlier: "Show earlier messages",
  newest: (count) => (count ? `${count} new` : "To the newest"),
};

/** The kinds of entry that this version knows; another is one neutral line. */
export const KNOWN_KINDS = new Set([
  "opened",
  "message",
  "note",
  "file",
  "joined",
  "left",
  "assigned",
  "returned_to_queue",
  "transferred",
  "closed",
  "reopened",
  "rated",
]);

/** @param {Author} author */
function nameOf({ name, role }) {
  return name || (role === "visitor" ? "Visitor" : "Team");
}
