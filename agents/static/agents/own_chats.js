// The agent's own chats that this window has not opened yet, as after a reload, are read behind the one in front: so that
// the guard against the wrong chat knows all that they hold.

/** @import {Desk} from "./desk.js" */
import { effect } from "../support_chat/vendor/preact.js";
import { followAll } from "./other_chats.js";

/** However large the capacity: what a window keeps open is limited. */
const MOST = 12;

/** @type {(fn: () => void) => void} */
const whenIdle = (fn) => void (globalThis.requestIdleCallback ?? setTimeout)(fn);

/**
 * One after the other, while nothing else is to do.
 * @param {Desk} desk
 * @param {(fn: () => void) => void} [idle]
 * @returns {() => void} stop
 */
export function readOwnChats(desk, idle = whenIdle) {
  let busy = false;
  const next = () => {
    if (busy || desk.socket.status.peek() !== "online" || !unread(desk)) return;
    busy = true;
    idle(async () => {
      const id = unread(desk);
      if (id) await read(desk, id);
      busy = false;
      next();
    });
  };
  return effect(() => {
    void desk.inbox.held.value;
    void desk.socket.status.value;
    next();
  });
}

/** @param {Desk} desk @returns {string | undefined} */
function unread({ inbox, chats }) {
  const own = inbox.held.peek().slice(0, Math.min(inbox.me.peek()?.capacity ?? 0, MOST));
  return own.find(({ conversation }) => !chats.has(conversation))?.conversation;
}

/** The one in front stays the one that was opened last. @param {Desk} desk @param {string} id @returns {Promise<void>} once it came, or cannot */
async function read(desk, id) {
  const chat = desk.unfold(id);
  desk.chats.set(id, chat);
  const front = desk.front.peek();
  if (front) desk.chats.delete(front.id), desk.chats.set(front.id, front);
  desk.fold();
  followAll(desk);
  await new Promise((done) => chat.stops.push(chat.loading.subscribe((loading) => loading || done(undefined))));
}
