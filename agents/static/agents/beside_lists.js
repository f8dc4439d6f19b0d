// In the lists: colleagues' chats in which the agent helps or is wanted.

/** @import {Helped} from "./company.js" */
/** @import {Desk} from "./desk.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { h, html } from "../support_chat/vendor/preact.js";
import { Avatar } from "./avatar.js";
import { companyOf } from "./company.js";
import { join } from "./company_deeds.js";
import { unreadOf } from "./inbox.js";
import { endParticipation } from "./own_deeds.js";
import { stillHere } from "./still_here.js";
import { RowFaces } from "./viewer_faces.js";
import { safeName } from "./words.js";

/** @param {{desk: Desk, onOpen: (id: string) => void}} props */
export function BesideLists({ desk, onOpen }) {
  const helped = [...companyOf(desk).helped.value.values()];
  return helped.length > 0 && html`<section aria-labelledby="helping">
    <h2 class="list-head" id="helping">${gettext("With colleagues")} <span class="count">${helped.length}</span></h2>
    <ul class="chats" role="list">${helped.map((each) => h(HelpedRow, { key: each.row.conversation, desk, helped: each, onOpen }))}</ul>
  </section>`;
}

/** @param {{desk: Desk, helped: Helped, onOpen: (id: string) => void}} props */
function HelpedRow({ desk, helped: { row, standing }, onOpen }) {
  const id = row.conversation;
  const name = safeName(row.visitor.name);
  const doing = desk.deeds.under(id);
  const wanted = standing === "invited" || standing === "called";
  const comeIn = async () => {
    const isHere = stillHere(desk);
    if ((await join(desk, id)) && isHere()) onOpen(id);
  };
  const says = fill(SAYS[standing](), { name: safeName(row.agent?.name ?? "") });
  const last = standing === "guest" ? row.last?.text : "";
  const unread = standing === "guest" ? unreadOf(row) : 0;
  return html`<li class="helped" data-standing=${standing}>
    <button type="button" class="row" data-row data-unread=${unread > 0} aria-current=${desk.front.value?.id === id ? "true" : undefined} onClick=${() => onOpen(id)}>
      ${h(Avatar, { id, name, here: row.visitor.here })}
      <span class="row-line"><bdi class="row-name">${name}</bdi>${h(RowFaces, { desk, id })}${last && html`<span class="row-side quiet-time">${says}</span>`}</span>
      <span class="row-line"><span class="row-last">${doing || (last ? html`<bdi>${last}</bdi>` : says)}</span>
        ${unread > 0 && html`<span class="badge"><span aria-hidden="true">${unread > 99 ? "99+" : unread}</span><span class="hidden">${fill(gettext("%(count)s unread"), { count: unread })}</span></span>`}</span>
    </button>
    ${wanted && html`<span class="helped-deeds">
      <button type="button" class="button small primary" aria-disabled=${doing !== ""} aria-busy=${doing !== ""} onClick=${comeIn}>${gettext("Come in")}</button>
      <button type="button" class="button small" onClick=${() => endParticipation(desk, id, desk.inbox.me.peek()?.id ?? "")}>${gettext("Not now")}</button>
    </span>`}
  </li>`;
}

/** @type {Record<import("./participants.js").Standing, () => string>} */
const SAYS = {
  guest: () => gettext("You help %(name)s"),
  invited: () => gettext("%(name)s asks you in"),
  called: () => gettext("%(name)s needs help now"),
  asking: () => gettext("You asked %(name)s to let you in"),
};
