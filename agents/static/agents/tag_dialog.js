// The tags of a chat: put on and taken off in a small box, with those that the site has already.

/** @import {Desk} from "./desk.js" */
import { h, html, useEffect, useId, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { Dialog } from "./dialog.js";
import { findIn } from "./finding.js";
import { Icon } from "./icons.js";
import { order, tagOf, tagsOf } from "./order_deeds.js";
import { nameOf } from "./reason_dialogs.js";

/** So many are suggested. */
const SHOWN = 8;

/** @param {import("./reason_dialogs.js").AboutChat} props */
export function TagDialog({ desk, id, onClose }) {
  const deeds = order(desk);
  const borne = tagsOf(desk, id);
  return h(Dialog, { title: fill(gettext("Tags of the chat with %(name)s"), { name: nameOf(desk, id) }), look: "small-dialog", onClose }, html`<div class="dialog-body">
    <ul class="tags" role="list" aria-label=${gettext("Tags")}>${borne.map((tag) => html`<li key=${tag} class="tag">${tag}
      <button type="button" class="untag" aria-label=${fill(gettext("Take off %(tag)s"), { tag })} onClick=${() => void deeds.tag(id, [], [tag])}><${Icon} name="close" /></button></li>`)}</ul>
    ${borne.length === 0 && html`<p class="empty">${gettext("No tags yet. Only your team sees them.")}</p>`}
    ${h(TagField, { desk, without: borne, onTake: (tag) => void deeds.tag(id, [tag], []) })}
  </div>`);
}

/**
 * One line for a tag. `onTake`: Enter and a click take one, and the line is empty again; without it the line keeps it.
 * @param {{desk: Desk, without?: readonly string[], onTake?: (tag: string) => void, onChange?: (tag: string) => void}} props
 */
export function TagField({ desk, without = [], onTake, onChange }) {
  const field = useId();
  const typed = useSignal("");
  const known = useSignal(/** @type {string[]} */ ([]));
  useEffect(() => void order(desk).knownTags().then((tags) => (known.value = tags)), []);
  const free = known.value.filter((tag) => !without.includes(tag));
  const found = (typed.value.trim() ? findIn(free, typed.value, (tag) => [[tag, 1]]) : free).slice(0, SHOWN);
  const write = (/** @type {string} */ text) => {
    typed.value = text;
    onChange?.(tagOf(text));
  };
  const take = (/** @type {string} */ text) => (onTake ? (tagOf(text) && onTake(tagOf(text)), write("")) : write(text));
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.isComposing || !onTake || !typed.value.trim()) return;
    event.preventDefault();
    take(typed.value);
  };
  return html`<div class="field"><label for=${field}>${onTake ? gettext("Add a tag") : gettext("Tag")}</label>
    <input id=${field} class="text-field" autofocus autocomplete="off" maxlength="40" dir="auto" value=${typed.value} onKeyDown=${onKeyDown}
      placeholder=${gettext("Late delivery")} onInput=${(/** @type {any} */ { target }) => write(target.value)} />
    <div class="choices" role="group" aria-label=${gettext("Tags of this site")}>${found.map((tag) => html`<button type="button" key=${tag} class="chip"
      aria-pressed=${!onTake && typed.value === tag} onClick=${() => take(tag)}>${tag}</button>`)}</div>
  </div>`;
}
