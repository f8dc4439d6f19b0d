// The rows of a view or a filter, with what can be done with many of them at once.

/** @import {Choice} from "./choice.js" */
/** @import {Desk} from "./desk.js" */
/** @import {Chosen, HeardRow} from "./wire.js" */
/** @import {ManyWork} from "./many_work.js" */
/** @import {Views} from "./views.js" */
import { h, html, useEffect, useId, useLayoutEffect, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { standing } from "./chat_list.js";
import { rowParts } from "./chat_row.js";
import { drawnOf, RowHeights } from "./drawn_rows.js";
import { goneFrom } from "./filter_words.js";
import { isBack } from "./inbox.js";
import { COUNTED, editFilter, ManyBar } from "./many_bar.js";
import { backAt } from "./putting_aside.js";
import { safeName } from "./words.js";

/** What is seen is measured in steps of so many px: rows are drawn well beyond it. */
const STEP = 200;

/** @param {{desk: Desk, views: Views, work: ManyWork, chosen: Chosen, onOpen: (id: string) => void}} props */
export function ViewList({ desk, views, work, chosen, onOpen }) {
  const { choice } = views;
  const ids = views.rows.value.map(({ conversation }) => conversation);
  const picked = choice.ids.value;
  useEffect(() => (views.hold("choice", picked.size > 0), () => views.hold("choice", false)), [picked]);
  useEffect(() => () => views.hold("pointer", false), []);
  return html`<section class="view" aria-label=${chosen.name} onPointerEnter=${() => views.hold("pointer", true)} onPointerLeave=${() => views.hold("pointer", false)}>
    ${!work.isShown(choice) && h(ManyBar, { desk, views, work, chosen, shown: ids })}
    ${ids.length === 0 ? nothing(desk, views, chosen) : h(Rows, { desk, views, chosen, ids, onOpen })}
    ${views.next.value && html`<button type="button" class="button small more-rows" aria-busy=${views.state.value === "loading"} onClick=${() => views.more()}>${gettext("Show more")}</button>`}
  </section>`;
}

/** Those that are seen, and the one that the focus is in or comes to: it stays wherever it is. @param {{desk: Desk, views: Views, chosen: Chosen, ids: string[], onOpen: (id: string) => void}} props */
function Rows({ desk, views, chosen, ids, onOpen }) {
  const { choice, rows, total } = views;
  const stop = useSignal("");
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const goes = useRef("");
  // Of the keys alone: a click leaves its focus behind in the list. A row that went had it without losing it: only looking tells.
  const look = () => views.hold("focus", list.current?.querySelector(":focus-visible") != null);
  useEffect(look, [rows.value]);
  useEffect(() => () => views.hold("focus", false), []);
  const tabStop = ids.includes(stop.value) ? stop.value : ids[0];
  const parts = useDrawn(list, views, ids, tabStop);
  const focus = (/** @type {string} */ id) => {
    const row = rowIn(list.current, (stop.value = id));
    if (row) row.focus();
    else goes.current = id;
  };
  useLayoutEffect(() => {
    if (goes.current) rowIn(list.current, goes.current)?.focus();
    goes.current = "";
  });
  const size = total.value > COUNTED ? -1 : Math.max(total.value, ids.length);
  return html`<ul class="chats" role="list" aria-label=${chosen.name} ref=${list}
    onFocusIn=${look} onFocusOut=${() => views.hold("focus", false)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => stepOrPick(event, ids, choice, focus)}>
    ${parts.map((part) => ("room" in part ? html`<li aria-hidden="true" style=${{ blockSize: `${part.room}px` }}></li>` : h(ViewRow, {
      key: part.id,
      desk,
      row: rows.value[part.at],
      place: part.at + 1,
      size,
      tabbable: part.id === tabStop,
      picked: choice.every.value || choice.ids.value.has(part.id),
      onPick: (/** @type {boolean} */ reaches) => choice.pick(part.id, ids, reaches),
      onFocus: () => (stop.value = part.id),
      onOpen,
    })))}
  </ul>`;
}

/** @param {{current: HTMLElement | null}} list @param {Views} views @param {string[]} ids @param {string} kept */
function useDrawn(list, views, ids, kept) {
  const heights = useRef(/** @type {RowHeights | null} */ (null));
  heights.current ??= new RowHeights();
  const seen = useSignal({ top: 0, bottom: innerHeight });
  useLayoutEffect(() => {
    for (const row of list.current?.querySelectorAll("[data-row]") ?? [])
      heights.current?.set(row.getAttribute("data-row") ?? "", /** @type {HTMLElement} */ (row.closest("li")).offsetHeight);
  });
  useEffect(() => {
    const pane = /** @type {HTMLElement} */ (list.current?.closest(".lists"));
    const look = () => {
      const top = pane.getBoundingClientRect().top - /** @type {HTMLElement} */ (list.current).getBoundingClientRect().top;
      const [from, to] = [Math.floor(top / STEP) * STEP, Math.ceil((top + pane.clientHeight) / STEP) * STEP];
      if (from !== seen.peek().top || to !== seen.peek().bottom) seen.value = { top: from, bottom: to };
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(pane);
    pane.addEventListener("scroll", look, { passive: true });
    return () => (sizes.disconnect(), pane.removeEventListener("scroll", look));
  }, []);
  const { parts, from, to } = drawnOf(ids, heights.current, seen.value, kept);
  useEffect(() => views.look({ from, to }), [from, to]);
  return parts;
}

/**
 * @param {{desk: Desk, row: HeardRow, place: number, size: number, tabbable: boolean, picked: boolean, onPick: (reaches: boolean) => void,
 *   onFocus: () => void, onOpen: (id: string) => void}} props
 */
function ViewRow({ desk, row: listed, place, size, tabbable, picked, onPick, onFocus, onOpen }) {
  const at = useId();
  const id = listed.conversation;
  const known = desk.inbox.rows.value.get(id);
  const row = known && known.position >= listed.position ? known : listed; // it knows what was read here, too
  const mine = row.state === "active" && row.agent?.id === desk.inbox.me.value?.id;
  const theirs = row.state === "active" && row.agent;
  const more = {
    owner: mine ? undefined : !theirs ? "" : isBack(row) ? gettext("Back") : safeName(theirs.name),
    back: (row.snoozed ?? null) === null ? undefined : backAt(row),
    tags: row.tags?.length ? row.tags : undefined,
  };
  // What nobody here reads counts nothing unread.
  const shown = row.state === "closed" && row !== known ? { ...row, seen: row.messages } : row;
  const open = (/** @type {string} */ _, /** @type {MouseEvent} */ event) => (event.shiftKey ? onPick(true) : onOpen(id));
  return html`<li class="view-row" data-picked=${picked} aria-labelledby=${`${at}-name`} aria-posinset=${place} aria-setsize=${size}>
    <label class="pick"><input type="checkbox" tabindex="-1" checked=${picked} aria-label=${fill(gettext("Choose the chat with %(name)s"), { name: safeName(row.visitor.name) })}
      onClick=${(/** @type {MouseEvent} */ event) => onPick(event.shiftKey)} /></label>
    ${rowParts({ ...standing(desk, id), row: shown, queue: null, tabbable, mine, gone: null, onOpen: open, onFocus, ...more }, at)}
  </li>`;
}

/** @param {HTMLElement | null} list @param {string} id @returns {HTMLElement | null | undefined} */
function rowIn(list, id) {
  return list?.querySelector(`[data-row="${id}"]`);
}

/** @param {Desk} desk @param {Views} views @param {Chosen} chosen */
function nothing(desk, views, chosen) {
  const said = {
    loading: () => html`<p class="empty" aria-busy="true">${gettext("Looking…")}</p>`,
    ready: () => html`<p class="empty">${EMPTY[chosen.key] ?? noMatch(desk, views, chosen)}</p>`,
    failed: () => leading(gettext("This list could not be read."), gettext("Try again"), () => void views.fetch()),
    gone: () => leading(gettext("This filter is not there any more: it was deleted, or is not shared with you now."), gettext("Back to the inbox"), () => toInbox(views)),
    outdated: () => leading(gettext("This filter asks for something that is not there any more."), gettext("Change the filter"), () => editFilter(desk, views, chosen)),
  };
  return said[views.state.value]();
}

/** The focus goes on from its chip. @param {Views} views */
function toInbox(views) {
  views.open(null);
  setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector(".view-chips [aria-pressed=true]"))?.focus());
}

/** @param {string} words @param {string} name @param {() => void} onClick */
function leading(words, name, onClick) {
  return html`<p class="empty" role="status">${words} <button type="button" class="button small" onClick=${onClick}>${name}</button></p>`;
}

/** @param {Desk} desk @param {Views} views @param {Chosen} chosen */
function noMatch(desk, views, { key, which }) {
  const rules = views.filters.value.find(({ id }) => id === key)?.rules ?? which.rules;
  const gone = rules && goneFrom(desk, rules);
  return gone ? fill(gettext("No chat matches: the filter asks for %(what)s. Change the filter, or choose another view."), { what: gone })
    : gettext("No chat matches. Change the filter, or choose another view.");
}

/** @type {Record<string, string>} */
const EMPTY = {
  mine: gettext("You have no chats right now. Those that you put aside stand under Snoozed."),
  queue: gettext("Nobody is waiting in your queues."),
  team: gettext("Your colleagues have no chats in your queues right now."),
  snoozed: gettext("Nothing is put aside. With Z an open chat of yours goes out of sight until a time that you choose, or until its visitor writes."),
  closed: gettext("No chat of your queues has been closed yet."),
};

/** Arrows go from row to row, with Shift they choose; X chooses one, Esc none. @param {KeyboardEvent} event @param {string[]} ids @param {Choice} choice @param {(id: string) => void} focus */
function stepOrPick(event, ids, choice, focus) {
  if (event.key === "Escape" && choice.ids.peek().size) return void (event.stopPropagation(), choice.clear());
  const at = ids.indexOf(document.activeElement?.getAttribute("data-row") ?? "");
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 }[event.key];
  if (at < 0 || to === undefined || !ids[to]) return;
  event.preventDefault();
  if (event.shiftKey && !choice.ids.peek().has(ids[at])) choice.pick(ids[at], ids);
  if (event.shiftKey) choice.pick(ids[to], ids, true);
  focus(ids[to]);
}
