/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { words } from "./strings.js";
import { Welcome } from "./welcome.js";

/**
 * The log before the first word, and until the code of a chat is there: what waits to be sent, as plain as can be.
 * @param {{visitor: VisitorChat, toBox: () => void}} props
 */
export function FirstLog({ visitor, toBox }) {
  const pending = visitor.unsent.pending.value;
  return html`<div class="timeline">
    <div class="timeline-scroll" role="log" aria-label=${words.log} aria-live="off" tabindex="0">
      <div class="timeline-run">
        ${pending.length === 0 ? h(Welcome, { visitor, toBox }) : null}
        <ol class="timeline-list">
          ${pending.map(({ client_id, body }) => html`<li key=${client_id}><p dir="auto">${body}</p><span>${words.sending}</span></li>`)}
        </ol>
      </div>
    </div>
  </div>`;
}
