// Everybody who waits, in the order in which they are served, and what a supervisor may do about it.

/** @import {Desk} from "./desk.js" */
/** @import {HeardRow} from "./wire.js" */
import { h, html, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { ticking } from "../support_chat/when.js";
import { filled } from "./filled.js";
import { mixedMark } from "./mixed_name.js";
import { preferences } from "./preferences.js";
import { marksOf } from "./row_words.js";
import { inWords, waitedBy, worry } from "./waiting.js";
import { WaitingWhy } from "./why_words_shown.js";
import { safeName } from "./words.js";

const second = ticking(1);

/** Nobody reads further down than this. */
const SHOWN = 60;

/** What can be done, by button and, while the focus is in the row, by key. */
const DEEDS = /** @type {const} */ ([
  { key: "s", asks: "assign", name: gettext("Assign…") },
  { key: "f", asks: "front", name: gettext("Move to the front…") },
  { key: "p", asks: "priority", name: gettext("Priority…") },
]);

/** @param {{desk: Desk, onOpen: (id: string) => void}} props */
export function BoardWaiting({ desk, onOpen }) {
  const dragged = useSignal("");
  const chosen = useSignal(/** @type {ReadonlySet<string>} */ (new Set()));
  const rows = desk.inbox.waiting.value;
  const picked = rows.filter(({ conversation }) => chosen.value.has(conversation)).map(({ conversation }) => conversation);
  return html`<section aria-labelledby="board-waiting"><h3 id="board-waiting">${gettext("Waiting, in their order")}</h3>
    ${rows.length === 0 && html`<p class="empty">${gettext("Nobody is waiting.")}</p>`}
    ${dragged.value && html`<p class="drop-here" onDragOver=${(/** @type {Event} */ event) => event.preventDefault()}
      onDrop=${() => ask(desk, "front", dragged.value)}>${gettext("Drop here to move to the front")}</p>`}
    <ol class="waiting-chats" aria-label=${gettext("Waiting chats")}>
      ${rows.slice(0, SHOWN).map((row, n) => h(WaitingChat, { key: row.conversation, desk, row, place: n + 1, dragged, chosen, onOpen }))}
    </ol>
    ${picked.length > 0 && html`<p class="picked" role="status"><b>${fill(gettext("%(count)s chosen"), { count: picked.length })}</b>
      <button type="button" class="button small primary" aria-haspopup="dialog"
        onClick=${() => (desk.asking.value = { name: "notify", chats: picked })}>${gettext("Tell them all…")}</button>
      <button type="button" class="button small quiet" onClick=${() => (chosen.value = new Set())}>${gettext("Choose none")}</button></p>`}
    ${rows.length > 0 && html`<p class="hint-line">${filled(gettext("In a row: %(s)s assign, %(f)s front, %(p)s priority. Or drag a row up."), { s: html`<kbd>S</kbd>`, f: html`<kbd>F</kbd>`, p: html`<kbd>P</kbd>` })}</p>`}
  </section>`;
}

/** @param {Desk} desk @param {string} name @param {string} id */
function ask(desk, name, id) {
  desk.asking.value = { name, id };
}

/**
 * @param {{desk: Desk, row: HeardRow, place: number, dragged: {value: string}, chosen: {value: ReadonlySet<string>}, onOpen: (id: string) => void}} props
 */
function WaitingChat({ desk, row, place, dragged, chosen, onOpen }) {
  const id = row.conversation;
  const name = safeName(row.visitor.name);
  const queue = row.wanted ?? row.queue;
  const may = desk.inbox.amIn(queue, "supervisor");
  const queueName = desk.inbox.queues.value.find((each) => each.id === queue)?.name;
  return html`<li class="waiting-chat" draggable=${may} onDragStart=${() => (dragged.value = id)} onDragEnd=${() => (dragged.value = "")}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => may && byKey(event, desk, id)}>
    ${may && row.state === "queued"
      ? html`<input type="checkbox" aria-label=${fill(gettext("Choose %(name)s"), { name })} checked=${chosen.value.has(id)} onChange=${() => turn(chosen, id)} />`
      : html`<span class="no-choice"></span>`}
    <span class="place" aria-hidden="true">${place}</span>
    <button type="button" class="waiting-name" onClick=${() => onOpen(id)}><bdi>${name}</bdi></button>${mixedMark(name)}
    <span class="waiting-facts">${[queueName, row.visitor.here ? null : gettext("not on the page"), ...marksOf(row)].filter(Boolean).join(" · ")}</span>
    ${h(Wait, { row })}
    <span class="waiting-deeds">${may && DEEDS.map(({ asks, name: words, key }) => html`<button type="button" key=${asks} class="button small quiet"
      aria-haspopup="dialog" aria-keyshortcuts=${key} aria-label=${`${words} ${name}`} onClick=${() => ask(desk, asks, id)}>${words}</button>`)}</span>
    ${h(WaitingWhy, { desk, id })}
  </li>`;
}

/** @param {{value: ReadonlySet<string>}} chosen @param {string} id */
function turn(chosen, id) {
  const next = new Set(chosen.value);
  if (!next.delete(id)) next.add(id);
  chosen.value = next;
}

/** @param {{row: HeardRow}} props */
function Wait({ row }) {
  void second.value;
  const waited = waitedBy(row, Date.now());
  return html`<span class="waiting" data-worry=${worry(waited)}>${waited === null ? "" : inWords(waited)}</span>`;
}

/** @param {KeyboardEvent} event @param {Desk} desk @param {string} id */
function byKey(event, desk, id) {
  const deed = preferences.peek().letters && DEEDS.find(({ key }) => key === event.key.toLowerCase());
  if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  ask(desk, deed.asks, id);
}
