// What each step of a macro says of itself and does: another kind is a line here.

/** @import {Desk} from "./desk.js" */
/** @import {Step} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { seenIn } from "./aside.js";
import { zone } from "./putting_aside.js";
import { arrived } from "./sent_first.js";
import { statusName } from "./status_words.js";
import { codeInPlainWords, inPlainWords, safeName } from "./words.js";

/**
 * @typedef {object} Kind
 * @property {(step: Step, desk: Desk) => string} says before it is done
 * @property {(step: Step, desk: Desk, chat: string, stop: AbortSignal) => Promise<string | null>} run why it was refused; null: it is done
 */

/** @type {Record<string, Kind>} */
export const KINDS = {
  reply: { says: () => gettext("Send a reply"), run: (step, desk, chat, stop) => post(desk, chat, step, "post_message", stop) },
  note: { says: () => gettext("Add a note for the team"), run: (step, desk, chat, stop) => post(desk, chat, step, "add_note", stop) },
  tag: { says: (step) => fill(gettext("Add the tag “%(tag)s”"), { tag: step.tag ?? "" }), run: (step, desk, chat) => ask(desk, "tag_conversation", chat, { add: [step.tag], remove: [] }) },
  look_up: { says: () => gettext("Tell the visitor that it takes a while"), run: (_, desk, chat) => ask(desk, "look_up", chat) },
  transfer: {
    says: (step, desk) => fill(gettext("Transfer to %(queue)s"), { queue: queueCalled(step, desk) }),
    run: (step, desk, chat) => ask(desk, "transfer_conversation", chat, { to_queue: step.to_queue }),
  },
  hand_over: {
    says: handsOver,
    run: (step, desk, chat) => isMe(step, desk) ? Promise.resolve(gettext("This chat is yours already.")) : ask(desk, "transfer_conversation", chat, { to_agent: step.to_agent }, {
      unavailable: fill(gettext("%(name)s is not online, or not on the team any more."), { name: agentCalled(step, desk) }),
      at_capacity: fill(gettext("%(name)s has no room for another chat."), { name: agentCalled(step, desk) }),
    }),
  },
  snooze: {
    says: (step) => fill(gettext("Put the chat aside: %(when)s"), { when: step.when ?? "" }),
    run: (step, desk, chat) => ask(desk, "snooze_conversation", chat, { when: step.when, zone: zone() }),
  },
  close: { says: () => gettext("Close the chat"), run: (_, desk, chat) => ask(desk, "close_conversation", chat) },
};

/** @param {Desk} desk @param {string} chat @param {Step} step @param {"post_message" | "add_note"} command @param {AbortSignal} stop */
async function post(desk, chat, step, command, stop) {
  const open = command === "post_message" && desk.chats.get(chat);
  const clientId = desk.outbox.post(chat, step.text ?? "", { command, fields: open ? { seen: seenIn(desk, open) } : {} });
  const giveUp = () => desk.outbox.discard(clientId);
  stop.addEventListener("abort", giveUp);
  const came = await arrived(desk, chat, clientId);
  stop.removeEventListener("abort", giveUp);
  if (came === "sent") return null;
  const item = desk.outbox.pending.peek().find(({ client_id }) => client_id === clientId);
  return codeInPlainWords(item?.error ?? null) || gettext("It was not sent.");
}

/** @param {Desk} desk @param {string} command @param {string} chat @param {Record<string, any>} [more] @param {Record<string, string>} [refusals] in words, by code */
async function ask(desk, command, chat, more, refusals = {}) {
  try {
    await desk.deeds.command(command, chat, more);
    return null;
  } catch (error) {
    return refusals[/** @type {any} */ (error).code] ?? inPlainWords(/** @type {Error} */ (error));
  }
}

/** @param {Step} step @param {Desk} desk */
function queueCalled({ to_queue }, { inbox }) {
  return inbox.queues.peek().find(({ id }) => id === to_queue)?.name ?? gettext("another queue");
}

/** Who could not take it as things stand is shown so before. @param {Step} step @param {Desk} desk */
function handsOver(step, desk) {
  const [name, mate] = [agentCalled(step, desk), mateOf(step, desk)];
  if (isMe(step, desk) || mate?.status === "online") return fill(gettext("Hand over to %(name)s"), { name });
  return fill(gettext("Hand over to %(name)s (%(status)s)"), { name, status: mate ? statusName(mate.status) : gettext("gone") });
}

/** @param {Step} step @param {Desk} desk */
function agentCalled(step, desk) {
  const { me } = desk.inbox;
  return safeName((isMe(step, desk) ? me.peek() : mateOf(step, desk))?.name ?? gettext("A colleague"));
}

/** @param {Step} step @param {Desk} desk */
function mateOf({ to_agent }, { inbox }) {
  return inbox.teammates.value.find(({ id }) => id === to_agent);
}

/** @param {Step} step @param {Desk} desk */
function isMe({ to_agent }, { inbox }) {
  return inbox.me.peek()?.id === to_agent;
}
