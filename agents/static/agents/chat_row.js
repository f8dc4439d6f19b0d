// One chat in a list: whose it is, what was said last, how long they have waited.

/** @import {HeardRow} from "./wire.js" */
import { h, html, useId } from "../support_chat/vendor/preact.js";
import { ticking } from "../support_chat/when.js";
import { Avatar } from "./avatar.js";
import { unreadOf } from "./inbox.js";
import { agoInWords, elapsed, inWords, waitedBy, worry } from "./waiting.js";
import { safeName } from "./words.js";

const second = ticking(1);

/**
 * @typedef {object} RowProps
 * @property {HeardRow} row
 * @property {string | null} queue its name, where that is worth saying
 * @property {boolean} current it is the open chat
 * @property {boolean} tabbable
 * @property {boolean} mine
 * @property {string} begun a reply that was begun here and not sent
 * @property {boolean} notSent a message failed
 * @property {string | null} gone why it is here only because the list holds still
 * @property {(id: string) => void} onOpen
 * @property {(id: string) => void} onFocus
 */

/** @param {RowProps} props */
export function ChatRow(props) {
  const { row, current, tabbable, mine, gone, onOpen, onFocus } = props;
  const [id, at] = [row.conversation, useId()];
  const unread = mine ? unreadOf(row) : 0;
  return html`<li aria-labelledby=${`${at}-name`}>
    <button type="button" class="row" data-row aria-current=${current ? "true" : undefined} aria-labelledby=${`${at}-name`}
      aria-describedby=${`${at}-about`} aria-disabled=${gone ? "true" : undefined} tabindex=${tabbable ? 0 : -1}
      data-unread=${unread > 0} onFocus=${() => onFocus(id)} onClick=${() => gone || onOpen(id)}>
      ${h(Avatar, { id, name: row.visitor.name, here: row.visitor.here })}
      <span class="row-line">
        <bdi class="row-name" id=${`${at}-name`}>${safeName(row.visitor.name)}</bdi>
        <span class="row-side" aria-hidden="true">${gone ? "" : h(Waiting, { row })}</span>
      </span>
      <span class="row-line">${secondLine(props, unread)}</span>
      <span class="hidden" id=${`${at}-about`}>${gone ?? description(props, unread)}</span>
    </button>
  </li>`;
}

/** @param {RowProps} props @param {number} unread */
function secondLine({ row, queue, begun, notSent, gone }, unread) {
  if (gone) return html`<span class="row-last"><em>${gone}</em></span>`;
  const words = begun && !unread ? html`<b class="begun">Draft</b> <bdi>${begun}</bdi>` : lastWords(row);
  return html`<span class="row-last" aria-hidden="true">${words}</span>
    ${notSent && html`<span class="tag bad" aria-hidden="true">Not sent</span>`}
    ${unread > 0 && html`<span class="badge" aria-hidden="true">${unread > 99 ? "99+" : unread}</span>`}
    ${queue && html`<span class="tag" aria-hidden="true">${queue}</span>`}`;
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

/** @param {RowProps} props @param {number} unread */
function description({ row, queue, begun, notSent }, unread) {
  const waited = waitedBy(row, Date.now());
  const late = { calm: "", slow: ", longer than usual", late: ", much too long" }[worry(waited)];
  return [
    notSent && "a message was not sent",
    unread > 0 && `${unread} unread`,
    waited !== null && `waits ${inWords(waited)}${late}`,
    begun && "a draft",
    queue,
    row.visitor.here ? "on the page" : "has left the page",
    row.last?.text,
  ].filter(Boolean).join(", ");
}
