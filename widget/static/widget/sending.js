/** @import {Pending} from "../support_chat/outbox.js" */
/** @import {RefusedError} from "../support_chat/errors.js" */
/** @import {Snapshot} from "../support_chat/types.d.ts" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { Outbox } from "../support_chat/outbox.js";
import { availabilityOf } from "./availability.js";
import { putBelow } from "./below_draft.js";
import { show } from "./going_on.js";
import { isClosedForNow, rerouted } from "./refused.js";
import { tellSaid } from "./telling_host.js";

/** Sends what the visitor writes, and has written so far. @param {VisitorChat} visitor */
export function outboxOf(visitor) {
  const outbox = new Outbox({
    socket: visitor.socket,
    storage: visitor.store,
    key: visitor.outboxKey,
    oneLane: true,
    onStarted: ({ snapshot }, item) => started(visitor, snapshot, item),
    reroute: (item, error) => (isClosedForNow(error) ? notTaken(visitor, outbox, item, error) : rerouted(item, error)),
    isFinal: isClosedForNow,
  });
  return outbox;
}

/** A chat has begun here: the other tabs come along. @param {VisitorChat} visitor @param {Snapshot} snapshot @param {Pending} item */
function started(visitor, snapshot, { fields }) {
  if (/** @type {import("./visitor_chat.js").Answers} */ (fields).form?.email) visitor.wishes.add(snapshot.id, { email: true });
  show(visitor, snapshot);
  tellSaid(visitor.host, "visitor"); // no event brings what a chat begins with
  visitor.store.set(visitor.chatKey, snapshot.id);
}

/**
 * Nobody can take a chat, as we learn only now: what was written is there to be sent another way.
 * @param {VisitorChat} visitor @param {Outbox} outbox @param {Pending} item @param {RefusedError} error
 */
function notTaken(visitor, outbox, item, { after, details }) {
  const { mail, notice } = visitor.availability.peek() ?? {};
  const told = { available: false, why: details.why ?? "busy", until: after, mail, notice };
  if (!visitor.leavesWord.peek()) visitor.availability.value = availabilityOf(told);
  queueMicrotask(() => {
    outbox.discard(item.client_id);
    takeBack(visitor, item);
  });
  return null;
}

/** Words and files are beside the box again. @param {VisitorChat} visitor @param {Pending} item */
export function takeBack(visitor, { body, files }) {
  putBelow(visitor, body);
  if (files?.length) void visitor.filing.peek()?.putBack(files).catch(() => {});
}
