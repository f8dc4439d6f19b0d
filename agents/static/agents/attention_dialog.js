// What sounds and is told, when not, and when one works: of this agent, and of this browser.

/** @import {Scope} from "./happenings.js" */
import { h, html, useId, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { askPermission, permission, show } from "./desktop_notices.js";
import { Dialog } from "./dialog.js";
import { prefer, preferences } from "./preferences.js";
import { beginPush, canBePushed, endPush, pushed } from "./push.js";
import { readIntervals, writeIntervals } from "./quiet.js";
import { attention } from "./settling_in.js";
import { tryOut } from "./sounds.js";

/** @returns {[Scope, string][]} */
const scopes = () => [
  ["mine", gettext("My chats")],
  ["queue", gettext("My chats, and what waits in my queues")],
  ["all", gettext("Whatever I may see")],
];
/** @returns {[import("./sounds.js").Tune, string][]} */
const tunes = () => [
  ["given", gettext("New chat")],
  ["message", gettext("New message")],
  ["waiting", gettext("New chat in the queue")],
  ["alert", gettext("A chat waits too long")],
];

/** @param {{onClose: () => void}} props */
export function AttentionDialog({ onClose }) {
  const refused = useSignal("");
  /** @param {Partial<import("./attention.js").Standing>} change */
  const change = async (change) => {
    refused.value = (await attention.change(change)) ? "" : gettext("That was not saved. Look at what you typed, or try again in a moment.");
  };
  const standing = attention.standing.value;
  return h(Dialog, { title: gettext("Sounds and notices"), look: "attention-dialog", onClose }, html`<div class="dialog-body">
    <p role="alert" class="refused">${refused.value}</p>
    ${standing && html`<fieldset class="setting"><legend>${gettext("Tell me of")}</legend>${scopes().map(([id, name]) => html`<label key=${id}>
      <input type="radio" name="scope" checked=${standing.scope === id} onChange=${() => void change({ scope: id })} /> ${name}</label>`)}</fieldset>`}
    ${sounds()}
    ${h(DesktopNotices, {})}
    ${standing && h(WebPush, { standing, change })}
    ${standing && h(QuietHours, { standing, change })}
    ${standing && work(standing)}
  </div>`);
}

function sounds() {
  return html`<fieldset class="setting"><legend>${gettext("Sounds of this browser")}</legend>
    <label><input type="checkbox" checked=${preferences.value.sounds}
      onChange=${(/** @type {any} */ event) => prefer({ sounds: event.target.checked })} /> ${gettext("Sounds")}</label>
    <div class="choices" role="group" aria-label=${gettext("Listen to")}>${tunes().map(([tune, name]) => html`<button type="button" key=${tune}
      class="chip" onClick=${() => void tryOut(tune)}>${name}</button>`)}</div></fieldset>`;
}

function DesktopNotices() {
  const on = preferences.value.notices && permission.value === "granted";
  const toggle = async (/** @type {any} */ event) => prefer({ notices: event.target.checked && (await askPermission()) });
  return html`<fieldset class="setting"><legend>${gettext("Notices on the desktop")}</legend>
    ${canTell()
      ? html`<label><input type="checkbox" checked=${on} onChange=${toggle} /> ${gettext("While I look at something else")}</label>
        ${on && html`<button type="button" class="button small" onClick=${() => show(gettext("A test"), { body: gettext("So it looks.") })}>${gettext("Show a test")}</button>`}`
      : html`<p class="help">${whyNot()}</p>`}</fieldset>`;
}

/** @param {{standing: import("./attention.js").Standing, change: (change: object) => Promise<void>}} props */
function WebPush({ standing, change }) {
  const said = useSignal("");
  const toggle = async (/** @type {any} */ event) => {
    const wanted = event.target.checked;
    if (!wanted) return endPush(attention);
    const begun = (await askPermission()) && (await beginPush(attention));
    said.value = begun ? "" : gettext("This browser does not take them: its push service could not be reached, or it does not let us.");
    if (!begun) event.target.checked = false;
  };
  const test = async () => {
    const answer = await attention.send("browsers/test/");
    said.value = answer?.ok ? gettext("On its way.") : gettext("That did not work. Try again.");
  };
  return html`<fieldset class="setting"><legend>${gettext("When no console is open")}</legend>
    ${canTell() && canBePushed()
      ? html`<label><input type="checkbox" checked=${pushed.value === true} onChange=${toggle} /> ${gettext("Push to this browser: what is new in my chats, and chats that wait too long")}</label>
        ${pushed.value && html`<button type="button" class="button small" onClick=${test}>${gettext("Send a test")}</button>`}
        <label><input type="checkbox" checked=${standing.words} onChange=${(/** @type {any} */ event) => void change({ words: event.target.checked })} /> ${gettext("Also what the visitor wrote: whoever sees the screen reads it")}</label>`
      : html`<p class="help">${whyNot()}</p>`}
    <p class="help" role="status">${said.value}</p></fieldset>`;
}

/** @param {{standing: import("./attention.js").Standing, change: (change: object) => Promise<void>}} props */
function QuietHours({ standing, change }) {
  const [hours, zone, zones, help] = [useId(), useId(), useId(), useId()];
  const wrong = useSignal(false);
  const setHours = (/** @type {any} */ event) => {
    const quiet = readIntervals(event.target.value);
    wrong.value = quiet === null;
    // Whoever sets their first means the clock before them.
    if (quiet) void change({ quiet, ...(!standing.quiet.length && { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone }) });
  };
  return html`<fieldset class="setting"><legend>${gettext("Quiet hours, every day")}</legend>
    <div class="field"><label for=${hours}>${gettext("From – to")}</label><input id=${hours} class="text-field" type="text" autocomplete="off"
      placeholder="22:00–07:00" aria-invalid=${wrong.value} aria-describedby=${help} value=${writeIntervals(standing.quiet)} onChange=${setHours} />
      <p class="help" id=${help}>${wrong.value ? gettext("Write times from – to, such as 22:00–07:00, 12:00–13:00.") : gettext("Nothing sounds and nothing is pushed then. Empty: none.")}</p></div>
    ${standing.quiet.length > 0 && html`<div class="field"><label for=${zone}>${gettext("Time zone")}</label>
      <input id=${zone} class="text-field" type="text" autocomplete="off" list=${zones} value=${standing.time_zone}
        onChange=${(/** @type {any} */ event) => void change({ time_zone: event.target.value.trim() })} />
      <datalist id=${zones}>${Intl.supportedValuesOf("timeZone").map((each) => html`<option key=${each} value=${each}></option>`)}</datalist></div>`}</fieldset>`;
}

/** @param {import("./attention.js").Standing} standing */
function work({ hours, works }) {
  return html`<section class="setting"><h3>${gettext("Your working hours")}</h3>
    ${hours.length
      ? html`<p>${works ? gettext("You are at work now.") : gettext("You are off now: nothing rings but your own chats.")}</p>
        <ul class="hours">${hours.map((line) => html`<li key=${line}>${line}</li>`)}</ul>`
      : html`<p>${gettext("None are set: you may be rung whenever you are here.")}</p>`}
    <p class="help">${gettext("Managers set them. While you are away or offline by your own choice nothing rings either.")}</p></section>`;
}

function canTell() {
  return permission.value === "default" || permission.value === "granted";
}

function whyNot() {
  return permission.value === "denied"
    ? gettext("This browser was told not to show notices of this page. Allow them in its settings, beside the address.")
    : gettext("This browser shows no notices here.");
}
