/** @import {HostLink} from "./host_link.js" */
/** @import {OwnPage} from "./own_page.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { nobodyHere } from "./availability.js";
import { words } from "./strings.js";

const { title } = document; // before anything is counted in it

/**
 * Whom one talks with, how things stand, and the ways out.
 * @param {{visitor: VisitorChat, host: HostLink | OwnPage, onEnded: () => void}} props
 */
export function Header({ visitor, host, onEnded }) {
  const chat = visitor.current.value;
  const talk = visitor.talking.part.value;
  const agent = chat?.closed.value ? null : (chat?.agent.value ?? null);
  return html`<header class="head">
    ${face(agent?.name ?? visitor.site.name, agent ? agent.picture : visitor.site.logo)}
    <div class="head-words">
      <h1 id="title">${title}</h1>
      <p class="standing" role="status" data-here=${String(Boolean(agent) || visitor.availability.value?.available === true)}>${standing(visitor)}</p>
    </div>
    ${chat && talk ? h(talk.HeadTools, { visitor, chat, onEnded }) : null}
    ${host.framed
      ? html`<button type="button" class="icon-button" aria-label=${words.minimise} title=${words.minimise} onClick=${() => host.say("minimise")}>
          <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m6 9 6 6 6-6" /></svg>
        </button>`
      : null}
  </header>`;
}

/** How things stand, in words. @param {VisitorChat} visitor */
function standing(visitor) {
  const chat = visitor.current.value;
  const availability = visitor.availability.value;
  if (chat && !chat.closed.value) return visitor.talking.part.value?.standing(chat, availability);
  if (availability === null) return "";
  if (availability.available) return words.here;
  return nobodyHere(availability) ? words.away : words.full;
}

/** @param {string} name @param {string | null | undefined} picture */
function face(name, picture) {
  if (picture) return html`<img class="face" src=${picture} alt="" width="40" height="40" />`;
  return html`<span class="face" aria-hidden="true">${[...name][0]?.toLocaleUpperCase()}</span>`;
}
