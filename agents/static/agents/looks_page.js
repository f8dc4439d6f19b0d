// How the widget will look, while it is being chosen. Every shade is the server's: here nothing is calculated.

import { say, whileTyped } from "./form_preview.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-preview]"));
const colour = /** @type {HTMLInputElement} */ (form.elements.namedItem("colour"));
const picker = /** @type {HTMLInputElement} */ (document.getElementById("picker"));
const told = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
const mocks = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".mock"));

for (const part of form.querySelectorAll("[hidden]")) part.removeAttribute("hidden");
picker.value = /^#[0-9a-f]{6}$/i.test(colour.value) ? colour.value : colour.placeholder;
picker.addEventListener("input", () => (colour.value = picker.value));

const ask = whileTyped(form, form.dataset.preview ?? "", async (answer) => {
  const { says, ...shades } = await answer.json();
  return () => {
    say(told, says);
    mocks.forEach((mock) => wear(mock, shades[mock.dataset.look ?? ""] ?? {}));
  };
});
ask();

/** @param {HTMLElement} mock @param {Record<string, string>} shades */
function wear(mock, shades) {
  const given = new FormData(form);
  for (const [name, value] of Object.entries(shades)) mock.style.setProperty(name, value);
  mock.dataset.side = String(given.get("side"));
  say(/** @type {HTMLElement} */ (mock.querySelector(".mock-welcome")), String(given.get("welcome")));
}
