// Dialogs that ask for a reason: declining an offer, moving a chat to the front, changing its priority.

/** @import {Desk} from "./desk.js" */
import { h, html, useId, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { Dialog, FormEnd } from "./dialog.js";
import { decline } from "./own_deeds.js";
import { PRIORITIES } from "./row_words.js";
import { safeName } from "./words.js";

/** @typedef {{desk: Desk, id: string, onClose: () => void}} AboutChat */

/** Choices that are quicker than writing. */
const DECLINES = [gettext("In the middle of something"), gettext("Somebody else knows this better"), gettext("About to leave")];
const FRONTS = [gettext("Waits for the second time"), gettext("Something urgent"), gettext("Promised by us")];
/** The longest reason that the server takes. */
const LONGEST = 200;

/** @param {AboutChat} props */
export function DeclineDialog({ desk, id, onClose }) {
  const reason = useSignal("");
  const send = async () => (void decline(desk, id, reason.value.trim()), true);
  return h(Dialog, { title: fill(gettext("Decline the chat with %(name)s"), { name: nameOf(desk, id) }), look: "small-dialog", onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Decline")}>
      <p>${gettext("It goes to the next agent and keeps its place. You may say why.")}</p>
      <${Reason} reason=${reason} choices=${DECLINES} label=${gettext("Reason (optional)")} />
    <//>`);
}

/** @param {AboutChat} props */
export function FrontDialog({ desk, id, onClose }) {
  const reason = useSignal("");
  const send = () => desk.deeds.moveToFront(id, reason.value.trim());
  return h(Dialog, { title: fill(gettext("Move %(name)s to the front"), { name: nameOf(desk, id) }), look: "small-dialog", onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Move to the front")}>
      <p>${gettext("Everybody else in this queue waits a little longer. The reason is kept with the chat.")}</p>
      <${Reason} reason=${reason} choices=${FRONTS} label=${gettext("Reason")} required />
    <//>`);
}

/** @param {AboutChat} props */
export function PriorityDialog({ desk, id, onClose }) {
  const reason = useSignal("");
  const priority = useSignal(desk.inbox.find(id)?.priority ?? "normal");
  const send = () => desk.deeds.setPriority(id, priority.value, reason.value.trim());
  return h(Dialog, { title: fill(gettext("Priority of the chat with %(name)s"), { name: nameOf(desk, id) }), look: "small-dialog", onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Set priority")}>
      <fieldset class="choices"><legend>${gettext("Priority")}</legend>${Object.entries(PRIORITIES).map(([each, name]) => html`<label key=${each} class="chip">
        <input type="radio" name="priority" checked=${priority.value === each} onChange=${() => (priority.value = /** @type {any} */ (each))} /> ${name}</label>`)}
      </fieldset>
      <${Reason} reason=${reason} choices=${FRONTS} label=${gettext("Reason")} required />
    <//>`);
}

/**
 * A form that closes its dialog once it is done.
 * @param {{onSend: () => Promise<boolean>, onClose: () => void, end: string, children?: any}} props
 */
export function Form({ onSend, onClose, end, children }) {
  const busy = useSignal(false);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    const done = await onSend();
    busy.value = false;
    if (done) onClose();
  };
  return html`<form class="dialog-body" onSubmit=${submit}>${children}${h(FormEnd, { name: end, busy: busy.value, onBack: onClose })}</form>`;
}

/** @param {{reason: {value: string}, choices: string[], label: string, required?: boolean}} props */
export function Reason({ reason, choices, label, required = false }) {
  const id = useId();
  return html`<div class="field"><label for=${id}>${label}</label>
    <input id=${id} class="text-field" type="text" autofocus maxlength=${LONGEST} required=${required}
      pattern=${required ? ".*\\S.*" : undefined} dir="auto" autocomplete="off" value=${reason.value}
      onInput=${(/** @type {any} */ event) => (reason.value = event.target.value)} />
    <div class="choices" role="group" aria-label=${gettext("Quick reasons")}>${choices.map((choice) => html`<button type="button" key=${choice} class="chip"
      aria-pressed=${reason.value === choice} onClick=${() => (reason.value = choice)}>${choice}</button>`)}</div>
  </div>`;
}

/** @param {Desk} desk @param {string} id */
export function nameOf(desk, id) {
  return safeName(desk.inbox.find(id)?.visitor.name ?? desk.chats.get(id)?.about.peek()?.visitor.name ?? gettext("the visitor"));
}

/** The form stays open and says what is missing. @param {import("./notices.js").Notices} notices @param {string} words */
export function refuse(notices, words) {
  notices.say(words, { bad: true });
  return false;
}
