// A button that opens a menu of things to do (the ARIA menu button pattern).

import { html, useEffect, useId, useRef, useSignal } from "../support_chat/vendor/preact.js";

/** @typedef {{name: string, run: () => void, bad?: boolean} | null} MenuItem null: a line between */

/** @param {{label: string, items: MenuItem[]}} props */
export function ActionMenu({ label, items }) {
  const open = useSignal(false);
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const id = useId();
  const found = () => /** @type {HTMLElement[]} */ ([...(root.current?.querySelectorAll("[role=menuitem]") ?? [])]);
  const shut = () => {
    open.value = false;
    root.current?.querySelector("button")?.focus();
  };
  useEffect(() => {
    if (!open.value) return undefined;
    found()[0]?.focus();
    const outside = (/** @type {Event} */ event) => void (root.current?.contains(/** @type {Node} */ (event.target)) || (open.value = false));
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open.value]);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const to = open.value ? stepTo(event.key, found()) : null;
    if (event.key === "Escape" && open.value) shut();
    else if (event.key === "Tab") return void (open.value = false);
    else if (!open.value && event.key === "ArrowDown") open.value = true;
    else if (to) to.focus();
    else return;
    event.preventDefault();
  };
  return html`<div class="action-menu" ref=${root} onKeyDown=${onKeyDown}>
    <button type="button" class="button quiet square" aria-haspopup="menu" aria-expanded=${open.value} aria-controls=${open.value ? id : undefined}
      aria-label=${label} title=${label} onClick=${() => (open.value = !open.value)}><span class="dots" aria-hidden="true">⋯</span></button>
    ${open.value && html`<div role="menu" class="menu" id=${id} aria-label=${label}>${items.map((item) => item === null
      ? html`<hr role="separator" />`
      : html`<button type="button" role="menuitem" tabindex="-1" class="menu-item" data-bad=${item.bad} key=${item.name}
          onClick=${() => (shut(), item.run())}>${item.name}</button>`)}</div>`}
  </div>`;
}

/** @param {string} key @param {HTMLElement[]} items */
function stepTo(key, items) {
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const step = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[key];
  if (step !== undefined) return items[step % items.length];
  return key.length === 1 ? (items.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase())) ?? null) : null;
}
