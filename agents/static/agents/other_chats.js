// The chats that an agent has open beside the one in front, as far as the guard against the wrong chat asks of them.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {Desk} from "./desk.js" */
/** @import {Fact} from "./facts.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {Other} from "./wrong_chat.js" */
/** @import {HeardRow} from "./wire.js" */
import { ChatFacts } from "./chat_facts.js";
import { factsIn } from "./facts.js";
import { fullName } from "./names.js";
import { factsAbout, isSaid, strayIn, textsAbout } from "./wrong_chat.js";

/** @type {WeakMap<OpenChat, ChatFacts>} */
const known = new WeakMap();

/**
 * What in a reply belongs to another open chat, and to whose.
 * @param {string} text
 * @param {OpenChat} chat the one it would go to
 * @param {Desk} desk
 * @param {CannedReplies} canned
 * @returns {{fact: Fact, of: string} | null} `of`: the name of the other visitor
 */
export function strayFor(text, chat, desk, canned) {
  const stray = strayIn(text, () => textsOf(chat, desk), othersOf(chat, desk), (fact) => isSaid(fact, ourOwn(desk, canned)));
  return stray && { fact: stray.fact, of: nameOf(stray.chat, desk) };
}

/** Keep what every open chat holds, from now on as its entries come. @param {Desk} desk */
export function followAll(desk) {
  for (const chat of desk.chats.values()) factsOf(chat);
}

/** @param {OpenChat} chat @returns {ChatFacts} */
function factsOf(chat) {
  const before = known.get(chat);
  if (before) return before;
  const facts = new ChatFacts();
  known.set(chat, facts);
  chat.stops.push(chat.log.entries.subscribe((entries) => facts.read(entries)));
  return facts;
}

/** @param {OpenChat} here @param {Desk} desk @returns {Other[]} */
function othersOf(here, desk) {
  const chats = [...desk.chats.values()].filter((chat) => chat !== here && chat.about.peek()?.state !== "closed");
  const rows = desk.inbox.held.peek().filter(({ conversation }) => conversation !== here.id && !desk.chats.has(conversation));
  return [...chats.map((chat) => ({ id: chat.id, facts: factsOf(chat), about: factsAbout(chat.about.peek()) })), ...rows.map(byItsRow)];
}

/** A chat that was not opened in this window yet. @param {HeardRow} row @returns {Other} */
function byItsRow({ conversation, visitor, last }) {
  const name = fullName(visitor.name);
  return { id: conversation, facts: new ChatFacts(), about: [...(name ? [name] : []), ...factsIn(last?.text ?? "")] };
}

/** What was said, what is known, and what is on its way. @param {OpenChat} chat @param {Desk} desk */
function* textsOf(chat, desk) {
  for (const { conversation, body } of desk.outbox.pending.peek()) if (conversation === chat.id) yield body;
  yield* textsAbout(chat.about.peek());
  for (const { body } of chat.log.entries.peek()) if (typeof body?.text === "string") yield body.text;
}

/** What stands in any chat: our names, and the canned replies. @param {Desk} desk @param {CannedReplies} canned */
function* ourOwn({ inbox }, canned) {
  for (const { name } of inbox.teammates.peek()) yield name;
  yield inbox.me.peek()?.name ?? "";
  for (const { text } of canned.all.peek()) yield text;
}

/** @param {string} id @param {Desk} desk */
function nameOf(id, { chats, inbox }) {
  return chats.get(id)?.about.peek()?.visitor.name ?? inbox.rows.peek().get(id)?.visitor.name ?? "";
}
