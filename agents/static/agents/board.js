// The supervisor's board: alarms, queues, who waits, the team, and what the sites' visitors read.

/** @import {Desk} from "./desk.js" */
import { h, html, useEffect } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { ticking } from "../support_chat/when.js";
import { alarmsOf, longestWait } from "./alarms.js";
import { BoardOversight } from "./board_oversight.js";
import { BoardSites } from "./board_sites.js";
import { BoardTeam } from "./board_team.js";
import { BoardWaiting } from "./board_waiting.js";
import { Icon } from "./icons.js";
import { keepLooking } from "./still_silent.js";
import { inWords, worry } from "./waiting.js";

const second = ticking(1);

/** @param {{desk: Desk, onOpen: (id: string) => void}} props */
export function Board({ desk, onOpen }) {
  return html`<section class="board" aria-labelledby="board-title">
    <header class="board-head"><button type="button" class="button quiet square back" aria-label=${gettext("Back to the lists")}
      onClick=${() => (desk.boardShown.value = false)}><${Icon} name="back" /></button>
      <h2 id="board-title" tabindex="-1">${gettext("Board")}</h2></header>
    ${h(Alarms, { desk, onOpen })}
    ${h(Queues, { desk })}
    ${h(BoardWaiting, { desk, onOpen })}
    ${h(BoardTeam, { desk })}
    ${h(BoardOversight, { desk })}
    ${h(BoardSites, { desk })}
  </section>`;
}

/** @param {{desk: Desk, onOpen: (id: string) => void}} props */
function Alarms({ desk, onOpen }) {
  void second.value;
  useEffect(() => keepLooking(desk), []);
  const { queues, target } = desk.inbox;
  const nameOf = (/** @type {string} */ id) => desk.inbox.find(id)?.visitor.name ?? null;
  const known = { queues: queues.value, unanswered: desk.unanswered.value, nameOf, target };
  const alarms = alarmsOf(known, Date.now());
  if (!alarms.length) return html`<p class="all-well" role="status">${gettext("All is well.")}</p>`;
  return html`<ul class="alarms" role="list" aria-label=${gettext("Alarms")}>${alarms.map(({ key, says, chat, bad }) => html`<li key=${key} class="alarm" data-bad=${bad}>
    <span>${says}</span>
    ${chat && html`<button type="button" class="button small" onClick=${() => onOpen(chat)}>${gettext("Look")}</button>
      <button type="button" class="button small quiet" onClick=${() => dismiss(desk, chat)}>${gettext("Dismiss")}</button>`}
  </li>`)}</ul>`;
}

/** @param {Desk} desk @param {string} chat */
function dismiss(desk, chat) {
  desk.unanswered.value = desk.unanswered.peek().filter(({ conversation }) => conversation !== chat);
}

/** @param {{desk: Desk}} props */
function Queues({ desk }) {
  void second.value;
  const now = Date.now();
  const watched = desk.inbox.queues.value.filter(({ roles }) => roles?.length !== 0);
  return html`<section aria-labelledby="board-queues"><h3 id="board-queues">${gettext("Queues")}</h3>
    <table><thead><tr><th scope="col">${gettext("Queue")}</th><th scope="col">${gettext("Waiting")}</th><th scope="col">${gettext("Longest wait")}</th><th scope="col">${gettext("Online")}</th></tr></thead>
    <tbody>${watched.map((queue) => {
      const wait = longestWait(queue, now);
      const late = wait !== null && wait > desk.inbox.target;
      return html`<tr key=${queue.id}><th scope="row"><bdi>${queue.name}</bdi> <small>${queue.site}</small></th>
        <td class="number">${queue.waiting}</td>
        <td>${wait === null ? "–" : html`<span class="waiting" data-worry=${late ? "late" : worry(Math.min(wait, 89))}>${inWords(wait)}</span>`}</td>
        <td class="number">${fill(gettext("%(online)s of %(agents)s"), { online: queue.online ?? 0, agents: queue.agents?.length ?? 0 })}</td></tr>`;
    })}</tbody></table></section>`;
}
