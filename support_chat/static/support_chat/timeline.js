/** @import {Entry} from "./types.d.ts" */
/** @import {MessageLog} from "./message_log.js" */
/** @import {Pending} from "./outbox.js" */
/** @import {TimelineWords} from "./timeline_words.js" */
import { speak } from "./speak.js";
import { TimelineRow } from "./timeline_row.js";
import { isOwn, rowsOf } from "./timeline_rows.js";
import { useTimelineView } from "./timeline_view.js";
import { plainWords } from "./timeline_words.js";
import { h, html, useEffect, useMemo } from "./vendor/preact.js";

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
 * @property {any} [head] shown above the first entry (earlier chats)
 * @property {any} [foot] shown below the last message (typing, place)
 * @property {(position: number) => void} [onSeen] the newest entry is in view and the page is shown; called again
 *   when a signal that it reads changes
 */

/** The chat's log on screen. Its looks are in chat.css. @param {TimelineProps} props */
export function Timeline(props) {
  const { log, me, locale, label = "Conversation", head, foot, onEarlier } = props;
  const words = useMemo(() => ({ ...plainWords, ...props.words }), [props.words]);
  const entries = log.entries.value;
  const pending = (props.pending ?? []).filter((item) => !log.has(item.client_id));
  const view = useTimelineView({ log, pending, onEarlier, onSeen: props.onSeen });
  const { audience, read = 0, onRetry, onDiscard, renderEntry } = props;
  const rows = rowsOf({ entries, pending, me, audience, read, words, replacedAt: log.replacedAt.value });
  useEffect(() => log.replacedAt.subscribe((at) => at !== null && speak(words.replaced)), [log]);
  const unseen = entries.filter((entry) => entry.position > view.leftAt && isNews(entry, me)).length;

  return html`<div class="timeline" data-audience=${audience}>
    <div class="timeline-scroll" role="log" aria-label=${label} aria-live="off" tabindex="0" ref=${view.scroller} onScroll=${view.onScroll}>
      <div class="timeline-run">
        ${head}
        ${onEarlier && log.earlier.value && html`<button type="button" class="timeline-earlier" onClick=${view.loadEarlier}>${words.earlier}</button>`}
        <ol class="timeline-list">
          ${rows.map((row) => h(TimelineRow, { key: row.key, row, words, locale, onRetry, onDiscard, renderEntry }))}
        </ol>
        ${foot}
      </div>
    </div>
    ${view.away && html`<button type="button" class="timeline-newest" data-unseen=${unseen} onClick=${view.toNewest}>${words.newest(unseen)}</button>`}
  </div>`;
}

/** @param {Entry} entry @param {{role: string, id?: string}} me */
function isNews({ kind, author }, me) {
  return (kind === "message" || kind === "note") && !isOwn(author, me);
}
