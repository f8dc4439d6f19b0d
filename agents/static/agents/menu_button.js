// A button that opens a menu of which one item is chosen (the ARIA menu button pattern).

import { html, useEffect, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { Icon } from "./icons.js";

/**
 * @typedef {{id: string, name: string, says: string, backIn?: readonly number[]}} Choice `backIn`: minutes, each a choice
 *   of its own below it
 * @param {{label: string, choices: readonly Choice[], chosen: string, value?: string, onChoose: (id: string, minutes?: number) => void}} props
 *   `value`: what the button says is chosen
 */
export function MenuButton({ label, choices, chosen, value, onChoose }) {
  const open = useSignal(false);
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const now = choices.find((choice) => choice.id === chosen);
  useEffect(() => (open.value ? closeOutside(root.current, () => (open.value = false)) : undefined), [open.value]);
  useEffect(() => void (open.value && itemsOf(root.current).find(isChosen)?.focus()), [open.value]);

  /** @param {string} id @param {number} [minutes] */
  const choose = (id, minutes) => {
    shut();
    onChoose(id, minutes);
  };
  const shut = () => {
    open.value = false;
    root.current?.querySelector("button")?.focus();
  };
  return html`<div class="menu-button" ref=${root} onKeyDown=${(/** @type {KeyboardEvent} */ event) => steer(event, root.current, open, shut)}>
    <button type="button" class="button quiet" aria-haspopup="menu" aria-expanded=${open.value} aria-labelledby="menu-label"
      aria-describedby="menu-value" onClick=${() => (open.value = !open.value)}>
      <span id="menu-label" class="menu-label">${label}</span>
      <span id="menu-value" class="menu-value"><i class="dot" data-status=${chosen}></i>${value ?? now?.name}</span>
      <${Icon} name="chevron" />
    </button>
    ${open.value && html`<div role="menu" class="menu" aria-labelledby="menu-label">
      ${choices.map((choice) => [item(choice, choice.id === chosen, choose), choice.backIn && backIn(choice, choose)])}
    </div>`}
  </div>`;
}

/**
 * @param {Choice} choice
 * @param {boolean} chosen
 * @param {(id: string, minutes?: number) => void} choose
 */
function item({ id, name, says }, chosen, choose) {
  return html`<button type="button" key=${id} role="menuitemradio" tabindex="-1" class="menu-item" aria-checked=${chosen}
    aria-label=${name} aria-describedby=${`says-${id}`} onClick=${() => choose(id)}>
    <i class="dot" data-status=${id}></i>
    <span class="menu-words"><b>${name}</b><small id=${`says-${id}`}>${says}</small></span>
    ${chosen && html`<${Icon} name="check" />`}
  </button>`;
}

/**
 * @param {Choice} choice
 * @param {(id: string, minutes: number) => void} choose
 */
function backIn({ id, backIn: minutes = [] }, choose) {
  return html`<div role="group" aria-label=${gettext("Back in")} class="menu-group"><span aria-hidden="true">${gettext("Back in")}</span>
    ${minutes.map((each) => html`<button type="button" key=${each} role="menuitemradio" tabindex="-1" class="menu-chip"
      aria-checked="false" aria-label=${fill(gettext("Back in %(count)s minutes"), { count: each })} onClick=${() => choose(id, each)}>${each}</button>`)}<span aria-hidden="true">${gettext("min")}</span>
  </div>`;
}

/** @param {HTMLElement} item */
const isChosen = (item) => item.getAttribute("aria-checked") === "true";

/** @param {HTMLElement | null} root @returns {HTMLElement[]} */
function itemsOf(root) {
  return [...(root?.querySelectorAll(/** @type {"button"} */ ("[role=menuitemradio]")) ?? [])];
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement | null} root
 * @param {{value: boolean}} open
 * @param {() => void} shut
 */
function steer(event, root, open, shut) {
  if (!open.value) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open.value = true;
  } else if (event.key === "Escape") {
    event.preventDefault();
    shut();
  } else if (event.key === "Tab") {
    open.value = false;
  } else {
    move(event, itemsOf(root));
  }
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} items
 */
function move(event, items) {
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const targets = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  const to = event.key in targets ? targets[/** @type {"Home"} */ (event.key)] : byLetter(items, event.key, at);
  if (to === null) return;
  event.preventDefault();
  items[(to + items.length) % items.length]?.focus();
}

/**
 * @param {HTMLElement[]} items
 * @param {string} key
 * @param {number} at
 */
function byLetter(items, key, at) {
  if (key.length !== 1 || key === " ") return null;
  const turned = items.map((_, n) => (at + 1 + n) % items.length);
  return turned.find((n) => items[n].getAttribute("aria-label")?.toLowerCase().startsWith(key.toLowerCase())) ?? null;
}

/**
 * @param {HTMLElement | null} root
 * @param {() => void} shut
 */
function closeOutside(root, shut) {
  const look = (/** @type {Event} */ event) => void (root?.contains(/** @type {Node} */ (event.target)) || shut());
  document.addEventListener("pointerdown", look);
  return () => document.removeEventListener("pointerdown", look);
}
