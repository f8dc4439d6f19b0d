/** @import {Pending} from "../support_chat/outbox.js" */
/** @import {RefusedError} from "../support_chat/errors.js" */
import { uuid } from "../support_chat/uuid.js";

/** No new chats are taken, but messages with an address to answer to. @param {RefusedError} error */
export function isClosedForNow({ code }) {
  return code === "closed_for_now";
}

/**
 * What can no longer be said in its own chat starts another.
 * @param {Pending} item @param {RefusedError} error @returns {Partial<Pending> | null}
 */
export function rerouted(item, { code }) {
  if (item.conversation === null || (code !== "closed" && code !== "not_found")) return null;
  return { conversation: null, client_id: uuid() };
}
