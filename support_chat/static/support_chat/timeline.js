/** @import {Entry} from "./types.d.ts" */
/** @import {Pending} from "./outbox.js" */
/** @import {TimelineWords} from "./timeline_words.js" */
/** @import {ReadonlySignal} from "./vendor/preact.js" */
import { speak } from "./speak.js";
import { TimelineRow } from "./timeline_row.js";
import { isOwn, rowsOf, SAID } from "./timeline_rows.js";
import { useTimelineView } from "./timeline_view.js";
import { h, html, useEffect } from "./vendor/preact.js";

/**
 * @typedef {object} TimelineLog a MessageLog, or as much of one as is to be drawn
 * @property {ReadonlySignal<Entry[]>} entries
 * @property {ReadonlySignal<boolean>} earlier
 * @property {ReadonlySignal<number | null>} replacedAt
 * @property {number} position
 * @property {(clientId: string) => boolean} has
 *
 * @typedef {object} TimelineProps
 * @property {TimelineLog} log
 * @property {Pending[]} [pending] of this chat, in typed order (outbox.pending filtered by conversation)
 * @property {{role: string, id?: string}} me whose messages are "You"; without id every author of that role is
 * @property {"visitor" | "staff"} audience
 * @property {number} [read] position up to which the other side has read
 * @property {TimelineWords} words the face's own; others are drawn anew, so the same ones are the same object
 * @property {string} [locale]
 * @property {string} label name of the log, "Conversation"
 * @property {(clientId: string) => void} [onRetry]
 * @property {(clientId: string) => void} [onDiscard]
 * @property {() => Promise<void> | void} [onEarlier] load an older page: socket.request("page", …) then log.prepend()
 * @property {(entry: Entry) => any} [renderEntry] your own content of one entry's <li>, or undefined for ours
 * @property {(files: import("./files.js").FileFacts[]) => any} [renderFiles] the files of one message
 * @property {(row: import("./timeline_rows.js").Bubble) => any} [renderTools] what its author may do with a message
 * @property {any} [head] shown above the first entry (earlier chats)
 * @property {any} [foot] shown below the last message (typing, place)
 * @property {(position: number) => void} [onSeen] the newest entry is in view and the page is shown; called again
 *   when a signal that it reads changes
 */

/** The chat's log on screen. Its looks are in chat.css. @param {TimelineProps} props */
export function Timeline(props) {
  const { log, me, words, locale, label, head, foot, onEarlier } = props;
  const entries = log.entries.value;
  const pending = (props.pending ?? []).filter((item) => !log.has(item.client_id));
  const view = useTimelineView({ log, pending, onEarlier, onSeen: props.onSeen });
  const { audience, read = 0, onRetry, onDiscard, renderEntry, renderFiles, renderTools } = props;
  const rows = rowsOf({ entries, pending, me, audience, read, words, replacedAt: log.replacedAt.value });
  useEffect(() => log.replacedAt.subscribe((at) => at !== null && speak(words.replaced)), [log]);
  const unseen = entries.filter((entry) => entry.position > view.leftAt && isNews(entry, me)).length;

  return html`<div class="timeline" data-audience=${audience}>
    <div class="timeline-scroll" role="log" aria-label=${label} aria-live="off" tabindex="0" ref=${view.scroller} onScroll=${view.onScroll}>
      <div class="timeline-run">
        ${head}
        ${log.earlier.value && html`<button type="button" class="timeline-earlier" onClick=${view.loadEarlier}>${words.earlier}</button>`}
        <ol class="timeline-list">
          ${rows.map((row) => h(TimelineRow, { key: row.key, row, words, locale, onRetry, onDiscard, renderEntry, renderFiles, renderTools }))}
        </ol>
        ${foot}
      </div>
    </div>
    ${view.away && html`<button type="button" class="timeline-newest" data-unseen=${unseen} onClick=${view.toNewest}>${words.newest(unseen)}</button>`}
  </div>`;
}

/** @param {Entry} entry @param {{role: string, id?: string}} me */
function isNews({ kind, author }, me) {
  return SAID.has(kind) && !isOwn(author, me);
}
