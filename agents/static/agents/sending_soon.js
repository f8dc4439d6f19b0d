// What stands under a message that may still be taken back.

/** @import {HeldBack} from "./undo_send.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { speak } from "../support_chat/speak.js";
import { html, useEffect } from "../support_chat/vendor/preact.js";
import { ticking } from "../support_chat/when.js";

const second = ticking(1);

/** @param {{item: HeldBack, onUndo: () => void}} props */
export function SendingSoon({ item, onUndo }) {
  void second.value;
  const seconds = Math.max(1, Math.ceil((item.due - Date.now()) / 1000));
  useEffect(() => speak(fill(gettext("Sending in %(seconds)s seconds. Control Z in the empty box takes it back."), { seconds })), []);
  return html`<span class="sending-soon">${fill(gettext("Sending in %(seconds)s s"), { seconds })}
    <button type="button" class="button small" onClick=${onUndo}>${gettext("Undo")}</button></span>`;
}
