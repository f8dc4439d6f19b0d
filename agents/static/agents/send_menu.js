// The small menu beside the button that sends: what may follow the reply.

/** @import {Then} from "./send_then.js" */
import { gettext } from "../support_chat/gettext.js";
import { html, useEffect, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { Icon } from "./icons.js";

/** @type {readonly [Then, string, string][]} what follows, its name, its keys */
const CHOICES = [
  ["next", gettext("Send, then the next chat"), "Alt ↵"],
  ["close", gettext("Send and close the chat"), `${gettext("Ctrl")} ⇧ ↵`],
];

/** @param {{disabled: boolean, onSend: (then: Then) => void}} props */
export function SendMenu({ disabled, onSend }) {
  const open = useSignal(false);
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const shut = (/** @type {boolean} */ back) => {
    open.value = false;
    if (back) root.current?.querySelector("button")?.focus();
  };
  useEffect(() => {
    if (!open.value) return undefined;
    itemsOf(root.current)[0]?.focus();
    const look = (/** @type {Event} */ event) => void (root.current?.contains(/** @type {Node} */ (event.target)) || shut(false));
    document.addEventListener("pointerdown", look);
    return () => document.removeEventListener("pointerdown", look);
  }, [open.value]);
  return html`<div class="send-more" ref=${root} onKeyDown=${(/** @type {KeyboardEvent} */ event) => steer(event, root.current, open, shut)}>
    <button type="button" class="send-more-button" aria-haspopup="menu" aria-expanded=${open.value} aria-label=${gettext("More ways to send")}
      title=${gettext("More ways to send")} aria-disabled=${disabled} onClick=${() => disabled || (open.value = !open.value)}><${Icon} name="chevron" /></button>
    ${open.value && html`<div role="menu" class="menu send-menu" aria-label=${gettext("More ways to send")}>
      ${CHOICES.map(([then, name, keys]) => html`<button type="button" key=${then} role="menuitem" tabindex="-1" class="menu-item"
        aria-label=${name} onClick=${() => (shut(false), onSend(then))}>
        <span>${name}</span> <kbd aria-hidden="true">${keys}</kbd></button>`)}
    </div>`}
  </div>`;
}

/** @param {HTMLElement | null} root @returns {HTMLElement[]} */
function itemsOf(root) {
  return [...(root?.querySelectorAll(/** @type {"button"} */ ("[role=menuitem]")) ?? [])];
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement | null} root
 * @param {{value: boolean}} open
 * @param {(back: boolean) => void} shut
 */
function steer(event, root, open, shut) {
  if (!open.value) return;
  if (event.key === "Tab") return shut(false);
  const items = itemsOf(root);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Escape") shut(true);
  else if (to === undefined) return;
  else items[(to + items.length) % items.length]?.focus();
  event.preventDefault();
}
