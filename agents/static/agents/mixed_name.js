// What stands beside a name that may be read as another one.

import { html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { isMixed } from "./words.js";

/** In words. @param {string} name */
export function mixedMark(name) {
  return isMixed(name) && html` <span class="tag bad" title=${why()}>${gettext("Mixed alphabets")}</span>`;
}

/** Where there is room for nothing else; said elsewhere. @param {string} name */
export function mixedSign(name) {
  return isMixed(name) && html`<span class="tag bad" title=${why()} aria-hidden="true">!</span>`;
}

function why() {
  return gettext("Letters of alphabets that look alike: this may not be the name that it looks like");
}
