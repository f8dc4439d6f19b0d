// Under the head of the open chat: who is beside its owner, who wants to be, and what can be said to that.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {Standing} from "./participants.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { h, html } from "../support_chat/vendor/preact.js";
import { companyOf } from "./company.js";
import { invite, join } from "./company_deeds.js";
import { endParticipation } from "./own_deeds.js";
import { besideIn } from "./participants.js";

/** @param {{desk: Desk, chat: OpenChat}} props */
export function CompanyBar({ desk, chat }) {
  const beside = Object.entries(besideIn(chat));
  if (!beside.length) return null;
  return html`<ul class="company-bar" role="list" aria-label=${gettext("Colleagues in this chat")}>
    ${beside.map(([agent, standing]) => h(One, { key: agent, desk, chat, agent, standing }))}
  </ul>`;
}

/** @type {Record<Standing, (places: {name: string}) => string>} */
const SAYS = {
  guest: (places) => fill(gettext("%(name)s helps here and can write to the visitor"), places),
  invited: (places) => fill(gettext("%(name)s is asked in"), places),
  called: (places) => fill(gettext("%(name)s is called for help"), places),
  asking: (places) => fill(gettext("%(name)s asks to join"), places),
};

/** @type {Record<Standing, (places: {name: string}) => string>} */
const SAYS_ME = {
  guest: () => gettext("You help here and can write to the visitor"),
  invited: () => gettext("You are asked into this chat"),
  called: () => gettext("Your help is needed now"),
  asking: () => gettext("You asked to join"),
};

/** @param {{desk: Desk, chat: OpenChat, agent: string, standing: Standing}} props */
function One({ desk, chat, agent, standing }) {
  const isMe = agent === desk.inbox.me.value?.id;
  const places = { name: companyOf(desk).nameOf(agent) };
  return html`<li class="company-one" data-standing=${standing}>
    <span dir="auto">${(isMe ? SAYS_ME : SAYS)[standing](places)}</span>
    ${answersTo(desk, chat, agent, standing).map(({ name, look, deed, run }) => button(name, look, desk.deeds.busy.value.has(`${deed}:${chat.id}`), run))}
  </li>`;
}

/** What the agent can say to it. @param {Desk} desk @param {OpenChat} chat @param {string} agent @param {Standing} standing */
export function answersTo(desk, { id, about }, agent, standing) {
  const me = desk.inbox.me.value?.id;
  const as = agent === me ? "me" : about.value?.agent?.id === me ? "owner" : null;
  const comes = as === "me" && (standing === "invited" || standing === "called");
  return as === null ? [] : [
    ...(comes ? [{ name: gettext("Come in"), look: "primary", deed: "join", run: () => void join(desk, id) }] : []),
    ...(as === "owner" && standing === "asking" ? [{ name: gettext("Let in"), look: "primary", deed: `invite ${agent}`, run: () => void invite(desk, id, agent) }] : []),
    { name: noIn(standing, as), look: "", deed: `end ${agent}`, run: () => void endParticipation(desk, id, agent) },
  ];
}

/** @param {Standing} standing @param {"me" | "owner"} as */
function noIn(standing, as) {
  if (standing === "guest") return as === "me" ? gettext("Leave") : gettext("Remove");
  if (standing === "asking" && as === "owner") return gettext("Not now");
  return as === "me" && standing !== "asking" ? gettext("Not now") : gettext("Take back");
}

/** @param {string} name @param {string} look @param {boolean} busy @param {() => void} run */
function button(name, look, busy, run) {
  return html`<button type="button" key=${name} class=${`button small ${look}`} aria-disabled=${busy} aria-busy=${busy} onClick=${run}>${name}</button>`;
}
