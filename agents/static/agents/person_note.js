// What the team should know of this visitor, beside all of their chats.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { gettext } from "../support_chat/gettext.js";
import { html, useId, useLayoutEffect, useRef } from "../support_chat/vendor/preact.js";
import { beginNote, saveNote } from "./noting.js";
import { stillHere } from "./still_here.js";

/** The longest that the server takes. */
const LONGEST = 1000;

/** @param {{desk: Desk, chat: OpenChat}} props */
export function PersonNote({ desk, chat }) {
  const id = useId();
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const follows = useRef(false);
  const [written, met] = [chat.personNote, useId()];
  useLayoutEffect(() => {
    if (follows.current) /** @type {HTMLElement | null | undefined} */ (place.current?.querySelector("textarea, button"))?.focus();
    follows.current = false;
  }, [written.value === null]);
  const kept = chat.about.value?.visitor.note;
  if (kept === undefined) return null;
  /** From reading to writing or back: what was pressed goes, and the focus follows. @param {import("./noting.js").Noting | null} begun */
  const turn = (begun) => {
    follows.current = true;
    written.value = begun;
  };
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const isHere = stillHere(desk);
    if (!(await saveNote(desk, chat))) return;
    if (isHere()) turn(null);
    else written.value = null;
  };
  return html`<section class="person-note" aria-labelledby=${id} ref=${place}>
    <h3 id=${id}>${gettext("Note on the person")}</h3>
    ${written.value === null
      ? html`${kept ? html`<p class="note-text" dir="auto">${kept}</p>` : html`<p class="empty">${gettext("Nothing noted. It stands beside all chats of this visitor, and they never read it.")}</p>`}
        <button type="button" class="button small" onClick=${() => turn(beginNote(kept))}>${kept ? gettext("Edit the note") : gettext("Write a note on the person")}</button>`
      : html`<form onSubmit=${save}>${form(written.value, id, met, (text) => (written.value = { ...beginNote(kept), ...written.peek(), text }))}
        <div class="form-end"><button type="button" class="button small" onClick=${() => turn(null)}>${gettext("Cancel")}</button>
          <button type="submit" class="button small primary">${written.value.theirs === null ? gettext("Save") : gettext("Save mine over it")}</button></div></form>`}
  </section>`;
}

/**
 * What is written; where a colleague was quicker, with what it says by now.
 * @param {import("./noting.js").Noting} begun
 * @param {string} id of the heading
 * @param {string} met of what it says by now
 * @param {(text: string) => void} write
 */
function form({ text, theirs }, id, met, write) {
  return html`${theirs !== null && html`<div class="note-theirs" id=${met}><p>${theirs ? gettext("By now it says:") : gettext("By now it is taken away.")}</p>
      <p class="note-text" dir="auto">${theirs}</p></div>`}
    <textarea class="text-field" rows="4" maxlength=${LONGEST} dir="auto" aria-labelledby=${id} aria-describedby=${theirs === null ? undefined : met} value=${text}
      onInput=${(/** @type {any} */ event) => write(event.target.value)}></textarea>`;
}
