// How a chat stands to this agent, in words, and what keeps them from replying.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {About, HeardRow} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { placeOf } from "./ordering.js";
import { handingOver, marksOf } from "./row_words.js";
import { safeName } from "./words.js";

/**
 * @typedef {object} ChatState
 * @property {"mine" | "handed" | "offered" | "next" | "later" | "theirs" | "closed" | "unknown"} kind `handed`: mine until
 *   somebody takes it; `next`: it waits, and is the first that I could take; `later`: others come before it
 * @property {string} says
 * @property {string | null} hint why no reply can be sent now
 */

const NOT_YET = gettext("Nobody has this chat yet. Accept it to reply.");

/**
 * @param {Desk} desk
 * @param {OpenChat} chat
 * @returns {ChatState}
 */
export function stateOf(desk, chat) {
  const about = chat.about.value;
  if (chat.refusal.value) return { kind: "unknown", says: "", hint: gettext("Nothing can be sent here.") };
  if (!about) return { kind: "unknown", says: "", hint: null };
  if (about.state === "closed") return { kind: "closed", says: gettext("Closed"), hint: gettext("This chat is closed. Reopen it to reply.") };
  const row = desk.inbox.rows.value.get(chat.id);
  const me = desk.inbox.me.value?.id;
  const place = row && placeOf(row, me);
  if (place === "offers") return { kind: "offered", says: fill(gettext("Offered to you, from %(queue)s"), { queue: about.queue.name }), hint: gettext("Accept this chat to reply.") };
  if (me && about.agent?.id === me) return mine(desk, about, row);
  if (about.state === "queued" || place === "waiting") return waits(desk, about, row);
  const agent = safeName(about.agent?.name ?? gettext("a colleague"));
  return { kind: "theirs", says: fill(gettext("With %(agent)s, from %(queue)s"), { agent, queue: about.queue.name }), hint: fill(gettext("%(agent)s has this chat. You can leave a note for the team."), { agent }) };
}

/** Once a chat and agent its visitor is told that it takes a while. @param {Desk} desk @param {string} id */
export function mayLookUp({ inbox }, id) {
  const row = inbox.rows.value.get(id);
  return row !== undefined && (row.looking ?? null) === null;
}

/** @param {Desk} desk @param {string} id */
export function isAside({ inbox }, id) {
  return (inbox.rows.value.get(id)?.snoozed ?? null) !== null;
}

/**
 * Who answers a chat, by the queue, and who has it: as its row says, or the open chat where it stands in none of one's lists.
 * @param {Desk} desk
 * @param {string} id
 * @returns {{queue: string, agent: {id: string, name: string} | null} | null} null: nothing is known of it any more
 */
export function whoseIs({ inbox, chats }, id) {
  const about = chats.get(id)?.about.value;
  const row = inbox.rows.value.get(id) ?? (about ? null : inbox.find(id));
  if (row) return { queue: row.wanted ?? row.queue, agent: row.agent };
  return about ? { queue: about.queue.id, agent: about.agent } : null;
}

/**
 * @param {Desk} desk
 * @param {About} about
 * @param {HeardRow | undefined} row
 * @returns {ChatState}
 */
function mine(desk, about, row) {
  const handed = row && handingOver(row, desk.inbox.queues.value);
  if (handed) return { kind: "handed", says: `${handed} ${gettext("Until then it is yours")}`, hint: null };
  const over = row?.forced ? `, ${gettext("over your limit, given by a supervisor")}` : "";
  return { kind: "mine", says: `${fill(gettext("With you, from %(queue)s"), { queue: about.queue.name })}${over}`, hint: null };
}

/**
 * @param {Desk} desk
 * @param {About} about
 * @param {HeardRow | undefined} row
 * @returns {ChatState}
 */
function waits(desk, about, row) {
  const says = [fill(gettext("Waits in %(queue)s"), { queue: about.queue.name }), ...(row ? marksOf(row) : [])].join(", ");
  if (row?.offered) return { kind: "theirs", says, hint: fill(gettext("%(name)s is asked to take it."), { name: safeName(row.offered.to.name) }) };
  if (!desk.inbox.me.value?.id) return { kind: "theirs", says, hint: gettext("You answer no chats yourself.") };
  if (row && !desk.inbox.mayTake(row)) return { kind: "theirs", says, hint: gettext("This chat is for somebody else to take.") };
  const first = desk.inbox.next.value;
  if (!row || !first || first.conversation === row.conversation) return { kind: "next", says, hint: NOT_YET };
  return { kind: "later", says, hint: gettext("Somebody else has waited longer.") };
}
