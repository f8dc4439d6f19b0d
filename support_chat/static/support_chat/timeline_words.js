/** @import {Author, Entry} from "./types.d.ts" */

/**
 * Every word the timeline shows. Each face has its own: visitors never read "agent" or "queue".
 * @typedef {object} TimelineWords
 * @property {(author: Author, own: boolean) => string} said hidden, before each message: "You said"
 * @property {(author: Author) => string} name shown above a run of messages
 * @property {(entry: Entry) => string | null} line one neutral line for an entry that is no message; null: show nothing
 * @property {string} unknown the line for a kind that this page does not know
 * @property {string} replaced the line where a chat was taken anew, and what was shown before may be missing
 * @property {string} [note] hidden, before each note; no visitor is ever sent one
 * @property {string} hidden below a message in which a card number was hidden
 * @property {(entry: Entry) => string} removed the line where a message was taken back
 * @property {string} edited
 * @property {(kind: string) => boolean} [knows] whether this side knows a kind that the other one never hears of
 * @property {string} sending
 * @property {string} sent
 * @property {string} read
 * @property {(item: {error: {code: string, message: string} | null}) => string} notSent
 * @property {string} again
 * @property {string} discard
 * @property {string} earlier
 * @property {(count: number) => string} newest the jump button; count of unseen messages, may be 0
 */

/** The kinds of entry that this version knows, whoever reads it; another is one neutral line. */
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
  "offered",
  "declined",
  "moved",
  "prioritised",
  "reminded",
  "kept_place",
  "left_email",
  "edited",
  "retracted",
  "emailed",
  "idle",
]);
