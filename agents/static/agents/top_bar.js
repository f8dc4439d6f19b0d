// The bar above everything: status, load, the ways to transcripts and settings, keys, signing out.

/** @import {Desk} from "./desk.js" */
/** @import {Agent} from "./wire.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { ticking } from "../support_chat/when.js";
import { Icon } from "./icons.js";
import { chooseStatus, leave } from "./leaving.js";
import { MenuButton } from "./menu_button.js";
import { STATUSES, backIn, loadInWords, statusName } from "./status_words.js";
import { safeName } from "./words.js";

const soon = ticking(20);

/** @param {{desk: Desk, boot: {transcripts: string | null, settings: string | null, name: string}}} props */
export function TopBar({ desk, boot }) {
  const me = desk.inbox.me.value;
  return html`<header class="top-bar">
    <h1 class="brand"><span class="brand-mark" aria-hidden="true"></span>
      <span class="brand-name">Support Chat<span class="hidden">, ${gettext("console")}</span></span></h1>
    ${me?.id && html`<${StatusMenu} desk=${desk} me=${me} />${load(me)}`}
    <nav class="top-links" aria-label=${gettext("More")}>
      ${desk.watches && html`<button type="button" class="button quiet" aria-label=${gettext("Board")} aria-pressed=${desk.boardShown.value}
        onClick=${() => (desk.boardShown.value = !desk.boardShown.value)}>${named("board", gettext("Board"))}</button>`}
      ${boot.transcripts && html`<a class="button quiet" href=${boot.transcripts} aria-label=${gettext("Transcripts")}>${named("list", gettext("Transcripts"))}</a>`}
      ${boot.settings && html`<a class="button quiet" href=${boot.settings} aria-label=${gettext("Settings")}>${named("gear", gettext("Settings"))}</a>`}
      <button type="button" class="button quiet" aria-haspopup="dialog" aria-label=${gettext("Keys and looks")}
        onClick=${() => (desk.asking.value = { name: "keys" })}>
        ${named("keys", gettext("Keys and looks"))}</button>
      <span class="who wide" title=${gettext("Signed in")}>${safeName(boot.name)}</span>
      <button type="button" class="button quiet" aria-label=${gettext("Sign out")} onClick=${() => leave(desk)}>${named("out", gettext("Sign out"))}</button>
    </nav>
  </header>`;
}

/** @param {Agent} me */
function load(me) {
  return html`<p class="load" title=${gettext("Chats you have, and how many you take at most")}>
    <b>${loadInWords(me)}</b><span class="wide"> ${gettext("chats")}</span></p>`;
}

/** A drawing, with its words where there is room. @param {string} icon @param {string} words */
function named(icon, words) {
  return html`<${Icon} name=${icon} /><span class="wide">${words}</span>`;
}

/** @param {{desk: Desk, me: Agent}} props */
function StatusMenu({ desk, me }) {
  void soon.value;
  const back = me.status === "away" ? backIn(me, Date.now()) : "";
  const value = [statusName(me.status), back].filter(Boolean).join(", ");
  const onChoose = (/** @type {string} */ id, /** @type {number | undefined} */ minutes) => chooseStatus(desk, /** @type {Agent["status"]} */ (id), minutes);
  return h(MenuButton, { label: gettext("Status"), choices: STATUSES, chosen: me.status, value, onChoose });
}
