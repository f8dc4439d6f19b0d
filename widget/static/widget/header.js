/** @import {HostLink, OwnPage} from "./host_link.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { html, useSignal } from "../support_chat/vendor/preact.js";
import { words } from "./strings.js";

/**
 * Whom one talks with, how things stand, and the ways out.
 * @param {{visitor: VisitorChat, host: HostLink | OwnPage, onEnded: () => void}} props
 */
export function Header({ visitor, host, onEnded }) {
  const chat = visitor.current.value;
  const agent = chat?.closed.value ? null : (chat?.agent.value ?? null);
  return html`<header class="head">
    ${face(agent?.name ?? visitor.site.name, agent?.picture)}
    <div class="head-words">
      <h1 id="title">${words.title(visitor.site.name)}</h1>
      <p class="standing" role="status" data-here=${String(Boolean(agent) || visitor.available.value === true)}>${standing(visitor)}</p>
    </div>
    ${chat && !chat.closed.value ? html`<${EndButton} visitor=${visitor} onEnded=${onEnded} />` : null}
    ${host.framed
      ? html`<button type="button" class="icon-button" aria-label=${words.minimise} title=${words.minimise} onClick=${() => host.minimise()}>
          <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m6 9 6 6 6-6" /></svg>
        </button>`
      : null}
  </header>`;
}

/** How things stand, in words. @param {VisitorChat} visitor */
function standing(visitor) {
  const chat = visitor.current.value;
  const here = visitor.available.value;
  if (chat && !chat.closed.value) {
    if (chat.agent.value) return words.answers(chat.agent.value.name);
    return here === false ? words.away : words.waiting;
  }
  if (here === null) return "";
  return here ? words.here : words.away;
}

/** @param {string} name @param {string | null | undefined} picture */
function face(name, picture) {
  if (picture) return html`<img class="face" src=${picture} alt="" width="40" height="40" />`;
  return html`<span class="face" aria-hidden="true">${[...name][0]?.toLocaleUpperCase()}</span>`;
}

/** @param {{visitor: VisitorChat, onEnded: () => void}} props */
function EndButton({ visitor, onEnded }) {
  const failed = useSignal(false);
  const end = () =>
    visitor.end().then(onEnded, () => {
      failed.value = true;
    });
  return html`<button type="button" class="quiet-button" title=${failed.value ? words.endLater : null} onClick=${end}>${words.end}</button>
    ${failed.value ? html`<p class="head-note" role="alert">${words.endLater}</p>` : null}`;
}
