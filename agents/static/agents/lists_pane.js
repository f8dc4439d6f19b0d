// The left pane: my chats, the queue, what I closed lately, and the team.

/** @import {Desk} from "./desk.js" */
/** @import {Teammate} from "./wire.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { ChatList } from "./chat_list.js";
import { safeName, statusName } from "./words.js";

/** Room is kept for so many chats of one's own at most. */
const ROOM = 5;
/** So many of the queue are drawn: nobody scrolls further to take the next one. */
const SHOWN = 60;

/** @param {{desk: Desk, onOpen: (id: string) => void}} props */
export function ListsPane({ desk, onOpen }) {
  const { mine, waiting, closed, teammates } = desk.inbox;
  if (!desk.ready.value) return html`<nav class="lists" aria-label="Chats" aria-busy="true"></nav>`;
  return html`<nav class="lists" aria-label="Chats">
    <section>
      ${heading("My chats", mine.value.length)}
      <div class="roomy" style=${{ "--rows": Math.min(desk.inbox.me.value?.capacity ?? 0, ROOM) }}>
        ${h(ChatList, { desk, name: "My chats", id: "list-mine", rows: mine.value, mine: true, empty: nothingMine(desk), onOpen })}
      </div>
    </section>
    <section>
      ${heading("Queue", waitingCount(desk))}
      ${h(ChatList, { desk, name: "Queue", id: "list-queue", rows: waiting.value.slice(0, SHOWN), mine: false, empty: nobodyWaiting(desk), onOpen })}
      ${unlisted(Math.min(waiting.value.length, SHOWN), waitingCount(desk))}
    </section>
    ${closed.value.length > 0 && html`<section>
      ${heading("Closed lately", null)}
      ${h(ChatList, { desk, name: "Closed lately", id: "list-closed", rows: closed.value, mine: false, empty: "", onOpen })}
    </section>`}
    ${team(teammates.value)}
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
  if (!id) return "You answer no chats yourself.";
  if (status === "online") return "No chats. The next one comes to you by itself.";
  return html`You are ${statusName(status ?? "").toLowerCase()} and get no chats.
    <button type="button" class="button small" onClick=${() => desk.setStatus("online")}>Come online</button>`;
}

/** @param {Desk} desk */
function waitingCount(desk) {
  const told = desk.inbox.queues.value.reduce((sum, queue) => sum + queue.waiting, 0);
  return Math.max(told, desk.inbox.waiting.value.length);
}

/** Who may not answer sees how many wait, not who. @param {Desk} desk */
function nobodyWaiting(desk) {
  const count = waitingCount(desk);
  return ["Nobody is waiting.", "1 visitor is waiting."][count] ?? `${count} visitors are waiting.`;
}

/**
 * @param {number} listed
 * @param {number} count
 */
function unlisted(listed, count) {
  return listed > 0 && count > listed && html`<p class="empty">and ${count - listed} more behind them</p>`;
}

/** @param {Teammate[]} teammates */
function team(teammates) {
  if (!teammates.length) return null;
  return html`<section class="team">
    ${heading("Team", null)}
    <ul role="list" aria-label="Team">${teammates.map(({ id, name, status, load, capacity }) => html`<li key=${id} class="mate">
      <i class="dot" data-status=${status}></i><bdi class="mate-name">${safeName(name)}</bdi>
      <span class="mate-status">${statusName(status)}${status !== "offline" && `, ${load} of ${capacity}`}</span>
    </li>`)}</ul>
  </section>`;
}
