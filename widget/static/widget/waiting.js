/** @import {Chat, Wait} from "./chat.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html, useComputed, useEffect, useSignal, useSignalEffect } from "../support_chat/vendor/preact.js";
import { speak } from "../support_chat/speak.js";
import { nobodyHere } from "./availability.js";
import { waitingWords } from "./strings_waiting.js";
import { WaitingChoices } from "./waiting_choices.js";

const LONG = 300; // seconds of expected wait: then there is something better to do than to look at it
const UNKNOWN = 120_000; // milliseconds without an idea how long it takes: the same

/** The place, how long it may still take, and what can be done meanwhile. @param {{visitor: VisitorChat, chat: Chat}} props */
export function Waiting({ visitor, chat }) {
  const place = chat.place.value;
  const wish = visitor.wishes.of(chat.id);
  const offers = useOffers(chat);
  const nobody = nobodyHere(visitor.availability.value);
  const where = place ? waitingWords.place(place.place, place.about) : "";
  const wait = place && !nobody ? waitingWords.wait(place.wait) : "";
  const why = waitingWords.why[place?.why ?? ""] ?? "";
  // A region that comes with its text may go unread; and only another place is news.
  useEffect(() => (where ? speak([`${where}.`, why, wait].join(" ")) : undefined), [where]);
  return html`<div class="waiting">
    <p class="waiting-place">${where}</p>
    ${why ? html`<p class="waiting-why">${why}</p>` : null}
    <p>${wait} ${wish.email ? byMail(visitor) : meanwhile(visitor, nobody)}</p>
    ${offers.value || wish.ring || wish.email ? h(WaitingChoices, { visitor, chat }) : null}
  </div>`;
}

/** @param {VisitorChat} visitor @param {boolean} nobody */
function meanwhile({ host }, nobody) {
  if (nobody) return waitingWords.away;
  return host.framed ? waitingWords.more : waitingWords.alone;
}

/** Who left an address may go. @param {VisitorChat} visitor */
function byMail({ availability }) {
  if (!availability.value?.mail) return waitingWords.keptHere;
  return availability.value.available ? waitingWords.kept : waitingWords.awayByMail;
}

/** Whether it takes long; once it does, until it is over: what can be chosen does not come and go. @param {Chat} chat */
function useOffers(chat) {
  const offers = useSignal(false);
  const unknown = useComputed(() => !chat.place.value?.wait);
  useSignalEffect(() => {
    if (expected(chat.place.value?.wait) > LONG) offers.value = true;
  });
  useSignalEffect(() => {
    if (!unknown.value) return;
    const timer = setTimeout(() => (offers.value = true), UNKNOWN);
    return () => clearTimeout(timer);
  });
  return offers;
}

/** The middle of a range, in seconds. @param {Wait | null | undefined} wait */
function expected(wait) {
  return wait ? (wait.low + (wait.high ?? Infinity)) / 2 : 0;
}
