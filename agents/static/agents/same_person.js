// Visitors who may be the same person as this one, by their address or as an agent knows: never joined by themselves.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { ticking } from "../support_chat/when.js";
import { merge, unmerge } from "./own_deeds.js";
import { elapsed } from "./waiting.js";
import { safeName } from "./words.js";

const soon = ticking(5);

/** Of whom it can still be taken back that they are the same. @param {OpenChat} chat */
export function undoable(chat) {
  const age = elapsed(chat.aboutHeard, Date.now());
  return (chat.about.value?.same ?? []).filter(({ undo_in: left }) => (left ?? 0) > age);
}

/** Whether another visitor can be chosen: an older server does not say who was found. @param {Desk} desk @param {OpenChat} chat */
export function mayMerge({ inbox, socket }, chat) {
  return Boolean(inbox.me.value?.id && chat.about.value?.same && socket.welcome?.features?.includes("search"));
}

/** @param {{desk: Desk, chat: OpenChat}} props */
export function SamePerson({ desk, chat }) {
  void soon.value;
  const { same = [], alike = [] } = chat.about.value ?? {};
  const chooses = mayMerge(desk, chat);
  if (!same.length && !alike.length && !chooses) return null;
  const busy = (/** @type {string} */ name) => desk.deeds.busy.value.has(`${name}:${chat.id}`);
  const parting = new Set(undoable(chat).map(({ id }) => id));
  return html`<section class="same-person" aria-labelledby="same-title">
    <h3 id="same-title">${gettext("The same person")}</h3>
    <ul role="list">
      ${same.map(({ id, name }) => html`<li key=${id}><bdi>${safeName(name)}</bdi>
        ${parting.has(id) && button(gettext("Undo"), fill(gettext("%(name)s is somebody else after all"), { name: safeName(name) }), busy(`unmerge ${id}`), () => unmerge(desk, chat, id))}</li>`)}
      ${alike.map((other) => html`<li key=${other.id}><span><bdi>${safeName(other.name)}</bdi>
          <small>${ngettext("%(n)s chat, the same e-mail address", "%(n)s chats, the same e-mail address", other.chats)}</small></span>
        ${button(gettext("Merge"), fill(gettext("%(name)s is the same person"), { name: safeName(other.name) }), busy(`merge ${other.id}`), () => merge(desk, chat, other))}</li>`)}
    </ul>
    ${chooses && html`<button type="button" class="button small quiet" aria-haspopup="dialog" onClick=${() => (desk.asking.value = { name: "merge", id: chat.id })}>${gettext("Merge with another visitor…")}</button>`}
    ${alike.length > 0 && html`<p class="hint-line">${gettext("Merged, their chats stand together for the team. Visitors see nothing of it.")}</p>`}
  </section>`;
}

/** @param {string} name @param {string} says @param {boolean} busy @param {() => void} onClick */
function button(name, says, busy, onClick) {
  return html`<button type="button" class="button small" aria-label=${says} title=${says} aria-busy=${busy} onClick=${onClick}>${name}</button>`;
}
