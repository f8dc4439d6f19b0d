// The frame of every dialog: a name, a way out, and what it asks.

import { html, useId, useLayoutEffect, useRef } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { Icon } from "./icons.js";

/**
 * @param {{title: string, look?: string, closeName?: string, onClose: () => void, children?: any}} props
 */
export function Dialog({ title, look = "", closeName = gettext("Close"), onClose, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  const pressed = useRef(/** @type {EventTarget | null} */ (null));
  const shut = () => dialog.current?.close();
  // At once: whoever types on at the key that opened it must not type into what lies below.
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const shown = /** @type {HTMLDialogElement} */ (dialog.current);
    shown.showModal();
    return () => {
      shown.close(); // while it is open nothing else takes the focus
      if (before?.isConnected) before.focus();
    };
  }, []);
  return html`<dialog class=${look} ref=${dialog} aria-labelledby=${id} onClose=${onClose}
    onPointerDown=${(/** @type {Event} */ event) => (pressed.current = event.target)}
    onClick=${(/** @type {Event} */ event) => isBeside(dialog.current, pressed.current, event.target) && shut()}>
    <header class="pane-head">
      <h2 id=${id}>${title}</h2>
      <button type="button" class="button quiet square" aria-label=${closeName} onClick=${shut}><${Icon} name="close" /></button>
    </header>
    ${children}
  </dialog>`;
}

/**
 * A click beside the dialog begins and ends there: who marks a text and lets go outside of it means the text.
 * @param {EventTarget | null} dialog
 * @param {EventTarget | null} pressed
 * @param {EventTarget | null} clicked
 */
export function isBeside(dialog, pressed, clicked) {
  return clicked === dialog && pressed === dialog;
}

/**
 * The end of a form: what it does, and the way back.
 * @param {{name: string, busy?: boolean, onBack: () => void}} props
 */
export function FormEnd({ name, busy = false, onBack }) {
  return html`<div class="form-end">
    <button type="button" class="button" onClick=${onBack}>${gettext("Cancel")}</button>
    <button type="submit" class="button primary" aria-disabled=${busy} aria-busy=${busy}>${busy ? gettext("One moment…") : name}</button>
  </div>`;
}
