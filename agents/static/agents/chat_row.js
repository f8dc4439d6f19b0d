// One chat in a list: whose it is, what was said last, how long they have waited.

/** @import {HeardRow} from "./wire.js" */
import { h, html, useId } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { ticking } from "../support_chat/when.js";
import { Avatar } from "./avatar.js";
import { isBack, unreadOf } from "./inbox.js";
import { mixedSign } from "./mixed_name.js";
import { handingOver, marksOf } from "./row_words.js";
import { agoInWords, elapsed, firstReplyDue, inWords, onTheClock, waitedBy, worry } from "./waiting.js";
import { Later } from "./when_needed.js";
import { isMixed, safeName } from "./words.js";

const second = ticking(1);

/**
 * @typedef {object} RowProps
 * @property {import("./desk.js").Desk} desk
 * @property {HeardRow} row
 * @property {string | null} queue its name, where that is worth saying
 * @property {import("./wire.js").Queue[]} queues
 * @property {string} doing what is under way with it, in words
 * @property {() => void} onKeep keep what is being handed over
 * @property {boolean} current it is the open chat
 * @property {boolean} tabbable
 * @property {boolean} mine
 * @property {string} begun a reply that was begun here and not sent
 * @property {boolean} notSent a message failed
 * @property {string | null} gone why it is here only because the list holds still
 * @property {(id: string, event: MouseEvent) => void} onOpen
 * @property {(id: string) => void} onFocus
 * @property {string} [owner] a colleague who has it; empty: nobody, and it was not this agent's
 * @property {string} [back] when it is back
 * @property {string[]} [tags]
 */

/** @param {RowProps} props */
export function ChatRow(props) {
  const at = useId();
  return html`<li aria-labelledby=${`${at}-name`}>${rowParts(props, at)}</li>`;
}

/** What stands in a row, named by what begins with `at`. @param {RowProps} props @param {string} at */
export function rowParts(props, at) {
  const { row, current, tabbable, mine, gone, onOpen, onFocus, back, tags } = props;
  const id = row.conversation;
  const unread = mine || row.state === "closed" ? unreadOf(row) : 0;
  return html`<button type="button" class="row" data-row=${id} aria-current=${current ? "true" : undefined} aria-labelledby=${`${at}-name`}
      aria-describedby=${`${at}-about ${at}-faces`} aria-disabled=${gone ? "true" : undefined} tabindex=${tabbable ? 0 : -1}
      data-unread=${unread > 0} onFocus=${() => onFocus(id)} onClick=${(/** @type {MouseEvent} */ event) => gone || onOpen(id, event)}>
      ${h(Avatar, { id, name: row.visitor.name, here: row.visitor.here })}
      <span class="row-line">
        <bdi class="row-name" id=${`${at}-name`}>${safeName(row.visitor.name)}</bdi>${mixedSign(row.visitor.name)}
        ${h(Later, { part: "RowFaces", props: { desk: props.desk, id, at: `${at}-faces` } })}
        <span class="row-side" aria-hidden="true">${gone ? "" : back ?? h(Waiting, { row, mine })}</span>
      </span>
      <span class="row-line">${secondLine(props, unread)}</span>
      ${tags && html`<span class="row-tags" aria-hidden="true">${tags.map((tag) => html`<span key=${tag} class="tag">${tag}</span>`)}</span>`}
      <span class="hidden" id=${`${at}-about`}>${gone ?? description(props, unread)}</span>
    </button>
    ${mine && !gone && handingOver(row, props.queues) && html`<button type="button" class="button small row-keep" aria-disabled=${props.doing !== ""} onClick=${props.onKeep}>${gettext("Keep it")}</button>`}`;
}

/** @param {RowProps} props @param {number} unread */
function secondLine(props, unread) {
  const { row, queue, begun, notSent, gone, owner } = props;
  if (gone) return html`<span class="row-last"><em>${gone}</em></span>`;
  const handed = props.doing || (props.mine && handingOver(row, props.queues));
  if (handed) return html`<span class="row-last" data-keep aria-hidden="true"><em>${handed}</em></span>`;
  const [mark] = props.mine ? [row.forced ? gettext("Over your limit") : isBack(row) && gettext("Back")] : marksOf(row);
  const words = begun && !unread ? html`<b class="begun">${gettext("Draft")}</b> <bdi>${begun}</bdi>` : lastWords(row, owner === undefined);
  return html`<span class="row-last" aria-hidden="true">${words}</span>
    ${notSent && html`<span class="tag bad" aria-hidden="true">${gettext("Not sent")}</span>`}
    ${unread > 0 && html`<span class="badge" aria-hidden="true">${unread > 99 ? "99+" : unread}</span>`}
    ${(owner || mark || queue) && html`<span class="tag" data-mark=${row.forced ? "" : undefined} aria-hidden="true"><bdi>${owner || mark || queue}</bdi></span>`}`;
}

/** @param {{row: HeardRow, mine: boolean}} props */
function Waiting({ row, mine }) {
  void second.value;
  const now = Date.now();
  const due = mine ? firstReplyDue(row, now) : null;
  if (due !== null) return html`<span class="waiting" data-worry=${worry(due)} title=${gettext("Waiting for your first reply")}>${fill(gettext("first reply %(time)s"), { time: onTheClock(due) })}</span>`;
  const waited = waitedBy(row, now);
  if (waited !== null) return html`<span class="waiting" data-worry=${worry(waited)} title=${gettext("Waits for an answer")}>${waits(waited)}</span>`;
  const quiet = (row.last?.ago ?? row.closed_ago ?? 0) + elapsed(row.heard, now);
  return html`<span class="quiet-time">${agoInWords(quiet)}</span>`;
}

/** @param {HeardRow} row @param {boolean} own */
function lastWords({ last, reminded }, own) {
  if (reminded) return html`<b class="begun">${gettext("Waiting for your answer")}</b>`;
  if (!last) return html`<em>${gettext("Nothing written yet")}</em>`;
  const who = { agent: last.kind === "note" ? gettext("Note:") : own && gettext("You:"), system: "" }[last.role] ?? "";
  return html`${who && html`<span class="row-who">${who}</span> `}<bdi>${last.text || QUIET[last.kind] || "…"}</bdi>`;
}

/** @type {Record<string, string>} */
const QUIET = {
  opened: gettext("Began a chat"),
  closed: gettext("Closed"),
  reopened: gettext("Reopened"),
  assigned: gettext("Assigned"),
  returned_to_queue: gettext("Back in the queue"),
  rated: gettext("Rated the chat"),
  joined: gettext("Joined"),
  left: gettext("Left"),
  offered: gettext("Offered"),
  declined: gettext("Not taken"),
  transferred: gettext("Handed over"),
  moved: gettext("Moved to the front"),
  prioritised: gettext("Priority changed"),
  reminded: gettext("Reminded"),
  kept_place: gettext("Left an address"),
  left_email: gettext("Left an address"),
  emailed: gettext("E-mailed"),
  edited: gettext("Changed"),
  retracted: gettext("Removed"),
  idle: gettext("Quiet for long"),
};

/** @param {RowProps} props @param {number} unread */
function description(props, unread) {
  const { row, queue, begun, notSent, mine, owner, back, tags = [] } = props;
  return [
    props.doing,
    isMixed(row.visitor.name) && gettext("a name of mixed alphabets"),
    notSent && gettext("a message was not sent"),
    unread > 0 && fill(gettext("%(count)s unread"), { count: unread }),
    mine && handingOver(row, props.queues),
    ...(back ? [back] : waitsInWords(row, mine)),
    mine && row.forced && gettext("over your limit, given by a supervisor"),
    ...(mine ? [] : marksOf(row)),
    begun && gettext("a draft"),
    owner,
    queue,
    ...tags,
    row.visitor.here ? gettext("on the page") : gettext("has left the page"),
    row.last?.text,
  ].filter(Boolean).join(", ");
}

/** @param {HeardRow} row @param {boolean} mine */
function waitsInWords(row, mine) {
  const now = Date.now();
  const due = mine ? firstReplyDue(row, now) : null;
  if (due !== null) return [`${fill(gettext("waiting for your first reply, %(time)s"), { time: onTheClock(due) })}${TOO_LONG[worry(due)]}`];
  const waited = waitedBy(row, now);
  return waited === null ? [] : [`${waits(waited)}${TOO_LONG[worry(waited)]}`];
}

/** @param {number} seconds */
function waits(seconds) {
  return fill(gettext("waits %(time)s"), { time: inWords(seconds) });
}

const TOO_LONG = { calm: "", slow: `, ${gettext("longer than usual")}`, late: `, ${gettext("much too long")}` };
