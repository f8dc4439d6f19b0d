// On the page of a canned reply: how a visitor would read it, while it is written.

import { filled, unfilledIn } from "./variables.js";

const example = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("example")).textContent ?? "{}");
const box = /** @type {HTMLTextAreaElement} */ (document.querySelector("textarea[name=text]"));
const shown = /** @type {HTMLElement} */ (document.querySelector(".shown-filled"));

box.addEventListener("input", show);
show();

/** What nobody could fill is marked. */
function show() {
  const text = filled(box.value, (name) => example[name] ?? null);
  let at = 0;
  const parts = unfilledIn(text).flatMap(({ from, to }) => {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    const before = text.slice(at, from);
    at = to;
    return [before, mark];
  });
  /** @type {HTMLElement} */ (shown.querySelector(".filled")).replaceChildren(...parts, text.slice(at));
  shown.hidden = text.trim() === "";
}
