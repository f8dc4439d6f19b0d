// Keys that work while nobody writes. Single letters can be switched off; none of them works in a field.

import { preferences } from "./preferences.js";

/**
 * @typedef {object} Deeds
 * @property {(mode: "reply" | "note") => void} write
 * @property {() => void} canned
 * @property {() => void} help
 * @property {() => void} accept
 */

/** Shown in the sheet, in this order. */
export const KEYS = /** @type {const} */ ([
  [["J"], "Next chat in the lists"],
  [["K"], "Chat before"],
  [["↑", "↓"], "The same, within a list"],
  [["Enter"], "Open the chat; in the box: send"],
  [["Shift", "Enter"], "A new line in the box"],
  [["R"], "Write a reply"],
  [["N"], "Write a note"],
  [["/"], "Find a canned reply"],
  [["A"], "Accept the open chat"],
  [["Esc"], "Leave the box; close a list or dialog"],
  [["?"], "This sheet"],
]);

/** Keys that are no letters, and so stay when letters are switched off. */
const NO_LETTER = new Set(["/", "?"]);

/**
 * @param {Deeds} deeds
 * @returns {() => void} stop listening
 */
export function listenForKeys(deeds) {
  const hear = (/** @type {KeyboardEvent} */ event) => {
    const deed = isFree(event) ? deedOf(event.key, deeds) : null;
    if (!deed) return;
    event.preventDefault();
    deed();
  };
  document.addEventListener("keydown", hear);
  return () => document.removeEventListener("keydown", hear);
}

/** @param {KeyboardEvent} event */
function isFree(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (/** @type {Element} */ (event.target).closest("input, textarea, select, [contenteditable], dialog, [role=menu]")) return false;
  if (document.querySelector("dialog[open]")) return false;
  return preferences.peek().letters || NO_LETTER.has(event.key);
}

/**
 * @param {string} key
 * @param {Deeds} deeds
 */
function deedOf(key, deeds) {
  return {
    j: () => stepThroughRows(1),
    k: () => stepThroughRows(-1),
    r: () => deeds.write("reply"),
    n: () => deeds.write("note"),
    a: deeds.accept,
    "/": deeds.canned,
    "?": deeds.help,
  }[key.toLowerCase()];
}

/** @param {1 | -1} step */
function stepThroughRows(step) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-row]")]);
  const focused = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const at = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute("aria-current"));
  const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[to]?.focus();
}
