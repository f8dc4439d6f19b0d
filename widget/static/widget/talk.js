// What a chat takes, once something is said: fetched with the first letter typed, or at once for whom we know.

/** @import {VisitorChat} from "./visitor_chat.js" */
import { Attention } from "./attention.js";
import { outboxOf } from "./sending.js";
import { tellHost } from "./telling_host.js";
import { Wishes } from "./wishes.js";

export { AfterChat } from "./after_chat.js";
export { ChatLog } from "./chat_log.js";
export { goOn } from "./going_on.js";
export { HeadTools, standing } from "./head_tools.js";
export { endingWords, nextTry, tooLong } from "./strings_talk.js";
export { tellTyping } from "./telling_typing.js";

/** From now on what was written is sent, and what is new is told; a link by which they came leads. @param {VisitorChat} visitor */
export function attend(visitor) {
  visitor.link = "linkBack" in visitor.host ? visitor.host.linkBack() : null;
  visitor.link?.attend(visitor.socket);
  visitor.unsent.stop();
  visitor.wishes = new Wishes(visitor.store, visitor.keyOf("wish"));
  visitor.outbox = outboxOf(visitor);
  visitor.unsent.pending.value = []; // whoever waits for something to be sent looks there from now on
  visitor.attention = new Attention(visitor);
  visitor.attention.begin();
  if (visitor.host.framed && !visitor.store.shared()) import("./keeping_handle.js").then(({ keepHandle }) => keepHandle(visitor), () => {});
  tellHost(visitor);
}
