// The sheet of keys, and how the console looks in this browser.

import { html, useEffect, useRef } from "../support_chat/vendor/preact.js";
import { Icon } from "./icons.js";
import { KEYS } from "./keys.js";
import { prefer, preferences } from "./preferences.js";

const LOOKS = /** @type {const} */ ([["system", "As the system"], ["light", "Light"], ["dark", "Dark"]]);

/** @param {{onClose: () => void}} props */
export function KeysDialog({ onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => dialog.current?.showModal(), []);
  return html`<dialog class="keys-dialog" ref=${dialog} aria-labelledby="keys-heading" onClose=${onClose}
    onClick=${(/** @type {Event} */ event) => event.target === dialog.current && dialog.current?.close()}>
    <header class="pane-head">
      <h2 id="keys-heading">Keys and looks</h2>
      <button type="button" class="button quiet square" aria-label="Close" onClick=${() => dialog.current?.close()}>
        <${Icon} name="close" />
      </button>
    </header>
    <div class="dialog-body">
      <dl class="keys">${KEYS.map(keyLine)}</dl>
      <label class="setting"><input type="checkbox" checked=${preferences.value.letters}
        onChange=${(/** @type {any} */ event) => prefer({ letters: event.target.checked })} /> Single letters work as keys</label>
      <fieldset class="setting"><legend>Looks</legend>${LOOKS.map(look)}</fieldset>
    </div>
  </dialog>`;
}

/** @param {typeof KEYS[number]} line */
function keyLine([keys, what]) {
  return html`<div key=${what}><dt>${keys.map((key) => html`<kbd key=${key}>${key}</kbd> `)}</dt><dd>${what}</dd></div>`;
}

/** @param {typeof LOOKS[number]} choice */
function look([id, name]) {
  const chosen = preferences.value.look === id;
  return html`<label key=${id}><input type="radio" name="look" checked=${chosen} onChange=${() => prefer({ look: id })} /> ${name}</label>`;
}
