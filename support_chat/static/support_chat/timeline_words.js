/** @import {Author, Entry} from "./types.d.ts" */

/**
 * Every word the timeline shows. Each face passes its own: visitors never read "agent" or "queue".
 * @typedef {object} TimelineWords
 * @property {(author: Author, own: boolean) => string} said hidden, before each message: "You said"
 * @property {(author: Author) => string} name shown above a run of messages
 * @property {(entry: Entry) => string | null} line one neutral line for an entry that is no message; null: show nothing
 * @property {string} unknown the line for a kind that this page does not know
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

/** @type {TimelineWords} */
export const plainWords = /** @type {any} */ ({});
