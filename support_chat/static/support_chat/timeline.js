/** @import {Author, Entry} from "./types.d.ts" */
/** @import {MessageLog} from "./message_log.js" */
/** @import {Pending} from "./outbox.js" */
/** @import {TimelineWords} from "./timeline_words.js" */

/**
 * @typedef {object} TimelineProps
 * @property {MessageLog} log
 * @property {Pending[]} [pending] of this chat, in typed order (outbox.pending filtered by conversation)
 * @property {{role: string, id?: string}} me whose messages are "You"; without id every author of that role is
 * @property {"visitor" | "staff"} audience
 * @property {number} [read] position up to which the other side has read
 * @property {Partial<TimelineWords>} [words] the face's own words; see timeline_words.js for the table and its defaults
 * @property {string} [locale]
 * @property {string} [label] name of the log, "Conversation"
 * @property {(clientId: string) => void} [onRetry]
 * @property {(clientId: string) => void} [onDiscard]
 * @property {() => Promise<void> | void} [onEarlier] load an older page: socket.request("page", …) then log.prepend()
 * @property {(entry: Entry) => any} [renderEntry] your own content of one entry's <li>, or undefined for ours
 * @property {any} [foot] shown after the last message (typing, place)
 * @property {(position: number) => void} [onSeen] the newest entry is in view and the page is shown
 */

/** The chat's log on screen. @param {TimelineProps} props */
export function Timeline(props) {
  return null;
}
