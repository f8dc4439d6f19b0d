// The visitor beside the chat: where they are, what they speak, what they asked before.

/** @import {About, EarlierChat} from "./wire.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { ticking } from "../support_chat/when.js";
import { Icon } from "./icons.js";
import { agoInWords, elapsed, inWords } from "./waiting.js";
import { languageName, safeAddress, safeName, shortPage } from "./words.js";

const soon = ticking(5);

/** @param {{chat: OpenChat, onClose: () => void, onEarlier: (earlier: EarlierChat) => void}} props */
export function VisitorPane({ chat, onClose, onEarlier }) {
  const about = chat.about.value;
  return html`<aside class="visitor" aria-label="Visitor">
    <header class="pane-head">
      <h2>Visitor</h2>
      <button type="button" class="button quiet square" aria-label="Hide visitor details" onClick=${onClose}><${Icon} name="close" /></button>
    </header>
    ${about && html`<div class="visitor-body">
      <p class="visitor-name"><bdi>${safeName(about.visitor.name)}</bdi>
        <span class="tag" title="Nobody has proven who this is">Not verified</span></p>
      <dl class="facts">
        ${fact("person", "Where", h(Presence, { chat, about }))}
        ${about.visitor.page && fact("page", "Page", page(about.visitor.page))}
        ${about.visitor.locale && fact("globe", "Language", languageName(about.visitor.locale))}
        ${about.visitor.site && fact("folder", "Site and queue", `${about.visitor.site}, ${about.queue.name}`)}
      </dl>
      ${earlier(about.history, onEarlier)}
    </div>`}
  </aside>`;
}

/**
 * @param {string} icon
 * @param {string} name
 * @param {any} value
 */
function fact(icon, name, value) {
  return html`<div class="fact"><dt><${Icon} name=${icon} /><span>${name}</span></dt><dd>${value}</dd></div>`;
}

/** @param {{chat: OpenChat, about: About}} props */
function Presence({ chat, about }) {
  void soon.value;
  const seconds = about.visitor.since + elapsed(chat.aboutHeard, Date.now());
  return about.visitor.here
    ? html`<i class="dot" data-status="online"></i> On the page, for ${inWords(seconds)}`
    : html`<i class="dot" data-status="offline"></i> Left ${agoInWords(seconds)}`;
}

/** @param {string} address */
function page(address) {
  const safe = safeAddress(address);
  if (!safe) return html`<bdi>${shortPage(address)}</bdi>`;
  return html`<a href=${safe} target="_blank" rel="noopener noreferrer nofollow" title=${address}><bdi>${shortPage(address)}</bdi></a>`;
}

/**
 * @param {EarlierChat[]} history
 * @param {(earlier: EarlierChat) => void} onEarlier
 */
function earlier(history, onEarlier) {
  return html`<section class="earlier" aria-labelledby="earlier-title">
    <h3 id="earlier-title">Earlier chats</h3>
    ${history.length ? html`<ul role="list">${history.map((chat) => html`<li key=${chat.id}>
        <button type="button" class="earlier-chat" onClick=${() => onEarlier(chat)}>
          <span class="earlier-topic"><bdi>${chat.topic || "Without words"}</bdi></span>
          <small>${dateOf(chat.opened_at)}${chat.agent && `, with ${safeName(chat.agent)}`}</small>
        </button>
      </li>`)}</ul>` : html`<p class="empty">This is their first chat.</p>`}
  </section>`;
}

/** @param {string} at */
export function dateOf(at) {
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" }).format(new Date(at));
}
