// What the visitors of each site read: a notice above their text box, and a pause of new chats.

/** @import {Desk} from "./desk.js" */
/** @import {Site} from "./wire.js" */
import { h, html, useId, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { ticking } from "../support_chat/when.js";
import { filled } from "./filled.js";
import { elapsed, inWords } from "./waiting.js";

const soon = ticking(20);

/** The longest that the server takes. */
const LONGEST = 300;
/** How long a pause may last (minutes; 0: until somebody ends it). */
const PAUSES = [15, 30, 60, 120, 0];

/** @param {{desk: Desk}} props */
export function BoardSites({ desk }) {
  const mine = new Set(desk.inbox.queues.value.filter(({ roles }) => roles?.some((role) => role !== "agent")).map(({ site }) => site));
  const sites = desk.inbox.sites.value.filter(({ name }) => mine.has(name));
  return sites.map((site) => html`<section key=${site.id} aria-label=${fill(gettext("What visitors of %(site)s read"), { site: site.name })}>
    <h3>${filled(gettext("What visitors of %(site)s read"), { site: html`<bdi>${site.name}</bdi>` })}</h3>
    <div class="site-forms">${h(NoticeForm, { desk, site })}${h(PauseForm, { desk, site })}</div></section>`);
}

/** @param {{desk: Desk, site: Site}} props */
function NoticeForm({ desk, site }) {
  const text = useSignal(site.notice ?? "");
  const send = async (/** @type {string} */ words) => {
    if (!(await desk.deeds.forSite("set_notice", { site: site.id, text: words }))) return;
    text.value = words;
    desk.notices.say(words ? gettext("The notice is shown.") : gettext("The notice is gone."));
  };
  return html`<form class="site-form" onSubmit=${(/** @type {Event} */ event) => (event.preventDefault(), send(text.value.trim()))}>
    ${h(Words, { label: gettext("Notice above the text box"), text })}
    <div class="form-end">${text.value && html`<button type="button" class="button small quiet" onClick=${() => send("")}>${gettext("Take it away")}</button>`}
      <button type="submit" class="button small">${gettext("Show notice")}</button></div></form>`;
}

/** @param {{desk: Desk, site: Site}} props */
function PauseForm({ desk, site }) {
  const text = useSignal(site.text ?? "");
  const minutes = useSignal(PAUSES[0]);
  const { deeds, notices } = desk;
  const pause = async () => {
    const until = minutes.value ? { until: minutes.value * 60 } : {};
    if (await deeds.forSite("pause", { site: site.id, text: text.value.trim(), ...until })) notices.say(gettext("New chats are paused."));
  };
  const resume = async () => {
    if (await deeds.forSite("resume_chats", { site: site.id })) notices.say(gettext("Visitors can begin chats again."));
  };
  return html`<form class="site-form" onSubmit=${(/** @type {Event} */ event) => (event.preventDefault(), pause())}>
    ${h(Words, { label: gettext("Pause new chats, with these words"), text, required: true })}
    <div class="form-end">${site.why === "paused" && html`<b>${left(site)}</b>
        <button type="button" class="button small" onClick=${resume}>${gettext("Take chats again")}</button>`}
      <label>${gettext("for")} <select class="text-field" value=${minutes.value} onChange=${(/** @type {any} */ event) => (minutes.value = Number(event.target.value))}>
        ${PAUSES.map((each) => html`<option key=${each} value=${each}>${each ? fill(gettext("%(count)s minutes"), { count: each }) : gettext("as long as I say")}</option>`)}</select></label>
      <button type="submit" class="button small">${gettext("Pause")}</button></div></form>`;
}

/** @param {Site} site */
function left({ until, heard = 0 }) {
  void soon.value;
  if (!until) return gettext("Paused");
  return fill(gettext("Paused for %(time)s more"), { time: inWords(Math.max(0, until - elapsed(heard, Date.now()))) });
}

/** @param {{label: string, text: {value: string}, required?: boolean}} props */
function Words({ label, text, required = false }) {
  const id = useId();
  return html`<label for=${id}>${label}</label><textarea id=${id} class="text-field" rows="2" maxlength=${LONGEST} dir="auto" required=${required}
    value=${text.value} onInput=${(/** @type {any} */ event) => (text.value = event.target.value)}></textarea>`;
}
