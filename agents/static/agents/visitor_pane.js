// The visitor beside the chat: where they are, what they speak, what they asked before.

/** @import {About, EarlierChat, Who} from "./wire.js" */
/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill, language } from "../support_chat/sentences.js";
import { clockTime, ticking } from "../support_chat/when.js";
import { copyOf } from "./copy_button.js";
import { detailsOf } from "./details.js";
import { EarlierChats } from "./earlier_chats.js";
import { Icon } from "./icons.js";
import { mixedMark } from "./mixed_name.js";
import { SamePerson } from "./same_person.js";
import { PersonNote } from "./person_note.js";
import { agoInWords, elapsed, inWords } from "./waiting.js";
import { deviceInWords, localTime } from "./whereabouts.js";
import { languageName, safeAddress, safeName, shortPage } from "./words.js";

const soon = ticking(5);

/** @param {{desk: Desk, chat: OpenChat, onClose: () => void, onEarlier: (earlier: EarlierChat) => void}} props */
export function VisitorPane({ desk, chat, onClose, onEarlier }) {
  const about = chat.about.value;
  const rating = ratingOf(chat);
  return html`<aside class="visitor" aria-label=${gettext("Visitor")}>
    <header class="pane-head">
      <h2>${gettext("Visitor")}</h2>
      <button type="button" class="button quiet square" aria-label=${gettext("Hide visitor details")} onClick=${onClose}><${Icon} name="close" /></button>
    </header>
    ${about && html`<div class="visitor-body">
      <p class="visitor-name"><bdi>${safeName(about.visitor.name)}</bdi>${mixedMark(about.visitor.name)}
        ${whoIs(about.visitor)}</p>
      <dl class="facts">
        ${fact("person", gettext("Where"), h(Presence, { chat, about }))}
        ${about.visitor.subject && fact("person", gettext("Customer"), html`<bdi>${about.visitor.subject}</bdi>`, about.visitor.subject)}
        ${about.visitor.email && fact("out", gettext("E-mail"), html`<bdi>${about.visitor.email}</bdi>`, about.visitor.email)}
        ${about.reply_to && fact("out", gettext("Answer to"), html`<bdi>${about.reply_to.email}</bdi> <span class="tag" title=${gettext("Nobody has proven whose it is")}>${gettext("Not verified")}</span>`, about.reply_to.email)}
        ${rating !== null && fact("star", gettext("Satisfaction (CSAT)"), fill(gettext("%(rating)s of 5"), { rating }))}
        ${about.visitor.page && fact("page", gettext("Page"), page(about.visitor.page), about.visitor.page)}
        ${about.visitor.referrer && fact("out", gettext("Came from"), page(about.visitor.referrer, true), about.visitor.referrer)}
        ${about.visitor.device && fact("phone", gettext("Device"), deviceInWords(about.visitor.device))}
        ${about.visitor.zone && fact("clock", gettext("Local time"), h(LocalTime, { zone: about.visitor.zone }))}
        ${about.visitor.locale && fact("globe", gettext("Language"), languageName(about.visitor.locale))}
        ${about.visitor.site && fact("folder", gettext("Site and queue"), `${about.visitor.site}, ${about.queue.name}`)}
      </dl>
      ${h(PersonNote, { key: chat.id, desk, chat })}
      ${details(about.visitor)}
      ${h(SamePerson, { key: chat.id, desk, chat })}
      ${trail(about.visitor.trail ?? [])}
      ${h(EarlierChats, { key: chat.id, desk, chat, onEarlier })}
    </div>`}
  </aside>`;
}

/** @param {Who} visitor */
function whoIs({ verified }) {
  return verified
    ? html`<span class="tag" title=${gettext("The website has signed who this is")}>${gettext("Verified")}</span>`
    : html`<span class="tag" title=${gettext("Nobody has proven who this is")}>${gettext("Not verified")}</span>`;
}

/** What is known beside the name: signed first, then what the page only says. @param {Who} visitor */
function details(visitor) {
  const known = detailsOf(visitor);
  return known.length > 0 && html`<section aria-labelledby="details-title">
    <h3 id="details-title">${gettext("Details")}</h3>
    <dl class="facts">${known.map(({ name, value, verified }) => html`<div class="fact" key=${`${verified} ${name}`}>
      <dt><bdi>${name}</bdi></dt>
      <dd><bdi>${value}</bdi> ${!verified && html`<span class="tag" title=${gettext("The page says so; nobody has proven it")}>${gettext("Not verified")}</span>`} ${copyOf(value, name)}</dd>
    </div>`)}</dl>
  </section>`;
}

/** The newest that was given. @param {OpenChat} chat @returns {number | null} */
function ratingOf({ log, about }) {
  const rated = log.entries.value.findLast(({ kind, body }) => kind === "rated" && body.score);
  return rated?.body.score ?? about.value?.rating ?? null;
}

/**
 * @param {string} icon
 * @param {string} name
 * @param {any} value
 * @param {string} [copied] what of it can be copied
 */
function fact(icon, name, value, copied) {
  return html`<div class="fact"><dt><${Icon} name=${icon} /><span>${name}</span></dt><dd>${value} ${copied && copyOf(copied, name)}</dd></div>`;
}

/** @param {{chat: OpenChat, about: About}} props */
function Presence({ chat, about }) {
  void soon.value;
  const seconds = about.visitor.since + elapsed(chat.aboutHeard, Date.now());
  if (about.visitor.here && about.visitor.hidden) return html`<i class="dot" data-status="away"></i> ${gettext("In another tab")}`;
  return about.visitor.here
    ? html`<i class="dot" data-status="online"></i> ${fill(gettext("On the page, for %(time)s"), { time: inWords(seconds) })}`
    : html`<i class="dot" data-status="offline"></i> ${fill(gettext("Left %(time)s"), { time: agoInWords(seconds) })}`;
}

/** @param {{zone: string}} props */
function LocalTime({ zone }) {
  void soon.value;
  return html`<bdi>${localTime(zone, Date.now())}</bdi>`;
}

/** The pages before this one, the newest first. @param {{page: string, at: string}[]} pages */
function trail(pages) {
  const before = pages.slice(0, -1).reverse();
  return before.length > 0 && html`<section class="trail" aria-labelledby="trail-title">
    <h3 id="trail-title">${gettext("Pages before")}</h3>
    <ol role="list">${before.map((each) => html`<li key=${each.at + each.page}>${page(each.page)} <time datetime=${each.at}>${clockTime(each.at, language())}</time></li>`)}</ol>
  </section>`;
}

/** @param {string} address @param {boolean} [whole] with the website that it is of */
function page(address, whole = false) {
  const safe = safeAddress(address);
  const shown = whole ? address : shortPage(address);
  if (!safe) return html`<bdi>${shown}</bdi>`;
  return html`<a href=${safe} target="_blank" rel="noopener noreferrer nofollow" title=${address}><bdi>${shown}</bdi></a>`;
}
