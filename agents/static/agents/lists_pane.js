// The left pane: my chats, the queue, what I closed lately, and the team.

/** @import {Desk} from "./desk.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { ChatList } from "./chat_list.js";
import { statusName } from "./status_words.js";
import { Later } from "./when_needed.js";

/** Room is kept for so many chats of one's own at most. */
const ROOM = 5;
/** So many of the queue are drawn: nobody scrolls further to take the next one. */
const SHOWN = 60;

/** @param {{desk: Desk, onOpen: (id: string) => void}} props */
export function ListsPane({ desk, onOpen }) {
  const { mine, idle, waiting, closed } = desk.inbox;
  if (!desk.ready.value) return html`<nav class="lists" aria-label=${gettext("Chats")} aria-busy="true"></nav>`;
  const lists = html`<section>
      ${heading(gettext("My chats"), mine.value.length)}
      <div class="roomy" style=${{ "--rows": Math.min(desk.inbox.me.value?.capacity ?? 0, ROOM) }}>
        ${h(ChatList, { desk, name: gettext("My chats"), id: "list-mine", rows: mine.value, mine: true, empty: nothingMine(desk), onOpen })}
      </div>
      ${idle.value.length > 0 && html`<h3 class="list-head" title=${gettext("Quiet for long; they do not count as load")}>${gettext("Idle")} <span class="count">${idle.value.length}</span></h3>
        ${h(ChatList, { desk, name: gettext("Idle"), id: "list-idle", rows: idle.value, mine: true, empty: "", onOpen })}`}
    </section>
    ${h(Later, { part: "BesideLists", props: { desk, onOpen } })}
    <section>
      ${heading(gettext("Queue"), waitingCount(desk))}
      ${h(ChatList, { desk, name: gettext("Queue"), id: "list-queue", rows: waiting.value.slice(0, SHOWN), mine: false, empty: nobodyWaiting(desk), onOpen })}
      ${unlisted(Math.min(waiting.value.length, SHOWN), waitingCount(desk))}
    </section>
    ${closed.value.length > 0 && html`<section>
      ${heading(gettext("Closed lately"), null)}
      ${h(ChatList, { desk, name: gettext("Closed lately"), id: "list-closed", rows: closed.value, mine: false, empty: "", onOpen })}
    </section>`}`;
  return html`<nav class="lists" aria-label=${gettext("Chats")}>
    <div class="views">${h(Later, { part: "ViewBar", props: { desk, onOpen } })}</div>
    ${!desk.view.value && lists}
    ${h(Later, { part: "TeamList", props: { desk } })}
  </nav>`;
}

/**
 * @param {string} name
 * @param {number | null} count
 */
function heading(name, count) {
  return html`<h2 class="list-head">${name}${count !== null && html` <span class="count">${count}</span>`}</h2>`;
}

/** @param {Desk} desk */
function nothingMine(desk) {
  const { id, status } = desk.inbox.me.value ?? {};
  if (!id) return gettext("You answer no chats yourself.");
  if (status === "online") return gettext("No chats. The next one comes to you by itself.");
  return html`${fill(gettext("You are %(status)s and get no chats."), { status: statusName(status ?? "").toLowerCase() })}
    <button type="button" class="button small" onClick=${() => desk.deeds.setStatus("online")}>${gettext("Come online")}</button>`;
}

/** @param {Desk} desk */
function waitingCount(desk) {
  const heard = desk.inbox.queues.value.filter(({ roles }) => roles?.length !== 0);
  const told = heard.reduce((sum, queue) => sum + queue.waiting, 0);
  const offered = desk.inbox.offers.value.filter(({ state }) => state === "queued").length;
  return Math.max(told - offered, desk.inbox.waiting.value.length);
}

/** Who may not answer sees how many wait, not who. @param {Desk} desk */
function nobodyWaiting(desk) {
  const count = waitingCount(desk);
  return count ? ngettext("1 visitor is waiting.", "%(n)s visitors are waiting.", count) : gettext("Nobody is waiting.");
}

/**
 * @param {number} listed
 * @param {number} count
 */
function unlisted(listed, count) {
  return listed > 0 && count > listed && html`<p class="empty">${fill(gettext("and %(count)s more behind them"), { count: count - listed })}</p>`;
}
