// Going offline or signing out while chats are open: what becomes of them.

/** @import {Desk} from "./desk.js" */
import { h, html, useId, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { ngettext } from "../support_chat/sentences.js";
import { Dialog } from "./dialog.js";
import { Form } from "./reason_dialogs.js";
import { signOut } from "./leaving.js";

const WAYS = /** @type {const} */ ([
  { id: "finish", name: gettext("Finish them first"), says: gettext("You get no new chats, and are offline after the last one.") },
  { id: "note", name: gettext("Hand over with a note"), says: gettext("They go back in front of the queue, each with your note for whoever takes it.") },
  { id: "return", name: gettext("Let them go back in front"), says: gettext("They go back in front of the queue.") },
]);

const FIRST = gettext("You are finishing. Sign out once your last chat is closed.");
const AFTER = gettext("You are finishing: offline after your last chat.");

/** @param {{desk: Desk, thenOut?: boolean, onClose: () => void}} props */
export function LeavingDialog({ desk, thenOut = false, onClose }) {
  const way = useSignal(/** @type {typeof WAYS[number]["id"]} */ ("finish"));
  const note = useSignal("");
  const count = desk.inbox.held.value.length;
  const send = async () => {
    await desk.deeds.setStatus("offline", whatBecomes(way.value, note.value));
    if (way.value === "finish") desk.notices.say(thenOut ? FIRST : AFTER);
    else if (thenOut && desk.inbox.me.peek()?.status === "offline") await signOut(desk);
    return true;
  };
  return h(Dialog, { title: ngettext("You have an open chat", "You have %(n)s open chats", count), look: "small-dialog", onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Go offline")}>
      <fieldset class="ways"><legend class="hidden">${gettext("What becomes of them")}</legend>${WAYS.map(({ id, name, says }) => html`<label key=${id} class="way">
        <input type="radio" name="way" autofocus=${way.value === id} aria-label=${name} aria-describedby=${`way-${id}`}
          checked=${way.value === id} onChange=${() => (way.value = id)} />
        <span><b>${name}</b><small id=${`way-${id}`}>${says}</small></span></label>`)}
      </fieldset>
      ${way.value === "note" && h(NoteField, { note })}
    <//>`);
}

/** @param {{note: {value: string}}} props */
function NoteField({ note }) {
  const id = useId();
  return html`<div class="field"><label for=${id}>${gettext("Note")}</label>
    <textarea id=${id} class="text-field" rows="3" maxlength="8000" required dir="auto" value=${note.value}
      onInput=${(/** @type {any} */ event) => (note.value = event.target.value)}></textarea></div>`;
}

/**
 * @param {typeof WAYS[number]["id"]} way
 * @param {string} note
 * @returns {{chats: "finish" | "return", note?: string}}
 */
function whatBecomes(way, note) {
  if (way === "finish") return { chats: "finish" };
  return way === "note" && note.trim() ? { chats: "return", note } : { chats: "return" };
}
