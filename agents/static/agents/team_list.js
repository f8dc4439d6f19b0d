// The team below the lists: who is here, and how full their hands are.

/** @import {Desk} from "./desk.js" */
import { html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { ticking } from "../support_chat/when.js";
import { loadInWords, standing } from "./status_words.js";
import { safeName } from "./words.js";

const soon = ticking(20);

/** @param {{desk: Desk}} props */
export function TeamList({ desk }) {
  void soon.value;
  const teammates = desk.inbox.teammates.value;
  if (!teammates.length) return null;
  return html`<section class="team">
    <h2 class="list-head">${gettext("Team")}</h2>
    <ul role="list" aria-label=${gettext("Team")}>${teammates.map((mate) => html`<li key=${mate.id} class="mate">
      <i class="dot" data-status=${mate.status}></i><bdi class="mate-name">${safeName(mate.name)}</bdi>
      <span class="mate-status">${standing(mate, Date.now())}${mate.status !== "offline" && `, ${loadInWords(mate)}`}</span>
    </li>`)}</ul>
  </section>`;
}
