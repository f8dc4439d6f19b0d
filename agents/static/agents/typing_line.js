// Below what was said: who is typing, and what a colleague writes for whoever reads along.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {Typist} from "../support_chat/typing_tracker.js" */
import { gettext } from "../support_chat/gettext.js";
import { h, html } from "../support_chat/vendor/preact.js";
import { companyOf } from "./company.js";
import { mayReadAlong } from "./reading_along.js";
import { safeName } from "./words.js";

/** @typedef {{id?: string, name: string, says: string, preview?: string | null, types: boolean}} Line */

/** @param {{desk: Desk, chat: OpenChat}} props */
export function TypingLine({ desk, chat }) {
  const { viewers, reading } = companyOf(desk);
  const open = mayReadAlong(desk, chat) ? viewers.of(chat.id).filter(({ shares }) => shares) : [];
  const read = open.find(({ id }) => id === viewers.reads.value);
  const draft = reading.draft.value;
  const lines = chat.typing.who.value.map(lineOf);
  if (read && !lines.some(({ id }) => id === read.id)) lines.push({ id: read.id, name: read.name, says: begun(draft), types: false });
  if (!lines.length) return null;
  return html`<div class="typing">${lines.map((line) => {
    const shares = open.some(({ id }) => id === line.id);
    return html`<div key=${line.id ?? "visitor"}>${said(line)}
      ${shares && html` <button type="button" class="button small" aria-expanded=${line.id === read?.id} aria-controls="read-along"
        onClick=${() => reading.toggle(line.id ?? "")}>${gettext("Read along")}</button>`}
      ${read && line.id === read.id && h(Draft, { draft })}</div>`;
  })}</div>`;
}

/** @param {Typist} typist @returns {Line} */
function lineOf({ author, preview, mode }) {
  const says = mode === "note" ? gettext("is writing a note") : gettext("is typing");
  return { id: author.role === "agent" ? author.id : undefined, name: author.name ?? gettext("The visitor"), says, preview, types: true };
}

/** Of a colleague who pauses. @param {import("./reading_along.js").Draft | null} draft */
function begun(draft) {
  if (!draft) return gettext("has nothing in the box");
  return draft.mode === "note" ? gettext("has begun a note") : gettext("has begun a reply");
}

/** @param {Line} line */
function said({ name, says, preview, types }) {
  return html`${types && html`<i class="typing-dots" aria-hidden="true"><b></b><b></b><b></b></i> `}<bdi>${safeName(name)}</bdi> ${says}${preview && html`: <q><bdi>${preview}</bdi></q>`}`;
}

/** @param {{draft: import("./reading_along.js").Draft | null}} props */
function Draft({ draft }) {
  return html`<blockquote id="read-along" class="read-along" data-mode=${draft?.mode} dir="auto">${draft?.text}</blockquote>`;
}
