// The team on the board: how full everybody's hands are, how they stand, and why.

/** @import {Desk} from "./desk.js" */
import { html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { ticking } from "../support_chat/when.js";
import { loadInWords, standing } from "./status_words.js";
import { safeName } from "./words.js";

const soon = ticking(20);

/** @param {{desk: Desk}} props */
export function BoardTeam({ desk }) {
  void soon.value;
  const me = desk.inbox.me.value;
  const team = [...(me?.id ? [me] : []), ...desk.inbox.teammates.value];
  return html`<section aria-labelledby="board-team"><h3 id="board-team">${gettext("Agents")}</h3>
    <table><thead><tr><th scope="col">${gettext("Name")}</th><th scope="col">${gettext("Status")}</th><th scope="col">${gettext("Chats")}</th></tr></thead>
    <tbody>${team.map((agent) => html`<tr key=${agent.id}>
      <th scope="row"><i class="dot" data-status=${agent.status}></i> <bdi>${safeName(agent.name)}</bdi></th>
      <td>${standing(agent, Date.now())}</td>
      <td class="number"><span class="load-bar" aria-hidden="true" style=${{ "--share": Math.min(1, agent.load / (agent.capacity || 1)) }}></span>
        ${loadInWords(agent)}</td></tr>`)}
    </tbody></table></section>`;
}
