// Ctrl K: one line to type into, and what fits it below.

/** @import {Desk} from "./desk.js" */
/** @import {Place, Wish} from "./palette.js" */
import { h, html, useEffect, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { Dialog } from "./dialog.js";
import { macrosOf } from "./here.js";
import { findWishes, wishesOf } from "./palette.js";

/** @param {{desk: Desk, place: Place, onClose: () => void}} props */
export function PaletteDialog({ desk, place, onClose }) {
  const typed = useSignal("");
  const at = useSignal(0);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => void macrosOf(desk, place.boot).load(), []); // somebody may have written one since
  const found = findWishes(wishesOf(desk, place), typed.value);
  const chosen = found[Math.min(at.value, found.length - 1)];
  useEffect(() => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [chosen?.id]);
  /** What is chosen may open a dialog of its own, or move the focus: this one is gone by then. @param {Wish | undefined} wish */
  const run = (wish) => {
    if (!wish) return;
    onClose();
    setTimeout(wish.run);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || (!step && event.key !== "Enter")) return;
    event.preventDefault();
    if (step) at.value = (Math.min(at.value, found.length - 1) + step + found.length) % (found.length || 1);
    else run(chosen);
  };
  return h(Dialog, { title: gettext("Do or go to"), look: "palette", onClose }, html`<div class="dialog-body">
    <input class="palette-box" role="combobox" aria-label=${gettext("What do you want to do?")} aria-expanded="true" aria-controls="palette-list" autocomplete="off"
      autofocus aria-activedescendant=${chosen ? `wish-${chosen.id}` : undefined} placeholder=${gettext("Type a word: close, dark, a visitor’s name")} onKeyDown=${onKeyDown}
      onInput=${(/** @type {any} */ { target }) => ((typed.value = target.value), (at.value = 0))} />
    <ul id="palette-list" role="listbox" aria-label=${gettext("What can be done")} ref=${list}>
      ${found.map((wish, n) => html`<li key=${wish.id} id=${`wish-${wish.id}`} role="option" aria-selected=${wish === chosen}
        onPointerMove=${() => (at.value = n)} onClick=${() => run(wish)}>
        <span dir="auto">${wish.name}</span> <small dir="auto">${wish.says}</small> ${wish.key && html`<kbd>${wish.key}</kbd>`}
      </li>`)}
    </ul>
    ${found.length === 0 && html`<p class="empty" role="status">${gettext("Nothing is called that here.")}</p>`}
  </div>`);
}
