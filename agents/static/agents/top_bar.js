// The bar above everything: status, load, the way to the transcripts, keys, signing out.

/** @import {Desk} from "./desk.js" */
/** @import {Agent} from "./wire.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { Icon } from "./icons.js";
import { MenuButton } from "./menu_button.js";
import { STATUSES, safeName } from "./words.js";

/** @param {{desk: Desk, boot: {transcripts: string | null, name: string}, onKeys: () => void}} props */
export function TopBar({ desk, boot, onKeys }) {
  const me = desk.inbox.me.value;
  return html`<header class="top-bar">
    <h1 class="brand"><span class="brand-mark" aria-hidden="true"></span>
      <span class="brand-name">Support Chat<span class="hidden">, console</span></span></h1>
    ${me?.id && html`<${StatusMenu} desk=${desk} status=${me.status} />${load(me)}`}
    <nav class="top-links" aria-label="More">
      ${boot.transcripts && html`<a class="button quiet" href=${boot.transcripts} aria-label="Transcripts">${named("list", "Transcripts")}</a>`}
      <button type="button" class="button quiet" aria-haspopup="dialog" aria-label="Keys and looks" onClick=${onKeys}>
        ${named("keys", "Keys and looks")}</button>
      <span class="who wide" title="Signed in">${safeName(boot.name)}</span>
      <button type="button" class="button quiet" aria-label="Sign out" onClick=${signOut}>${named("out", "Sign out")}</button>
    </nav>
  </header>`;
}

/** @param {Agent} me */
function load({ load, capacity }) {
  return html`<p class="load" title="Chats you have, and how many you take at most">
    <b>${load}</b> of ${capacity}<span class="wide"> chats</span></p>`;
}

/** A drawing, with its words where there is room. @param {string} icon @param {string} words */
function named(icon, words) {
  return html`<${Icon} name=${icon} /><span class="wide">${words}</span>`;
}

/** @param {{desk: Desk, status: string}} props */
function StatusMenu({ desk, status }) {
  return h(MenuButton, { label: "Status", choices: STATUSES, chosen: status, onChoose: (id) => desk.setStatus(/** @type {any} */ (id)) });
}

/** The form comes with the page, so that its token never lies in the modules. */
export function signOut() {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("sign-out"));
  const form = /** @type {HTMLFormElement} */ (template.content.firstElementChild?.cloneNode(true));
  document.body.append(form);
  form.submit();
}
