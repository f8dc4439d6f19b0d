// One chat in a list: whose it is, what was said last, how long they have waited.

/** @import {HeardRow} from "./wire.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { ticking } from "../support_chat/when.js";
import { Avatar } from "./avatar.js";
import { unreadOf } from "./inbox.js";
import { agoInWords, elapsed, inWords, waitedBy, worry } from "./waiting.js";
import { safeName } from "./words.js";

const second = ticking(1);

/**
 * @param {{row: HeardRow, queue: string | null, current: boolean, tabbable: boolean, mine: boolean, gone: string | null,
 *   onOpen: (id: string) => void, onFocus: (id: string) => void}} props
 */
export function ChatRow({ row, queue, current, tabbable, mine, gone, onOpen, onFocus }) {
  const id = row.conversation;
  const unread = mine ? unreadOf(row) : 0;
  return html`<li aria-labelledby=${`name-${id}`}>
    <button type="button" class="row" data-row aria-current=${current ? "true" : undefined} aria-labelledby=${`name-${id}`}
      aria-describedby=${`about-${id}`} aria-disabled=${gone ? "true" : undefined} tabindex=${tabbable ? 0 : -1}
      data-unread=${unread > 0} onFocus=${() => onFocus(id)} onClick=${() => gone || onOpen(id)}>
      ${h(Avatar, { id, name: row.visitor.name, here: row.visitor.here })}
      <span class="row-line">
        <bdi class="row-name" id=${`name-${id}`}>${safeName(row.visitor.name)}</bdi>
        <span class="row-side" aria-hidden="true">${gone ? "" : h(Waiting, { row })}</span>
      </span>
      <span class="row-line">
        <span class="row-last">${gone ? html`<em>${gone}</em>` : lastWords(row)}</span>
        ${unread > 0 && html`<span class="badge" aria-hidden="true">${unread > 99 ? "99+" : unread}</span>`}
        ${queue && !gone && html`<span class="tag" aria-hidden="true">${queue}</span>`}
      </span>
      <span class="hidden" id=${`about-${id}`}>${gone ?? description(row, unread, queue)}</span>
    </button>
  </li>`;
}

/** @param {{row: HeardRow}} props */
function Waiting({ row }) {
  void second.value;
  const now = Date.now();
  const waited = waitedBy(row, now);
  if (waited !== null) return html`<span class="waiting" data-worry=${worry(waited)} title="Waits for an answer">waits ${inWords(waited)}</span>`;
  const quiet = (row.last?.ago ?? row.closed_ago ?? 0) + elapsed(row.heard, now);
  return html`<span class="quiet-time">${agoInWords(quiet)}</span>`;
}

/** @param {HeardRow} row */
function lastWords({ last }) {
  if (!last) return html`<em>Nothing written yet</em>`;
  const who = { agent: last.kind === "note" ? "Note: " : "You: ", system: "" }[last.role] ?? "";
  return html`${who && html`<span class="row-who">${who}</span>`}<bdi>${last.text || QUIET[last.kind] || "…"}</bdi>`;
}

/** @type {Record<string, string>} */
const QUIET = {
  opened: "Began a chat",
  closed: "Closed",
  reopened: "Reopened",
  assigned: "Assigned",
  returned_to_queue: "Back in the queue",
  rated: "Rated the chat",
  joined: "Joined",
  left: "Left",
};

/**
 * @param {HeardRow} row
 * @param {number} unread
 * @param {string | null} queue
 */
function description(row, unread, queue) {
  const waited = waitedBy(row, Date.now());
  const late = { calm: "", slow: ", longer than usual", late: ", much too long" }[worry(waited)];
  return [
    unread > 0 && `${unread} unread`,
    waited !== null && `waits ${inWords(waited)}${late}`,
    queue,
    row.visitor.here ? "on the page" : "has left the page",
    row.last?.text,
  ].filter(Boolean).join(", ");
}
