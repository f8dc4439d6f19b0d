/** @import {VisitorChat} from "./visitor_chat.js" */
import { effect, signal } from "../support_chat/vendor/preact.js";

/** How often all was let go, for what is on screen and keeps something of its own. */
export const partings = signal(0);

/** Nothing of the visitor is left in this browser, or connected, until they write again. @param {VisitorChat} visitor */
export function letGo(visitor) {
  const { store, site, socket, host, token, unsent, box } = visitor;
  visitor.forgotten.value = true;
  socket.stop();
  visitor.filing.peek()?.empty(); // as long as it can say whose files they are
  token.forget(); // our other tabs let go by this
  visitor.outbox?.clear();
  unsent.pending.value = [];
  visitor.forgetChats();
  visitor.email.value = "";
  visitor.calls?.forget();
  for (const key of store.keys("support-chat:")) if (key.includes(`:${site.key}`)) store.remove(key);
  if (box.current?.text()) box.current.set("");
  host.kept = host.handle = "";
  host.goingOn(false);
  partings.value += 1;
  comeAgainBy(visitor);
}

/** What they write begins anew, whether or not the code that sends it is here yet. @param {VisitorChat} visitor */
function comeAgainBy(visitor) {
  const stop = effect(() => {
    if (!(visitor.outbox ?? visitor.unsent).pending.value.length) return;
    queueMicrotask(() => stop());
    visitor.forgotten.value = false;
    visitor.socket.start();
  });
}
