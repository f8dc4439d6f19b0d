// The same words to all who were chosen and still wait: shown before they are sent, with their number.

/** @import {Desk} from "./desk.js" */
import { h, html, useId, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { ngettext } from "../support_chat/sentences.js";
import { Dialog } from "./dialog.js";
import { Form } from "./reason_dialogs.js";

/** @param {{desk: Desk, chats?: string[], onClose: () => void}} props */
export function NotifyDialog({ desk, chats = [], onClose }) {
  const text = useSignal("");
  const field = useId();
  const waiting = new Set(desk.inbox.waiting.value.map(({ conversation }) => conversation));
  const still = chats.filter((id) => waiting.has(id));
  const count = still.length;
  const send = async () => {
    if (!still.length) return true;
    const done = await desk.deeds.notify(still, text.value);
    if (done) desk.notices.say(ngettext("Sent to 1 visitor.", "Sent to %(n)s visitors.", count));
    return done;
  };
  return h(Dialog, { title: ngettext("Tell 1 visitor who waits", "Tell %(n)s visitors who wait", count), onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${ngettext("Send to 1 visitor", "Send to %(n)s visitors", count)}>
      <p>${gettext("It stands in each of their chats, in your name. They keep their place, and still wait for an answer.")}</p>
      <div class="field"><label for=${field}>${gettext("Message")}</label>
        <textarea id=${field} class="text-field" rows="3" maxlength="8000" required autofocus dir="auto" value=${text.value}
          onInput=${(/** @type {any} */ event) => (text.value = event.target.value)}></textarea></div>
      ${text.value.trim() && html`<figure class="preview"><figcaption>${gettext("Each of them reads")}</figcaption><blockquote dir="auto">${text.value}</blockquote></figure>`}
    <//>`);
}
