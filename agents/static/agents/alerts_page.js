// The page of a queue's alerts: what becomes of their tests, and how they sound.

import { tryOut } from "./sounds.js";
import "./test_results.js";

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-sounds]"))) {
  button.hidden = false; // without scripts there is nothing to hear
  button.addEventListener("click", () => void tryOut("alert"));
}
