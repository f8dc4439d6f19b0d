// The bar above everything: status, load, the way to the transcripts, keys, signing out.

/** @import {Desk} from "./desk.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { Icon } from "./icons.js";
import { MenuButton } from "./menu_button.js";
import { STATUSES, safeName } from "./words.js";

/** @param {{desk: Desk, boot: {transcripts: string | null, name: string}, onKeys: () => void}} props */
export function TopBar({ desk, boot, onKeys }) {
  const me = desk.inbox.me.value;
  return html`<header class="top-bar">
    <h1 class="brand"><span class="brand-mark" aria-hidden="true"></span><span class="brand-name">Support Chat<span class="hidden">, console</span></span></h1>
    ${me?.id && html`<${StatusMenu} desk=${desk} status=${me.status} />
      <p class="load" title="Chats you have, and how many you take at most"><b>${me.load}</b> of ${me.capacity}<span class="wide"> chats</span></p>`}
    <nav class="top-links" aria-label="More">
      ${boot.transcripts && html`<a class="button quiet" href=${boot.transcripts} aria-label="Transcripts"><${Icon} name="list" /><span class="wide">Transcripts</span></a>`}
      <button type="button" class="button quiet" aria-haspopup="dialog" aria-label="Keys and looks" onClick=${onKeys}><${Icon} name="keys" /><span class="wide">Keys and looks</span></button>
      <span class="who wide" title="Signed in">${safeName(boot.name)}</span>
      <button type="button" class="button quiet" aria-label="Sign out" onClick=${signOut}><${Icon} name="out" /><span class="wide">Sign out</span></button>
    </nav>
  </header>`;
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
