// A round with two letters in the chat's own colour, and whether the visitor is there.

import { html } from "../support_chat/vendor/preact.js";
import { hueOf, readableOn } from "./colours.js";
import { initials } from "./words.js";

/** The grounds on which a chat's colour must be readable: the least favourable of each look. */
const LIGHT = /** @type {[number, number, number]} */ ([222, 227, 232]);
const DARK = /** @type {[number, number, number]} */ ([50, 58, 70]);

/** The chat's own colour for both looks, as custom properties. @param {string} id */
export function ownColour(id) {
  const hue = hueOf(id);
  return { "--own-light": readableOn(hue, LIGHT), "--own-dark": readableOn(hue, DARK) };
}

/** @param {{id: string, name: string, here?: boolean}} props */
export function Avatar({ id, name, here }) {
  return html`<span class="avatar own" style=${ownColour(id)} aria-hidden="true">
    ${initials(name)}${here !== undefined && html`<i class="dot" data-status=${here ? "online" : "offline"}></i>`}
  </span>`;
}
