/** @import {Invitation} from "./invitations.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { html, useEffect, useSignal } from "../support_chat/vendor/preact.js";
import { invitedWords as words } from "./strings_invited.js";

/** A region is read aloud when words come into it, not when it comes with them: so long (ms) after it. */
const HEARD = 100;

/** Who asks them to a chat, and with which words; neither moves nor takes what they write. @param {{visitor: VisitorChat, invitation: Invitation}} props */
export function Invited({ visitor, invitation: { id, name, text } }) {
  const said = useSignal("");
  useEffect(() => {
    const soon = setTimeout(() => (said.value = words.asks(name, text)), HEARD);
    return () => clearTimeout(soon);
  }, []);
  if (visitor.current.value?.closed.value === false) return null;
  const putAway = () => {
    visitor.invited.value = null;
    visitor.box.current?.focus();
  };
  const decline = () => {
    visitor.socket.request("decline_invitation", { invitation: id }).catch(() => {});
    putAway();
  };
  return html`<section aria-label=${words.label}>
    <p class="away" role="status">${said.value}</p>
    <button type="button" class="quiet-button" onClick=${putAway}>${words.write}</button>
    <button type="button" class="quiet-button" onClick=${decline}>${words.decline}</button>
  </section>`;
}
