// Search, above the lists and instead of them: a line to type into, and what was found below it.

/** @import {Desk} from "./desk.js" */
/** @import {Found} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { h, html, useLayoutEffect, useMemo, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { ACTIONS } from "./actions.js";
import { jumpTo } from "./jumping.js";
import { keyOf } from "./keymap.js";
import { mixedMark } from "./mixed_name.js";
import { preferences } from "./preferences.js";
import { drawn, piecesOf, Search } from "./search.js";
import { countInWords, dayInWords, failedInWords, nothingInWords, operators, saidBy, stateInWords } from "./search_words.js";
import { safeName } from "./words.js";

/** Each row is so high (px), as search.css has it. */
const ROW = 86;
/** So many rows before the end the next page is fetched. */
const AHEAD = 6;

/** @param {{desk: Desk}} props */
export function SearchPane({ desk }) {
  const search = useMemo(() => new Search(desk.socket), []);
  const open = useSignal(false);
  const before = useRef(/** @type {HTMLElement | null} */ (null));
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  const close = () => {
    search.clear();
    open.value = false;
    box.current?.blur();
    before.current?.focus();
  };
  const choose = (/** @type {Found | undefined} */ found) => void (found && jumpTo(desk, found));
  const shown = open.value || search.typed.value !== "";
  const count = search.all.value.length;
  if (!desk.ready.value || !desk.socket.welcome?.features?.includes("search")) return null;
  return html`<div class="search" role="search" data-shown=${shown} aria-label=${gettext("Search")}>
    <input class="search-box" id="search" role="combobox" autocomplete="off" spellcheck="false" enterkeyhint="search" ref=${box}
      aria-label=${gettext("Search people, messages and files")} placeholder=${gettext("Search")} aria-keyshortcuts=${keyInHand() || undefined}
      aria-expanded=${count > 0} aria-controls="search-found" aria-activedescendant=${count > 0 ? optionId(search.at.value) : undefined}
      value=${search.typed.value}
      onFocus=${(/** @type {FocusEvent} */ event) => ((before.current = /** @type {HTMLElement | null} */ (event.relatedTarget)), (open.value = true))}
      onBlur=${() => (open.value = false)}
      onInput=${(/** @type {any} */ { target }) => search.type(target.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => onKey(event, search, choose, close)} />
    ${shown && html`<div class="search-below" onPointerDown=${keepFocus}>
      ${search.typed.value.trim() ? h(Findings, { search, choose }) : h(Help, {})}
    </div>`}
  </div>`;
}

/** The agent's own, "" where there is none. */
function keyInHand() {
  const search = ACTIONS.find(({ id }) => id === "search");
  return preferences.value.letters && search ? keyOf(search) : "";
}

/** What is clicked below the box takes no focus from it. @param {Event} event */
function keepFocus(event) {
  if (!(/** @type {Element} */ (event.target).closest("button"))) event.preventDefault();
}

/**
 * @param {KeyboardEvent} event
 * @param {Search} search
 * @param {(found: Found | undefined) => void} choose
 * @param {() => void} close
 */
function onKey(event, search, choose, close) {
  if (event.isComposing) return;
  const page = 5;
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
  if (step) search.step(step);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && search.asked.peek() !== search.typed.peek()) void search.ask();
  else if (event.key === "Enter") choose(search.chosen);
  else return;
  event.preventDefault();
}

/** @param {number} n */
const optionId = (n) => `search-${n}`;

/** @param {{search: Search, choose: (found: Found) => void}} props */
function Findings({ search, choose }) {
  const { failed, busy, after, asked, all } = search;
  const count = all.value.length;
  const searched = asked.value !== "";
  return html`<p class="search-says" role="status" data-bad=${failed.value !== null}>${saysOf(search)}</p>
    ${searched && !failed.value && count === 0 && html`<p class="empty">${nothingInWords(after.value !== null)}</p>`}
    ${count > 0 && h(FoundList, { search, choose })}
    ${searched && after.value && html`<button type="button" class="button small search-older" aria-disabled=${busy.value}
      onClick=${() => void search.older()}>${gettext("Search further back")}</button>`}`;
}

/** @param {Search} search */
function saysOf({ failed, busy, asked, typed, after, all }) {
  if (busy.value && asked.value !== typed.value) return gettext("Searching…");
  if (failed.value) return failedInWords(failed.value, asked.value || typed.value);
  return asked.value && all.value.length ? countInWords(all.value.length, after.value !== null) : "";
}

/** Only the rows in view are drawn. @param {{search: Search, choose: (found: Found) => void}} props */
function FoundList({ search, choose }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const top = useSignal(0);
  const all = search.all.value;
  const at = search.at.value;
  useLayoutEffect(() => void (list.current && bringInView(list.current, at)), [at, search.people.value]); // a new search brings other people, a further page the same
  const view = { top: top.value, height: list.current?.clientHeight ?? 800, row: ROW, count: all.length };
  const { first, last } = drawn(view);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = /** @type {HTMLElement} */ (list.current);
    top.value = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < AHEAD * ROW) void search.older();
  };
  return html`<ul class="search-found" id="search-found" role="listbox" aria-label=${gettext("Found")} ref=${list} onScroll=${onScroll}>
    ${room(first)}
    ${all.slice(first, last).map((found, n) => h(FoundRow, { key: first + n, found, n: first + n, of: all.length, chosen: first + n === at, choose }))}
    ${room(all.length - last)}
  </ul>`;
}

/** Where so many rows are not drawn. @param {number} rows */
function room(rows) {
  return html`<li role="presentation" style=${{ blockSize: `${rows * ROW}px` }}></li>`;
}

/** @param {HTMLElement} list @param {number} at */
function bringInView(list, at) {
  const start = at * ROW;
  if (start < list.scrollTop) list.scrollTop = start;
  else if (start + ROW > list.scrollTop + list.clientHeight) list.scrollTop = start + ROW - list.clientHeight;
}

/** @param {{found: Found, n: number, of: number, chosen: boolean, choose: (found: Found) => void}} props */
function FoundRow({ found, n, of, chosen, choose }) {
  const by = saidBy(found);
  return html`<li class="found" id=${optionId(n)} role="option" aria-selected=${chosen} aria-setsize=${of} aria-posinset=${n + 1}
    data-kind=${found.kind} onClick=${() => choose(found)}>
    <span class="found-head"><bdi class="found-who">${safeName(found.visitor)}</bdi>${mixedMark(found.visitor)} <time datetime=${found.at}>${dayInWords(found.at)}</time></span>
    <span class="found-text" dir="auto">${by && html`<b>${safeName(by)}: </b>`}${piecesOf(found.text, found.marks).map(({ text, marked }) =>
      marked ? html`<mark>${text}</mark>` : text)}</span>
    <small class="found-facts">${[found.queue, stateInWords(found.state), found.agent && safeName(found.agent)].filter(Boolean).join(" · ")}</small>
  </li>`;
}

function Help() {
  return html`<div class="search-help"><p>${gettext("Words of visitors, colleagues and notes, names, addresses and files. Narrow it by:")}</p>
    <dl>${operators().map(([example, says]) => html`<div key=${example}><dt><code>${example}</code></dt><dd>${says}</dd></div>`)}</dl></div>`;
}
