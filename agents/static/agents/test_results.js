// What becomes of a test that is under way, wherever the page says so, as soon as the server knows.

import { say } from "./form_preview.js";

const EVERY = 1000; // milliseconds
const PATIENCE = 120; // times: whoever is silent at the other end is given up much sooner

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-result]"))) {
  if ("waits" in place.dataset) void look(place, PATIENCE);
}

/** @param {HTMLElement} place @param {number} times */
async function look(place, times) {
  await new Promise((done) => setTimeout(done, EVERY));
  const answer = await fetch(place.dataset.result ?? "").catch(() => null);
  const { says = null, waits = true } = answer?.ok ? await answer.json() : {};
  if (says !== null) say(place, says);
  if (waits && times > 0) void look(place, times - 1);
}
