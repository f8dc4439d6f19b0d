// Keys that work while nobody writes. Single characters can be switched off; none of them works in a field.

/** @import {Here} from "./actions.js" */
/** @import {Early} from "./early_keys.js" */
import { actionAt } from "./keymap.js";
import { preferences } from "./preferences.js";

/**
 * @param {Here} here
 * @param {Early[]} early pressed before this code was here; none of them acts on another chat than it was pressed for
 * @returns {() => void} stop listening
 */
export function listenForKeys(here, early) {
  const hear = (/** @type {KeyboardEvent} */ event, isElsewhere = false) => {
    if (isPalette(event)) here.desk.asking.value = { name: "palette" };
    else {
      const action = isFree(event) ? actionAt(event.key) : undefined;
      if (!action || (isElsewhere && action.can)) return;
      action.run(here);
    }
    event.preventDefault();
  };
  const listen = (/** @type {KeyboardEvent} */ event) => hear(event);
  document.addEventListener("keydown", listen);
  for (const { event, inHand } of early) hear(event, inHand !== here.desk.inHand);
  return () => document.removeEventListener("keydown", listen);
}

/** ⌘ K on a Mac. @param {KeyboardEvent} event */
function isPalette({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  return key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey && !document.querySelector("dialog[open]");
}

/** @param {KeyboardEvent} event */
export function isFree(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (/** @type {Element} */ (event.target).closest("input, textarea, select, [contenteditable], dialog, [role=menu]")) return false;
  return preferences.peek().letters && !document.querySelector("dialog[open]");
}
