// What can be done with the open chat beside answering it, by who one is in it: bring somebody in, come in or go, keep
// somebody out. The menu and the palette both ask here.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { gettext } from "../support_chat/gettext.js";
import { stateOf } from "./chat_state.js";
import { companyOf } from "./company.js";
import { join } from "./company_deeds.js";
import { askToJoin, endParticipation, markSpam } from "./own_deeds.js";
import { besideIn, isSpam } from "./participants.js";

/** @typedef {{id: string, name: string, run: () => void, bad?: boolean}} Item `id` that of the action that does the same */

/** In parts, each of which may be empty. @param {Desk} desk @param {OpenChat} chat @returns {Item[][]} */
export function itemsOf(desk, chat) {
  const about = chat.about.value;
  if (!companyOf(desk).offered.value || !about) return [];
  const { kind } = stateOf(desk, chat);
  const isMine = kind === "mine" || kind === "handed";
  return [...(isMine ? [ofOwner(desk, chat)] : about.state === "active" ? ofOthers(desk, chat, about.queue.id) : []), againstSpam(desk, chat, isMine)];
}

/** @param {Desk} desk @param {string} name of the dialog @param {string} id */
function asks({ asking }, name, id) {
  return () => void (asking.value = { name, id });
}

/** @param {Desk} desk @param {OpenChat} chat @returns {Item[]} */
function ofOwner(desk, { id }) {
  return [
    { id: "invite", name: gettext("Bring in a colleague…"), run: asks(desk, "invite", id) },
    { id: "call-help", name: gettext("Get help now…"), run: asks(desk, "help", id) },
  ];
}

/** Of a colleague's chat. @param {Desk} desk @param {OpenChat} chat @param {string} queue @returns {Item[][]} */
function ofOthers(desk, chat, queue) {
  const { id } = chat;
  const me = desk.inbox.me.value?.id ?? "";
  if (!me) return [];
  const standing = besideIn(chat)[me];
  const leaves = () => void endParticipation(desk, id, me);
  const comes = [
    { id: "come-in", name: gettext("Come in"), run: () => void join(desk, id) },
    { id: "stay-out", name: gettext("Not now"), run: leaves },
  ];
  const theirs = {
    guest: [{ id: "leave", name: gettext("Leave this chat"), run: leaves }],
    asking: [{ id: "stay-out", name: gettext("Take back"), run: leaves }],
    invited: comes,
    called: comes,
    none: desk.inbox.amIn(queue, "agent", "supervisor") ? [{ id: "ask-to-join", name: gettext("Ask to join"), run: () => void askToJoin(desk, id) }] : [],
  };
  const overs = desk.inbox.amIn(queue, "supervisor") ? [{ id: "take-over", name: gettext("Take over…"), run: asks(desk, "over", id) }] : [];
  return [[...theirs[standing ?? "none"], ...overs]];
}

/** @param {Desk} desk @param {OpenChat} chat @param {boolean} isMine @returns {Item[]} */
function againstSpam(desk, chat, isMine) {
  const { state = "", queue } = chat.about.value ?? {};
  const may = (/** @type {string} */ role) => desk.inbox.amIn(queue?.id ?? "", role);
  if (!isMine && !may("supervisor") && !(state !== "active" && may("agent"))) return [];
  const spam = isSpam(chat);
  return [
    { id: spam ? "not-spam" : "spam", name: spam ? gettext("Not spam") : gettext("Mark as spam"), run: () => void markSpam(desk, chat.id, !spam) },
    { id: "block", name: gettext("Block visitor…"), run: asks(desk, "block", chat.id), bad: true },
  ];
}
