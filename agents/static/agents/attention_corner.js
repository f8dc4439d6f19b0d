// What asks for attention beside the page: chats that ring, and that nothing can be heard yet.

/** @import {Desk} from "./desk.js" */
/** @import {Ringing} from "./ringing.js" */
import { h, html, render } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { ticking } from "../support_chat/when.js";
import { preferences } from "./preferences.js";
import { isAsleep, wake } from "./sounds.js";
import { inWords, waitedBy } from "./waiting.js";
import { safeName } from "./words.js";

const second = ticking(1);

/** Beside the console, which need not know of it. @param {Desk} desk @param {Ringing} ringing */
export function showCorner(desk, ringing) {
  const place = document.createElement("div");
  document.body.append(place);
  render(h(AttentionCorner, { desk, ringing }), place);
}

/** @param {{desk: Desk, ringing: Ringing}} props */
function AttentionCorner({ desk, ringing }) {
  const asleep = preferences.value.sounds && isAsleep.value && desk.inbox.me.value?.id;
  return html`<aside class="attention" aria-label=${gettext("Attention")}>
    <div role="alert">${ringing.rows.value.length > 0 && rings(desk, ringing)}</div>
    ${asleep && html`<p class="asleep"><span>${gettext("Sounds are off until you click or press a key.")}</span>
      <button type="button" class="button small" onClick=${() => void wake()}>${gettext("Enable sound")}</button></p>`}
  </aside>`;
}

/** @param {Desk} desk @param {Ringing} ringing */
function rings(desk, ringing) {
  const [first] = ringing.rows.value;
  const count = ringing.rows.value.length;
  const open = () => {
    desk.open(first.conversation);
    ringing.silence([first.conversation]);
  };
  return html`<div class="rings"><p>${count > 1
      ? ngettext("%(n)s chat waits, and nobody takes it.", "%(n)s chats wait, and nobody takes them.", count)
      : fill(gettext("%(name)s waits, and nobody takes the chat."), { name: safeName(first.visitor.name) })}
      <span class="rings-for" aria-live="off">${h(For, { row: first })}</span></p>
    <div><button type="button" class="button primary small" onClick=${open}>${gettext("Open the chat")}</button>
      <button type="button" class="button small" onClick=${() => ringing.silence()}>${gettext("Silence")}</button></div></div>`;
}

/** How long by now. @param {{row: import("./wire.js").HeardRow}} props */
function For({ row }) {
  void second.value;
  return html`${inWords(waitedBy(row, Date.now()) ?? 0)}`;
}
