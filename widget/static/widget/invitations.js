/** @import {VisitorChat} from "./visitor_chat.js" */
import { h } from "../support_chat/vendor/preact.js";

/** @typedef {{id: string, name: string, text: string}} Invitation `name` of somebody of our team, who asks with this text */

/** Somebody of our team may ask whoever has no chat to one: shown above the text box until they answer. @param {VisitorChat} visitor */
export function hearInvitations(visitor) {
  const { socket } = visitor;
  let last = "";
  const hear = async (/** @type {Invitation | null | undefined} */ invitation) => {
    const id = invitation?.id ?? "";
    if (id === last) return; // it is shown already, or was put away
    last = id;
    if (!invitation) return void (visitor.invited.value = null);
    const { Invited } = await import("./invited.js");
    if (id === last) visitor.invited.value = () => h(Invited, { key: id, visitor, invitation });
  };
  socket.on("invitation_changed", ({ invitation }) => hear(invitation).catch(() => (last = "")));
  const welcomed = (/** @type {any} */ { invitation }) => void hear(invitation).catch(() => (last = ""));
  socket.onWelcome(welcomed);
  welcomed(socket.welcome ?? {});
}
