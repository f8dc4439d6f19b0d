// Chats that are offered to this agent, above everything they have: who it is, how much time is left, yes or no.

/** @import {Desk} from "./desk.js" */
/** @import {HeardRow} from "./wire.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { ticking } from "../support_chat/when.js";
import { Avatar } from "./avatar.js";
import { mixedMark } from "./mixed_name.js";
import { isSoonOver, leftInWords, secondsLeft, shareLeft } from "./offers.js";
import { take } from "./taking.js";
import { safeName } from "./words.js";

const second = ticking(1);

/** @param {{desk: Desk, onOpen: (id: string) => void}} props */
export function OffersBar({ desk, onOpen }) {
  const offers = desk.inbox.offers.value;
  return html`<section class="offers" aria-label=${gettext("Offers")}><ul role="list">
    ${offers.map((row) => h(Offer, { key: row.conversation, desk, row, onOpen }))}
  </ul></section>`;
}

/** @param {{desk: Desk, row: HeardRow, onOpen: (id: string) => void}} props */
function Offer({ desk, row, onOpen }) {
  void second.value;
  const [id, now] = [row.conversation, Date.now()];
  const [name, left] = [safeName(row.visitor.name), secondsLeft(row, now)];
  const doing = desk.deeds.under(id);
  const busy = doing !== "" || left === 0;
  const from = row.agent ? fill(gettext("%(name)s hands it over"), { name: safeName(row.agent.name) }) : fill(gettext("From %(queue)s"), { queue: queueName(desk, row) });
  return html`<li class="offer" data-soon=${isSoonOver(left)} aria-label=${fill(gettext("Offered: %(name)s"), { name })}>
    ${h(Avatar, { id, name, here: row.visitor.here })}
    <div class="offer-words"><p class="offer-name"><b><bdi>${name}</bdi></b>${mixedMark(name)} <span>${from}</span></p>
      <p class="offer-last"><bdi>${row.last?.text || gettext("Nothing written yet")}</bdi></p></div>
    <p class="offer-left">${doing || leftInWords(left)}</p>
    <div class="offer-actions">
      <button type="button" class="button small" aria-haspopup="dialog" aria-label=${fill(gettext("Decline %(name)s"), { name })}
        onClick=${() => (desk.asking.value = { name: "decline", id })}>${gettext("Decline")}</button>
      <button type="button" class="button small primary" aria-label=${fill(gettext("Accept %(name)s"), { name })} aria-disabled=${busy}
        aria-busy=${doing !== ""} onClick=${() => busy || take(desk, id, () => onOpen(id))}>${gettext("Accept")}</button>
    </div>
    <span class="offer-bar" aria-hidden="true" style=${{ "--left": shareLeft(row, now) }}></span>
  </li>`;
}

/** @param {Desk} desk @param {HeardRow} row */
function queueName(desk, row) {
  return desk.inbox.queues.value.find(({ id }) => id === (row.wanted ?? row.queue))?.name ?? gettext("the queue");
}
