// The likeliest replies, in a strip above the box that has its place whether or not anything stands in it.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {CannedReply} from "./wire.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { html, useEffect } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";

/**
 * @param {object} props
 * @param {CannedReplies} props.canned
 * @param {OpenChat} props.chat
 * @param {boolean} props.mine whether anything can be sent
 * @param {(reply: CannedReply) => void} props.onPick
 */
export function LikelyStrip({ canned, chat, mine, onPick }) {
  const writes = chat.typing.who.value.some(({ author }) => author.role === "visitor");
  const entries = chat.log.entries.value;
  useEffect(() => {
    if (mine && !chat.loading.value) canned.likely.look(chat.id, chat.log.position, writes);
  }, [canned, chat.id, mine, writes, entries, chat.loading.value]);
  const replies = mine ? canned.likelyIn(chat.id) : [];
  return html`<div class="likely" role="group" aria-label=${gettext("Likely replies")}>
    ${replies.map((reply, n) => html`<button type="button" key=${reply.id} aria-keyshortcuts=${`Alt+${n + 1}`} title=${canned.fill(reply.text, chat.id)}
      onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => onPick(reply)}>
      <kbd aria-hidden="true">Alt ${n + 1}</kbd><span>${reply.title}</span>
    </button>`)}
  </div>`;
}
