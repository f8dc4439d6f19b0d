// What an agent decides alone shows before the server has answered. What is refused goes back, unless the server has
// told of it since: what it says holds.

/** @import {Deeds} from "./deeds.js" */
/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {About, HeardRow} from "./wire.js" */
/** @import {Entry} from "../support_chat/types.d.ts" */
import { effect, signal } from "../support_chat/vendor/preact.js";

/**
 * @typedef {object} Shown
 * @property {() => void} back when it is refused
 * @property {(position: number) => void} [told] when it is done; where its entry stands
 *
 * @typedef {object} Decision
 * @property {string} name of the deed: one at a time and chat
 * @property {string} command
 * @property {Record<string, any>} [more] of its fields
 * @property {boolean} [ends] one writes there no more
 * @property {string} failed in words, before why
 * @property {() => (Shown | null)[]} show
 */

/**
 * Ask for it, and show it meanwhile. What is decided later goes to the server later.
 * @param {Desk} desk
 * @param {string} id
 * @param {Decision} decision
 * @returns {Promise<boolean>} whether it was done
 */
export async function decide({ deeds }, id, { name, command, more, ends, failed, show }) {
  if (deeds.busy.peek().has(`${name}:${id}`)) return false;
  const shown = show();
  let position = 0;
  const ask = async () => ({ position = 0 } = await deeds.command(command, id, more));
  const done = await deeds.act(name, id, () => inTurn(deeds, id, ends ? () => deeds.writtenFirst(id, ask) : ask), { failed });
  for (const each of shown) done ? each?.told?.(position) : each?.back();
  return done;
}

/** Of each desk, the last of what was decided in a chat. @type {WeakMap<Deeds, Map<string, Promise<any>>>} */
const turns = new WeakMap();

/** @param {Deeds} deeds @param {string} id @param {() => Promise<any>} work */
function inTurn(deeds, id, work) {
  const last = turns.get(deeds) ?? new Map();
  turns.set(deeds, last);
  const turn = last.get(id)?.then(work, work) ?? work();
  const over = () => void (last.get(id) === turn && last.delete(id));
  last.set(id, turn);
  turn.then(over, over);
  return turn;
}

/** Its row in the lists. @param {Desk} desk @param {string} id @param {Partial<HeardRow>} more @returns {Shown | null} */
export function showRow({ inbox: { rows } }, id, more) {
  const put = (/** @type {HeardRow} */ row) => void (rows.value = new Map(rows.peek()).set(id, row));
  const before = rows.peek().get(id);
  if (!before) return null;
  put({ ...before, ...more });
  const back = () => {
    const now = rows.peek().get(id);
    if (now && now.heard === before.heard && now.position === before.position && holds(now, more)) put({ ...now, ...asIn(before, more) });
  };
  return { back };
}

/** What is known of the open chat. @param {Desk} desk @param {string} id @param {Partial<About>} more @returns {Shown | null} */
export function showAbout({ chats }, id, more) {
  const about = chats.get(id)?.about;
  const before = about?.peek();
  if (!about || !before) return null;
  about.value = { ...before, ...more };
  const back = () => {
    const now = about.peek();
    if (now && holds(now, more)) about.value = { ...now, ...asIn(before, more) };
  };
  return { back };
}

/** @param {any} now @param {object} more */
function holds(now, more) {
  return Object.entries(more).every(([key, value]) => now[key] === value);
}

/** @param {any} before @param {object} more */
function asIn(before, more) {
  return Object.fromEntries(Object.keys(more).map((key) => [key, before[key]]));
}

/** @type {WeakMap<OpenChat, import("../support_chat/vendor/preact.js").Signal<Entry[]>>} */
const foretold = new WeakMap();

/** @param {OpenChat} chat */
function foretoldIn(chat) {
  const entries = foretold.get(chat) ?? signal(/** @type {Entry[]} */ ([]));
  foretold.set(chat, entries);
  return entries;
}

/** What was said in a chat, and what is about to be said. @param {OpenChat} chat */
export function saidIn(chat) {
  const more = foretoldIn(chat).value;
  return more.length ? [...chat.log.entries.value, ...more] : chat.log.entries.value;
}

/** As if its log said so, until it does. @param {Desk} desk @param {string} id @param {Pick<Entry, "kind" | "body"> & {author?: {id: string}}} said @returns {Shown | null} */
export function foretell({ chats }, id, said) {
  const chat = chats.get(id);
  if (!chat) return null;
  const entries = foretoldIn(chat);
  const entry = /** @type {Entry} */ (said);
  const back = () => void (entries.value = entries.peek().filter((each) => each !== entry));
  entries.value = [...entries.peek(), entry];
  const told = (/** @type {number} */ position) => {
    const stop = effect(() => {
      if (chat.log.entries.value && chat.log.position < position) return;
      back();
      queueMicrotask(() => stop());
    });
  };
  return { back, told };
}
