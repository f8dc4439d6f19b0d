// What the visitor asked before: a list that leads to each chat, and further back as far as it goes.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {EarlierChat} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, language } from "../support_chat/sentences.js";
import { html, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { inPlainWords, safeName } from "./words.js";

/** @param {{desk: Desk, chat: OpenChat, onEarlier: (earlier: EarlierChat) => void}} props */
export function EarlierChats({ desk, chat, onEarlier }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const busy = useSignal(false);
  const { history = [], history_next: goesOn } = chat.about.value ?? {};
  const more = async () => {
    if (busy.value) return;
    busy.value = true;
    try {
      await chat.earlierChats();
      setTimeout(() => /** @type {HTMLElement | undefined} */ (list.current?.querySelectorAll("button")[history.length])?.focus()); // the first that came
    } catch (error) {
      desk.notices.say(inPlainWords(/** @type {Error} */ (error)), { bad: true });
    }
    busy.value = false;
  };
  return html`<section class="earlier" aria-labelledby="earlier-title">
    <h3 id="earlier-title">${gettext("Earlier chats")}</h3>
    ${history.length ? html`<ul role="list" ref=${list}>${history.map((earlier) => html`<li key=${earlier.id}>
        <button type="button" class="earlier-chat" onClick=${() => onEarlier(earlier)}>
          <span class="earlier-topic"><bdi>${earlier.topic || gettext("Without words")}</bdi></span>
          <small>${dateOf(earlier.opened_at)}${earlier.agent && `, ${fill(gettext("with %(name)s"), { name: safeName(earlier.agent) })}`}</small>
        </button>
      </li>`)}</ul>` : html`<p class="empty">${gettext("This is their first chat.")}</p>`}
    ${goesOn && html`<button type="button" class="button small" aria-busy=${busy.value} onClick=${more}>${gettext("Earlier…")}</button>`}
  </section>`;
}

/** @param {string} at */
export function dateOf(at) {
  return new Intl.DateTimeFormat(language(), { day: "numeric", month: "long", year: "numeric" }).format(new Date(at));
}
