// Where the agent is named: notes and whispers, the newest first, in the place of the lists. It holds still as they do.

/** @import {Desk} from "./desk.js" */
/** @import {Mention} from "./company.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { h, html, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { holding, stepInList } from "./chat_list.js";
import { companyOf } from "./company.js";
import { settle } from "./ordering.js";
import { agoInWords } from "./waiting.js";
import { safeName } from "./words.js";

/** @param {{desk: Desk, onOpen: (id: string) => void}} props */
export function MentionsList({ desk, onOpen }) {
  const company = companyOf(desk);
  const held = useSignal(false);
  const hold = useRef(/** @type {ReturnType<typeof holding> | null} */ (null));
  hold.current ??= holding(held);
  const shown = useRef(/** @type {string[]} */ ([]));
  const mentions = new Map(company.mentions.value.map((each) => [`${each.conversation} ${each.position}`, each]));
  shown.current = settle(shown.current, [...mentions.keys()], held.value).filter((key) => mentions.has(key));
  const rows = shown.current.map((key) => /** @type {[string, Mention]} */ ([key, mentions.get(key)]));
  return html`<section class="view" aria-label=${gettext("Mentions")}>${rows.length === 0
    ? html`<p class="empty">${gettext("Nobody has mentioned you. Notes with @ and your name are found here, and what supervisors whisper to you.")}</p>`
    : html`<ul class="chats" role="list" aria-label=${gettext("Mentions")} ...${hold.current} onKeyDown=${stepInList}>${rows.map(([key, each]) =>
        h(MentionRow, { key, mention: each, onGo: () => company.go(each, onOpen) }))}</ul>`}</section>`;
}

/** How many were not seen, in the chip that leads here. @param {{desk: Desk}} props */
export function NotSeen({ desk }) {
  const count = companyOf(desk).mentions.value.filter(({ seen }) => !seen).length;
  return count > 0 && html` <span class="count">${count}<span class="hidden"> ${gettext("not seen")}</span></span>`;
}

/** @param {{mention: Mention, onGo: () => void}} props */
function MentionRow({ mention, onGo }) {
  const places = { name: safeName(mention.by.name), visitor: safeName(mention.visitor) };
  const words = mention.kind === "whisper" ? gettext("%(name)s whispers, about %(visitor)s") : gettext("%(name)s, about %(visitor)s");
  return html`<li><button type="button" class="row mention" data-row data-unread=${!mention.seen} onClick=${onGo}>
    <span class="row-line"><span class="row-name" dir="auto">${fill(words, places)}</span>
      <span class="row-side"><span class="quiet-time">${agoInWords(mention.ago)}</span></span></span>
    <span class="row-line"><bdi class="row-last">${mention.text}</bdi>${!mention.seen && html`<span class="hidden">${gettext("not seen")}</span>`}</span>
  </button></li>`;
}
