/** @import {Chat} from "./chat.js" */
import { h, html, useMemo } from "../support_chat/vendor/preact.js";
import { language } from "../support_chat/sentences.js";
import { TimelineRow } from "../support_chat/timeline_row.js";
import { rowsOf } from "../support_chat/timeline_rows.js";
import { wordsOf } from "./entry_words.js";
import { talkWords as words } from "./strings_talk.js";

/** A chat that is over, above the one that goes on. @param {{chat: Chat, renderFiles: (files: any[]) => any}} props */
export function OlderChat({ chat, renderFiles }) {
  const { log } = chat;
  const said = useMemo(() => wordsOf(log, { over: true }), [log]);
  const rows = rowsOf({
    entries: log.entries.value,
    pending: [],
    me: { role: "visitor" },
    audience: "visitor",
    read: 0,
    words: said,
  });
  return html`<section class="older" aria-label=${words.earlierChat}>
    ${log.earlier.value
      ? html`<button type="button" class="timeline-earlier" onClick=${() => chat.earlier().catch(() => {})}>${words.earlier}</button>`
      : null}
    <ol class="timeline-list">
      ${rows.map((row) => h(TimelineRow, { key: row.key, row: quiet(row), words: said, locale: language(), renderFiles }))}
    </ol>
  </section>`;
}

/** What was sent and read then is of no interest now. @param {import("../support_chat/timeline_rows.js").Row} row */
function quiet(row) {
  return row.type === "bubble" ? { ...row, state: null } : row;
}
