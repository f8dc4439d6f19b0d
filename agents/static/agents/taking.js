// Taking a chat: whoever is still there when the server says yes goes on in it, everybody else reads so.

/** @import {Desk} from "./desk.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { nameOf } from "./reason_dialogs.js";
import { stillHere } from "./still_here.js";

/** @param {Desk} desk @param {string} id @param {() => void} go */
export async function take(desk, id, go) {
  const isHere = stillHere(desk);
  if (!(await desk.deeds.accept(id))) return;
  if (isHere()) go();
  else desk.notices.say(fill(gettext("The chat with %(name)s is yours now."), { name: nameOf(desk, id) }));
}
