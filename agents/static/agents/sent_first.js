// What becomes of a message that was written, for whatever must not overtake it.

/** @import {Desk} from "./desk.js" */

/** So long (s) a deed waits for what was written before it: longer than a lost link takes to come back. */
const WAITS = 20;

/**
 * Whatever was written before, in one chat or in all of them, goes to the server first: what is still held at once.
 * @param {Pick<Desk, "undo" | "outbox" | "chats">} desk
 * @param {string} [conversation]
 * @param {number} [seconds] that it may take
 * @returns {Promise<boolean>} whether nothing of it is left behind
 */
export async function sentFirst(desk, conversation, seconds = WAITS) {
  desk.undo.release(conversation);
  const here = desk.outbox.pending.peek().filter((item) => conversation === undefined || item.conversation === conversation);
  const coming = here.filter(({ state }) => state === "sending").map((item) => arrived(desk, item.conversation ?? "", item.client_id));
  if (!coming.length) return true;
  /** @type {any} */
  let timer;
  const late = new Promise((done) => (timer = setTimeout(() => done(["failed"]), seconds * 1000)));
  const came = /** @type {string[]} */ (await Promise.race([Promise.all(coming), late]));
  clearTimeout(timer);
  return !came.includes("failed");
}

/**
 * What became of a message: it is with the server, it failed, or it was taken back.
 * @param {Pick<Desk, "outbox" | "chats">} desk
 * @param {string} chat
 * @param {string} clientId
 * @returns {Promise<"sent" | "failed" | "gone">}
 */
export function arrived({ outbox, chats }, chat, clientId) {
  return new Promise((done) => {
    const look = () => {
      const item = outbox.pending.peek().find(({ client_id }) => client_id === clientId);
      if (item?.state === "failed" || item?.state === "sent") settle(item.state);
      else if (!item) settle(chats.get(chat)?.log.has(clientId) ? "sent" : "gone");
    };
    const settle = (/** @type {"sent" | "failed" | "gone"} */ how) => {
      stop();
      done(how);
    };
    // A moment later: what is sent anew is taken out and put in again in one breath.
    const stop = outbox.pending.subscribe(() => queueMicrotask(look));
  });
}
