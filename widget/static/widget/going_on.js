/** @import {Snapshot} from "../support_chat/types.d.ts" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { Chat, pastChat } from "./chat.js";

/** A welcome brought this chat. @param {VisitorChat} visitor @param {Snapshot} snapshot */
export function goOn(visitor, snapshot) {
  show(visitor, snapshot);
  void recall(visitor).catch(() => {});
}

/** The chat to go on with; the one before it is shown above. @param {VisitorChat} visitor @param {Snapshot} snapshot */
export function show(visitor, snapshot) {
  const { current, older, outbox, socket, store } = visitor;
  const now = current.value;
  if (now?.id === snapshot.id) return now.take(snapshot);
  if (now) {
    now.leave();
    older.value = [...older.value, now];
    store.set(visitor.keyOf("older"), now.id);
  }
  const chat = new Chat(snapshot, socket);
  if (outbox) chat.stops.push(outbox.watch(chat.log));
  current.value = chat;
}

/** The chat before this one, which a page that was loaded anew does not know. @param {VisitorChat} visitor */
async function recall(visitor) {
  const id = visitor.store.get(visitor.keyOf("older"));
  if (id === null || visitor.knows(id)) return;
  const old = await pastChat(id, visitor.socket);
  if (old && !visitor.knows(id)) visitor.older.value = [old, ...visitor.older.value];
}
