// The canned replies that fit, above the box.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {CannedReply} from "./wire.js" */
import { html, useEffect } from "../support_chat/vendor/preact.js";

export const LIST = "canned-replies";

/**
 * Tells the box which option is chosen: the focus stays in the text.
 * @param {HTMLElement | undefined} element
 * @param {CannedReplies} canned
 */
export function useComboBox(element, canned) {
  const option = canned.open.value && canned.found.value.length ? `${LIST}-${canned.chosen.value}` : null;
  useEffect(() => {
    if (!element) return undefined;
    element.setAttribute("aria-autocomplete", "list");
    setOrRemove(element, "aria-controls", canned.open.value ? LIST : null);
    setOrRemove(element, "aria-activedescendant", option);
    if (option) document.getElementById(option)?.scrollIntoView({ block: "nearest" });
    const shut = () => canned.shut();
    element.addEventListener("blur", shut);
    return () => element.removeEventListener("blur", shut);
  }, [element, option, canned.open.value]);
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {string | null} value
 */
function setOrRemove(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** @param {{canned: CannedReplies, onPick: (reply: CannedReply) => void}} props */
export function CannedList({ canned, onPick }) {
  if (!canned.open.value) return null;
  return html`<div class="canned">
    <ul id=${LIST} role="listbox" aria-label="Canned replies">
      ${canned.found.value.map((reply, n) => option(reply, n, n === canned.chosen.value, canned, onPick))}
    </ul>
    ${hint(canned)}
  </div>`;
}

/**
 * @param {CannedReply} reply
 * @param {number} n
 * @param {boolean} chosen
 * @param {CannedReplies} canned
 * @param {(reply: CannedReply) => void} onPick
 */
function option(reply, n, chosen, canned, onPick) {
  return html`<li key=${reply.id} id=${`${LIST}-${n}`} role="option" aria-selected=${chosen} class="canned-option"
    onMouseMove=${() => (canned.chosen.value = n)}
    onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => onPick(reply)}>
    <span class="canned-head"><b>${reply.title}</b><kbd>/${reply.shortcut}</kbd>${reply.queue && html`<span class="tag">${reply.queue}</span>`}</span>
    <span class="canned-text">${reply.text}</span>
  </li>`;
}

/** @param {CannedReplies} canned */
function hint(canned) {
  if (canned.failed.value) return html`<p class="canned-hint">The canned replies could not be loaded. Type on to try again.</p>`;
  if (!canned.all.value.length) return html`<p class="canned-hint">There are no canned replies for your sites yet.</p>`;
  return html`<p class="canned-hint" aria-hidden="true"><kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Enter</kbd> insert <kbd>Esc</kbd> close</p>`;
}
