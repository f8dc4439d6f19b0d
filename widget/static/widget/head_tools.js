/** @import {Availability} from "./availability.js" */
/** @import {Chat} from "./chat.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html, useSignal } from "../support_chat/vendor/preact.js";
import { nobodyHere } from "./availability.js";
import { EndButton } from "./end_button.js";
import { useLater } from "./later.js";
import { words as firstWords } from "./strings.js";
import { talkWords as words } from "./strings_talk.js";

/** What can be done with the chat, in the head. @param {{visitor: VisitorChat, chat: Chat, onEnded: () => void}} props */
export function HeadTools({ visitor, chat, onEnded }) {
  const more = useSignal(false);
  const menu = useLater(more.value, () => import("./more.js"));
  return html`${chat.closed.value ? null : h(EndButton, { visitor, onEnded })}
    ${endedByVisitor(chat) ? html`<button type="button" class="quiet-button" onClick=${onEnded}>${words.continue}</button>` : null}
    <button type="button" class="icon-button" aria-label=${words.more} title=${words.more} aria-expanded=${String(more.value)}
      onClick=${() => (more.value = !more.value)}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12h.01M12 12h.01M19 12h.01" /></svg>
    </button>
    ${more.value && menu ? h(menu.More, { key: chat.id, visitor, chat }) : null}`;
}

/** How an open chat stands, in words. @param {Chat} chat @param {Availability | null} availability */
export function standing({ agent }, availability) {
  if (agent.value) return words.answers(agent.value.name);
  return nobodyHere(availability) ? firstWords.away : words.waiting;
}

/** Where they ended it, they may go on: what they write next does. @param {Chat} chat */
function endedByVisitor(chat) {
  const last = chat.log.entries.value.findLast(({ kind }) => kind === "closed");
  return chat.closed.value && last?.author.role === "visitor" && chat.goesOn();
}
