// Handing a chat over: to a colleague who is online or to another queue, with a note for whoever takes it.

/** @import {Target} from "./targets.js" */
import { h, html, useId, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { Dialog } from "./dialog.js";
import { Form, nameOf, refuse } from "./reason_dialogs.js";
import { agentsToChoose, holdStill, narrowed, queuesToChoose } from "./targets.js";

/** From so many on, a box narrows them down. */
const MANY = 8;

/** @param {import("./reason_dialogs.js").AboutChat} props */
export function TransferDialog({ desk, id, onClose }) {
  const { inbox, deeds, notices } = desk;
  const chosen = useSignal(/** @type {Target | null} */ (null));
  const note = useSignal("");
  const field = useId();
  const send = async () => {
    const target = chosen.value;
    if (!target) return refuse(notices, gettext("Choose to whom first."));
    return deeds.transfer(id, { ...target.to, ...(note.value.trim() && { note: note.value }) });
  };
  return h(Dialog, { title: fill(gettext("Transfer the chat with %(name)s"), { name: nameOf(desk, id) }), onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Transfer")}>
      <p>${gettext("It stays yours until somebody takes it.")}</p>
      <div class="targets">
        <${Targets} legend=${gettext("To a colleague")} none=${gettext("No colleague is online.")} all=${agentsToChoose(inbox.teammates.value)} chosen=${chosen} />
        <${Targets} legend=${gettext("To a queue")} none=${gettext("There is no other queue.")} all=${queuesToChoose(inbox.queues.value, inbox.find(id))} chosen=${chosen} />
      </div>
      <div class="field"><label for=${field}>${gettext("Note for whoever takes it")}</label>
        <textarea id=${field} class="text-field" rows="3" maxlength="8000" dir="auto" placeholder=${gettext("What is it about, and what is left to do?")}
          value=${note.value} onInput=${(/** @type {any} */ event) => (note.value = event.target.value)}></textarea></div>
    <//>`);
}

/**
 * @param {{legend: string, none: string, all: Target[], chosen: import("../support_chat/vendor/preact.js").Signal<Target | null>}} props
 */
export function Targets({ legend, none, all, chosen }) {
  const wanted = useSignal("");
  const still = useRef(/** @type {Target[]} */ ([]));
  still.current = holdStill(still.current, all);
  const shown = narrowed(still.current, wanted.value, chosen.value);
  return html`<fieldset class="target-list"><legend>${legend}</legend>
    ${still.current.length >= MANY && html`<input type="search" class="text-field" aria-label=${fill(gettext("Find: %(what)s"), { what: legend })} placeholder=${gettext("Find")}
      value=${wanted.value} onInput=${(/** @type {any} */ event) => (wanted.value = event.target.value)} />`}
    ${shown.length ? shown.map((target, n) => html`<label key=${target.key} class="target" data-off=${!target.free}>
      <input type="radio" name="target" autofocus=${n === 0} disabled=${!target.free}
        checked=${chosen.value?.key === target.key} onChange=${() => (chosen.value = target)} />
      <bdi>${target.name}</bdi><small>${target.says}</small></label>`) : html`<p class="empty">${none}</p>`}
  </fieldset>`;
}
