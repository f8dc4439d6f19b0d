// Going offline or signing out: with chats still open, what becomes of them is asked once.

/** @import {Desk} from "./desk.js" */
import { sentFirst } from "./sent_first.js";

/** @param {Desk} desk @param {import("./wire.js").Agent["status"]} status @param {number} [minutes] until they are back */
export function chooseStatus(desk, status, minutes) {
  if (status === "offline" && hasChats(desk)) desk.asking.value = { name: "leave" };
  else void desk.deeds.setStatus(status, minutes ? { until: minutes * 60 } : {});
}

/** @param {Desk} desk */
export function leave(desk) {
  if (hasChats(desk)) desk.asking.value = { name: "leave", thenOut: true };
  else void desk.deeds.act("out", "", () => signOut(desk));
}

/** @param {Desk} desk */
function hasChats(desk) {
  return desk.inbox.held.peek().length > 0;
}

/** What is not sent after so long (s) is sent when they come back. */
const WAITS = 5;

/** Signing out is for later than what was written. The form comes with the page, so that its token never lies in the modules. @param {Desk} desk */
export async function signOut(desk) {
  await sentFirst(desk, undefined, WAITS);
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("sign-out"));
  const form = /** @type {HTMLFormElement} */ (template.content.firstElementChild?.cloneNode(true));
  document.body.append(form);
  form.submit();
}
