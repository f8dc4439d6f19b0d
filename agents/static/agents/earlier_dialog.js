// An earlier chat of the same visitor, to read only.

/** @import {Desk} from "./desk.js" */
/** @import {EarlierChat} from "./wire.js" */
import { h, html, useEffect, useMemo } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill, language } from "../support_chat/sentences.js";
import { Timeline } from "../support_chat/timeline.js";
import { Dialog } from "./dialog.js";
import { dateOf } from "./earlier_chats.js";
import { OpenChat } from "./open_chat.js";
import { staffWords } from "./staff_words.js";
import { inPlainWords } from "./words.js";

/** @param {{desk: Desk, earlier: EarlierChat, onClose: () => void}} props */
export function EarlierDialog({ desk, earlier, onClose }) {
  const chat = useMemo(() => new OpenChat(earlier.id, desk.socket), [earlier.id]);
  useEffect(() => readOnce(desk, chat), [chat]);
  const title = fill(gettext("Earlier chat, %(date)s"), { date: dateOf(earlier.opened_at) });
  return h(Dialog, { title, look: "earlier-dialog", closeName: gettext("Close earlier chat"), onClose }, html`
    <div class="chat-log">${chat.refusal.value
      ? html`<p class="empty" role="alert">${inPlainWords(chat.refusal.value)}</p>`
      : h(Timeline, {
          log: chat.log,
          me: { role: "agent", id: desk.inbox.me.value?.id },
          audience: "staff",
          words: staffWords,
          locale: language(),
          label: gettext("Earlier chat"),
          onEarlier: () => chat.earlier(),
        })}</div>`);
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
