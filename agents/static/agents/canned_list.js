// The canned replies that fit, above the box.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {CannedReply} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { html, useEffect } from "../support_chat/vendor/preact.js";
import { unfilledIn } from "./variables.js";

export const LIST = "canned-replies";

/**
 * Tells the box which option is chosen: the focus stays in the text.
 * @param {HTMLElement | undefined} element
 * @param {Pick<CannedReplies, "open" | "chosen" | "shut"> & {found: {value: any[]}}} canned or another list over the box
 * @param {string} list its id
 */
export function useComboBox(element, canned, list) {
  const option = canned.open.value && canned.found.value.length ? `${list}-${canned.chosen.value}` : null;
  useEffect(() => {
    if (!element) return undefined;
    element.setAttribute("aria-autocomplete", "list");
    setOrRemove(element, "aria-controls", canned.open.value ? list : null);
    setOrRemove(element, "aria-activedescendant", option);
    if (option) document.getElementById(option)?.scrollIntoView({ block: "nearest" });
    const shut = () => canned.shut();
    element.addEventListener("blur", shut);
    return () => element.removeEventListener("blur", shut);
  }, [element, option, canned, canned.open.value]);
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
    <ul id=${LIST} role="listbox" aria-label=${gettext("Canned replies")}>
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
    <span class="canned-head"><b>${reply.title}</b><kbd>/${reply.shortcut}</kbd>${tags(reply)}</span>
    <span class="canned-text">${shown(reply.text, canned)}</span>
  </li>`;
}

/** @param {CannedReply} reply */
function tags({ queue, folder, locale, personal }) {
  const told = [folder, queue, locale, personal && gettext("Only mine")];
  return told.map((each) => each && html`<span key=${each} class="tag">${each}</span>`);
}

/** As it would go into the box; what nobody knows is marked. @param {string} text @param {CannedReplies} canned */
function shown(text, canned) {
  const words = canned.fill(text, canned.asked.value?.chat.id ?? "");
  let at = 0;
  const parts = unfilledIn(words).map(({ from, to }) => {
    const before = words.slice(at, from);
    at = to;
    return html`${before}<mark>${words.slice(from, to)}</mark>`;
  });
  return html`${parts}${words.slice(at)}`;
}

/** @param {CannedReplies} canned */
function hint(canned) {
  if (canned.failed.value) return html`<p class="canned-hint">${gettext("The canned replies could not be loaded. Type on to try again.")}</p>`;
  if (!canned.all.value.length) return html`<p class="canned-hint">${gettext("There are no canned replies for your sites yet.")}</p>`;
  return html`<p class="canned-hint" aria-hidden="true"><kbd>↑</kbd> <kbd>↓</kbd> ${gettext("choose")} <kbd>Enter</kbd> ${gettext("insert")} <kbd>Esc</kbd> ${gettext("close")}
    ${canned.library && html`<a href=${canned.library} target="_blank" tabindex="-1" onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()}>${gettext("Write and arrange")}</a>`}</p>`;
}
