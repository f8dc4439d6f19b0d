/** @import {VisitorChat} from "./visitor_chat.js" */
import { html, useSignal } from "../support_chat/vendor/preact.js";
import { uuid } from "../support_chat/uuid.js";
import { talkWords as words } from "./strings_talk.js";

/** @param {{visitor: VisitorChat, onEnded: () => void}} props */
export function EndButton({ visitor, onEnded }) {
  const failed = useSignal(false);
  const ended = () =>
    end(visitor).then(onEnded, () => {
      failed.value = true;
    });
  return html`<button type="button" class="quiet-button" title=${failed.value ? words.endLater : null} onClick=${ended}>${words.end}</button>
    ${failed.value ? html`<p class="head-note" role="alert">${words.endLater}</p>` : null}`;
}

/** @param {VisitorChat} visitor @throws {Error} refused, or no answer */
async function end({ current, socket }) {
  const chat = current.value;
  if (!chat || chat.closed.value) return;
  await socket.request("end_conversation", { conversation: chat.id, client_id: uuid() }, { patience: 10 });
}
