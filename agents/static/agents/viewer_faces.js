// Who else has a chat before them, as small rounds in its head and in its row; whoever writes is marked.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { h, html } from "../support_chat/vendor/preact.js";
import { ownColour } from "./avatar.js";
import { companyOf } from "./company.js";
import { initials, safeName } from "./words.js";

/** So many have room; of the rest the number is said. */
const SHOWN = 4;
const IN_ROW = 2;

/** @param {{desk: Desk, chat: OpenChat}} props */
export function ViewerFaces({ desk, chat }) {
  const here = companyOf(desk).viewers.of(chat.id);
  if (!here.length) return null;
  return html`<ul class="viewers" role="list" aria-label=${gettext("Also looking at this chat")}>${faces("li", here, SHOWN, chat)}</ul>`;
}

/** Beside the name in a list. `at`: where a row's description finds its words. @param {{desk: Desk, id: string, at?: string}} props */
export function RowFaces({ desk, id, at }) {
  const here = companyOf(desk).viewers.of(id);
  return here.length > 0 && html`<span class="viewers" id=${at}>${faces("span", here, IN_ROW, desk.chats.get(id))}</span>`;
}

/** @param {"li" | "span"} tag @param {import("./viewers.js").Viewer[]} here @param {number} shown @param {OpenChat | undefined} chat */
function faces(tag, here, shown, chat) {
  const modes = new Map(chat?.typing.who.value.map(({ author, mode }) => [author.id, mode]));
  return [
    ...here.slice(0, shown).map(({ id, name }) => h(Face, { key: id, tag, id, name: safeName(name), mode: modes.get(id) })),
    here.length > shown && html`<${tag} class="viewer-more">+${here.length - shown}<//>`,
  ];
}

/** @param {{tag: "li" | "span", id: string, name: string, mode: string | null | undefined}} props */
function Face({ tag, id, name, mode }) {
  const says = fill(wordsOf(mode), { name });
  return html`<${tag} class="viewer avatar own" data-writes=${mode !== undefined} style=${ownColour(id)} title=${says}>
    <span aria-hidden="true">${initials(name)}</span><span class="hidden">${says}</span><//>`;
}

/** @param {string | null | undefined} mode undefined: they do not write */
function wordsOf(mode) {
  if (mode === undefined) return gettext("%(name)s is looking at this chat");
  return mode === "note" ? gettext("%(name)s is writing a note") : gettext("%(name)s is replying");
}
