// Choosing who is the same person as this chat's visitor, among those whom the agent may find.

/** @import {Found} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { h, html, useEffect, useId, useMemo, useSignal } from "../support_chat/vendor/preact.js";
import { Dialog } from "./dialog.js";
import { merge } from "./own_deeds.js";
import { Form, nameOf, refuse } from "./reason_dialogs.js";
import { Search } from "./search.js";
import { failedInWords } from "./search_words.js";
import { safeName } from "./words.js";

/** @param {import("./reason_dialogs.js").AboutChat} props */
export function MergeDialog({ desk, id, onClose }) {
  const field = useId();
  const search = useMemo(() => new Search(desk.socket), []);
  const chosen = useSignal(/** @type {Found | null} */ (null));
  useEffect(() => () => search.clear(), []);
  const chat = desk.chats.get(id);
  const send = async () => {
    const other = chosen.value;
    if (!chat || !other?.who) return refuse(desk.notices, gettext("Choose a visitor first."));
    void merge(desk, chat, { id: other.who, name: other.visitor, verified: false });
    return true;
  };
  const people = othersIn(search.people.value, chat?.about.value);
  const says = search.failed.value ? failedInWords(search.failed.value, search.typed.value) : search.asked.value && !people.length ? gettext("Nobody is called that.") : "";
  return h(Dialog, { title: fill(gettext("Who is the same person as %(name)s?"), { name: nameOf(desk, id) }), look: "small-dialog", onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Merge")}>
      <p>${gettext("Their chats stand together for the team, and visitors see nothing of it. It can be taken back for ten minutes.")}</p>
      <div class="field"><label for=${field}>${gettext("Name or e-mail address")}</label>
        <input id=${field} class="text-field" type="search" autofocus autocomplete="off" dir="auto" value=${search.typed.value}
          onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && !chosen.peek() && (event.preventDefault(), void search.ask())}
          onInput=${(/** @type {any} */ { target }) => ((chosen.value = null), search.type(target.value))} /></div>
      <fieldset class="target-list"><legend>${gettext("Visitors")}</legend>
        ${people.map((found) => html`<label key=${found.who} class="target"><input type="radio" name="who" checked=${chosen.value === found} onChange=${() => (chosen.value = found)} />
          <bdi>${safeName(found.visitor)}</bdi><small><bdi>${found.text}</bdi></small></label>`)}
        <p class="empty" role="status">${says}</p>
      </fieldset>
    <//>`);
}

/** Whoever is not this visitor, nor said to be. @param {Found[]} people @param {import("./wire.js").About | null | undefined} about */
export function othersIn(people, about) {
  const known = new Set([about?.visitor.id, ...(about?.same ?? []).map(({ id }) => id)]);
  return people.filter(({ who }) => who && !known.has(who));
}
