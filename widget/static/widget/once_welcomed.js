// What a panel does without until a server has welcomed it: fetched then.

/** @import {VisitorChat} from "./visitor_chat.js" */
import { beginFiling } from "./filing.js";
import { hearInvitations } from "./invitations.js";
import { tellVisit } from "./visiting.js";

/** @type {WeakSet<VisitorChat>} */
const begun = new WeakSet();

/** With each welcome; what goes on by itself is begun once. @param {VisitorChat} visitor */
export function begin(visitor) {
  if (!begun.has(visitor)) {
    tellVisit(visitor);
    hearInvitations(visitor);
  }
  begun.add(visitor);
  return visitor.socket.welcome?.features?.includes("files") && beginFiling(visitor);
}
