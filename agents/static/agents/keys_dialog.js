// The sheet of keys, each to be chosen anew, and how the console looks, sounds and speaks.

/** @import {Action} from "./actions.js" */
/** @import {Place} from "./palette.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { h, html, useSignal } from "../support_chat/vendor/preact.js";
import { ACTIONS } from "./actions.js";
import { Dialog } from "./dialog.js";
import { conflictOf, isCharacter, isUsual, keyOf, reset, setKey } from "./keymap.js";
import { LookSettings } from "./look_settings.js";
import { preferences } from "./preferences.js";

/** @typedef {{value: {id: string, says: string} | null}} Asked which key is being chosen, and what was wrong with the last */

/** As it stands on the key. */
const CTRL = gettext("Ctrl");

/** Those that are the same for everybody. @returns {[keys: string[], what: string][]} */
function fixed() {
  const byEnter = preferences.value.send === "enter";
  return [
    [[CTRL, "K"], gettext("Do or go to anything, by its words; also in the box")],
    [["↑", "↓"], gettext("Next and previous chat, within a list")],
    [byEnter ? ["Enter"] : [CTRL, "Enter"], gettext("In the box: send")],
    [byEnter ? [gettext("Shift"), "Enter"] : ["Enter"], gettext("A new line in the box")],
    [["Alt", "1…3"], gettext("In the empty box: put a likely reply into it")],
    [["Tab"], gettext("In the box: go to what is still to be filled in")],
    [["Alt", "Enter"], gettext("In the box: send, then the next chat that waits for you")],
    [[CTRL, gettext("Shift"), "Enter"], gettext("In the box: send and close the chat")],
    [[CTRL, "Z"], gettext("In the empty box: take back what is about to be sent")],
    [["S", "F", "P"], gettext("In a row of the board: assign, move to the front, priority")],
    [["Esc"], gettext("Leave the box; close a list or dialog")],
  ];
}

/** @param {{desk: import("./desk.js").Desk, place: Place, onClose: () => void}} props */
export function KeysDialog({ desk, place, onClose }) {
  const asked = useSignal(/** @type {Asked["value"]} */ (null));
  const lost = () => desk.notices.say(gettext("Your keys were not kept. Try again once the connection is back."), { bad: true });
  return h(Dialog, { title: gettext("Keys and looks"), look: "keys-dialog", onClose }, html`<div class="dialog-body">
    <p class="empty">${gettext("Press a key’s button to choose another one. They go with you to every device.")}</p>
    <dl class="keys">${ACTIONS.map((action) => h(OwnKey, { key: action.id, action, asked, lost }))}</dl>
    <p class="key-end">${!isUsual() && html`<button type="button" class="button small" onClick=${async () => (await reset()) || lost()}>${gettext("The usual keys again")}</button>`}</p>
    <dl class="keys">${fixed().map(([keys, what]) => html`<div key=${what}><dt>${keys.map((key) => html`<kbd key=${key}>${key}</kbd> `)}</dt><dd>${what}</dd></div>`)}</dl>
    <p class="setting"><button type="button" class="button small" onClick=${() => (desk.asking.value = { name: "attention" })}>${gettext("Sounds and notices")}…</button></p>
    ${h(LookSettings, { language: place.boot.own.language, notices: desk.notices })}
  </div>`);
}

/** @param {{action: Action, asked: Asked, lost: () => void}} props */
function OwnKey({ action, asked, lost }) {
  const key = keyOf(action).toUpperCase();
  const open = asked.value?.id === action.id;
  const says = open ? asked.value?.says : "";
  const label = key
    ? fill(gettext("%(name)s: key %(key)s, choose another"), { name: action.name, key })
    : fill(gettext("%(name)s: no key, choose one"), { name: action.name });
  return html`<div><dt><button type="button" class="key-button" aria-label=${label} aria-pressed=${open}
      onClick=${() => (asked.value = open ? null : { id: action.id, says: "" })}
      onBlur=${() => open && (asked.value = null)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => open && take(event, action, asked, lost)}><kbd>${open ? "…" : key || "–"}</kbd></button></dt>
    <dd>${action.name}${open && html`<span class="key-asked" role="status">${says || gettext("Press the key. Backspace: none. Escape: as it was.")}</span>`}</dd></div>`;
}

/** What was pressed while a key is being chosen. @param {KeyboardEvent} event @param {Action} action @param {Asked} asked @param {() => void} lost */
async function take(event, action, asked, lost) {
  const { key } = event;
  if (key === "Tab" || key === "Shift" || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (key === "Escape") return void (asked.value = null);
  const other = isCharacter(key) ? conflictOf(action, key) : undefined;
  const says = other
    ? fill(gettext("%(key)s is taken: %(name)s. Press another key, or give that one up first."), { key: key.toUpperCase(), name: other.name })
    : isCharacter(key) || key === "Backspace" ? "" : gettext("Only a letter, a digit or a sign can be a key.");
  asked.value = says ? { id: action.id, says } : null;
  if (!says && !(await setKey(action, key === "Backspace" ? "" : key))) lost();
}
