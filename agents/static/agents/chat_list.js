// A list of chats whose order holds still while pointer or focus is in it.

/** @import {HeardRow} from "./wire.js" */
/** @import {Desk} from "./desk.js" */
import { h, html, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { ChatRow } from "./chat_row.js";
import { placeOf, settle } from "./ordering.js";

/** A finger has left the list for so long (ms) before it may move again. */
const AFTER_TOUCH = 1500;

/**
 * @param {{desk: Desk, name: string, id: string, rows: HeardRow[], mine: boolean, empty: any, onOpen: (id: string) => void}} props
 */
export function ChatList({ desk, name, id, rows, mine, empty, onOpen }) {
  const held = useSignal(false);
  const tabStop = useSignal("");
  const shown = useRef(/** @type {string[]} */ ([]));
  const hold = useRef(/** @type {ReturnType<typeof holding> | null} */ (null));
  hold.current ??= holding(held);
  const here = new Map(rows.map((row) => [row.conversation, row]));
  shown.current = settle(shown.current, [...here.keys()], held.value).filter((each) => desk.inbox.find(each));
  const stop = shown.current.includes(tabStop.value) ? tabStop.value : shown.current[0];

  if (!shown.current.length) return html`<p class="empty">${empty}</p>`;
  return html`<ul class="chats" role="list" aria-label=${name} id=${id} ...${hold.current} onKeyDown=${stepInList}>
    ${shown.current.map((each) =>
      h(ChatRow, {
        key: each,
        ...standing(desk, each),
        row: /** @type {HeardRow} */ (here.get(each) ?? desk.inbox.find(each)),
        queue: mine ? null : queueName(desk, here.get(each)?.wanted ?? here.get(each)?.queue),
        tabbable: each === stop,
        mine,
        gone: here.has(each) ? null : whyGone(desk, each),
        onOpen,
        onFocus: (focused) => (tabStop.value = focused),
      }),
    )}
  </ul>`;
}

/** How a chat stands at this desk. @param {Desk} desk @param {string} id */
export function standing(desk, id) {
  const current = desk.front.value?.id === id;
  return {
    desk,
    queues: desk.inbox.queues.value,
    doing: desk.deeds.under(id),
    onKeep: () => desk.deeds.accept(id),
    current,
    begun: current ? "" : desk.drafts.begunIn(id),
    notSent: desk.outbox.pending.value.some((item) => item.conversation === id && item.state === "failed"),
  };
}

/**
 * @param {Desk} desk
 * @param {string} id
 */
function whyGone(desk, id) {
  const elsewhere = desk.inbox.rows.value.get(id);
  const place = elsewhere && placeOf(elsewhere, desk.inbox.me.value?.id);
  if (place) return { mine: gettext("Yours now"), offers: gettext("Offered to you"), waiting: gettext("Back in the queue"), closed: gettext("Closed"), elsewhere: gettext("Gone") }[place];
  return desk.inbox.departed.get(id)?.why ?? gettext("No longer here");
}

/**
 * @param {Desk} desk
 * @param {string | undefined} id
 */
function queueName(desk, id) {
  const queues = desk.inbox.queues.value;
  return queues.length > 1 ? (queues.find((queue) => queue.id === id)?.name ?? null) : null;
}

/**
 * What makes the list hold still. @param {{value: boolean}} held
 */
export function holding(held) {
  let pointer = false;
  let focus = false;
  const settleDown = () => (held.value = pointer || focus);
  /** @param {PointerEvent} event */
  const touched = (event) => event.pointerType !== "mouse";
  return {
    onPointerEnter: () => ((pointer = true), settleDown()),
    onPointerLeave: (/** @type {PointerEvent} */ event) =>
      setTimeout(() => ((pointer = false), settleDown()), touched(event) ? AFTER_TOUCH : 0),
    onFocusIn: () => ((focus = true), settleDown()),
    onFocusOut: () => ((focus = false), settleDown()),
  };
}

/** Arrows, Home and End go from row to row. @param {KeyboardEvent} event */
export function stepInList(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const rows = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-row]")]);
  const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined || !rows[to]) return;
  event.preventDefault();
  rows[to].focus();
}
