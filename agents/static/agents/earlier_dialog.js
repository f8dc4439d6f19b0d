// An earlier chat of the same visitor, to read only.

/** @import {Desk} from "./desk.js" */
/** @import {EarlierChat} from "./wire.js" */
import { h, html, useEffect, useMemo, useRef } from "../support_chat/vendor/preact.js";
import { Timeline } from "../support_chat/timeline.js";
import { Icon } from "./icons.js";
import { OpenChat } from "./open_chat.js";
import { staffWords } from "./staff_words.js";
import { dateOf } from "./visitor_pane.js";
import { inPlainWords } from "./words.js";

/** @param {{desk: Desk, earlier: EarlierChat, onClose: () => void}} props */
export function EarlierDialog({ desk, earlier, onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const chat = useMemo(() => new OpenChat(earlier.id, desk.socket), [earlier.id]);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => readOnce(desk, chat), [chat]);
  return html`<dialog class="earlier-dialog" ref=${dialog} aria-labelledby="earlier-heading" onClose=${onClose}
    onClick=${(/** @type {Event} */ event) => event.target === dialog.current && dialog.current?.close()}>
    <header class="pane-head">
      <h2 id="earlier-heading">Earlier chat, ${dateOf(earlier.opened_at)}</h2>
      <button type="button" class="button quiet square" aria-label="Close earlier chat" onClick=${() => dialog.current?.close()}>
        <${Icon} name="close" />
      </button>
    </header>
    <div class="chat-log">${chat.refusal.value
      ? html`<p class="empty" role="alert">${inPlainWords(chat.refusal.value)}</p>`
      : h(Timeline, {
          log: chat.log,
          me: { role: "agent", id: desk.inbox.me.value?.id },
          audience: "staff",
          words: staffWords,
          label: "Earlier chat",
          onEarlier: () => chat.earlier(),
        })}</div>
  </dialog>`;
}

/**
 * Fetch it, and stop hearing of it when the dialog goes, unless it is open elsewhere too.
 * @param {Desk} desk
 * @param {OpenChat} chat
 */
function readOnce(desk, chat) {
  chat.refresh();
  return () => {
    if (!desk.chats.has(chat.id)) desk.socket.request("leave_conversation", { conversation: chat.id }).catch(() => {});
  };
}
