// The pages with opening hours: what the hours that are being typed would mean.

import { say, whileTyped } from "./form_preview.js";

const shown = /** @type {HTMLElement} */ (document.querySelector("[data-preview]"));
const form = /** @type {HTMLFormElement} */ (shown.closest("form"));
const always = /** @type {HTMLInputElement} */ (form.elements.namedItem("always"));

whileTyped(form, shown.dataset.preview ?? "", async (answer) => {
  const words = await answer.text();
  return () => say(shown, words);
});
always.addEventListener("change", mark);
mark();

/** Where nobody looks at the days, they are shown as such. */
function mark() {
  shown.parentElement?.toggleAttribute("data-always", always.checked);
}
