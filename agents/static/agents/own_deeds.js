// What an agent decides of a chat alone: closing, taking up again, declining, who is beside them, what is spam, who is
// who. Each shows at once and goes back in words.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {Standing} from "./participants.js" */
/** @import {About} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { decide, foretell, showAbout, showRow } from "./ahead.js";
import { companyOf } from "./company.js";
import { besideIn } from "./participants.js";
import { elapsed } from "./waiting.js";

/** So many earlier chats stand beside a chat until the agent asks for more, as the server tells them. */
const EARLIER = 20;
/** A merge can be taken back for so long (s). */
const UNDONE_WITHIN = 600;

/** @param {Desk} desk @param {string} id */
export function close(desk, id) {
  const show = () => closed(desk, id);
  return decide(desk, id, { name: "close", command: "close_conversation", ends: true, failed: gettext("The chat was not closed."), show });
}

/** As its own agent sees it. @param {Desk} desk @param {string} id */
function closed(desk, id) {
  const row = desk.inbox.rows.peek().get(id);
  const agent = desk.chats.get(id)?.about.peek()?.agent;
  const since = row && { closed_ago: -elapsed(row.heard, Date.now()), waited: null, sort: null, offered: null, wanted: null };
  return [showRow(desk, id, { state: "closed", ...since }), showAbout(desk, id, { state: "closed", agent: agent ? { ...agent } : null })];
}

/** One of their own stands open at once; for a colleague's the server decides first. @param {Desk} desk @param {string} id */
export function reopen(desk, id) {
  const me = desk.inbox.me.peek();
  const failed = gettext("The chat was not reopened.");
  if (!me || !desk.isMine(id)) {
    return desk.deeds.act("reopen", id, () => desk.deeds.command("reopen_conversation", id), { says: gettext("Reopening…"), failed });
  }
  const show = () => [
    showRow(desk, id, { state: "active", closed_ago: null, idle: null, snoozed: null, woken: null }),
    showAbout(desk, id, { state: "active", agent: { id: me.id, name: me.name } }),
  ];
  return decide(desk, id, { name: "reopen", command: "reopen_conversation", failed, show });
}

/** @param {Desk} desk @param {string} id @param {string} reason may be empty */
export function decline(desk, id, reason) {
  const more = reason ? { reason } : {};
  const show = () => [showRow(desk, id, { offered: null })];
  return decide(desk, id, { name: "decline", command: "decline_conversation", more, failed: gettext("The offer was not declined."), show });
}

/** @param {Desk} desk @param {string} id */
export function askToJoin(desk, id) {
  const me = desk.inbox.me.peek()?.id ?? "";
  const show = () => [foretell(desk, id, { kind: "asked_to_join", author: { id: me }, body: {} })];
  return decide(desk, id, { name: "ask", command: "ask_to_join", failed: gettext("You did not ask to join."), show });
}

/** A guest goes, or who was invited or asks does not come in. @param {Desk} desk @param {string} id @param {string} agent */
export function endParticipation(desk, id, agent) {
  const isMe = agent === desk.inbox.me.peek()?.id;
  const chat = desk.chats.get(id);
  const standing = chat && besideIn(chat)[agent];
  const show = () => [foretell(desk, id, gone(agent, standing)), isMe ? companyOf(desk).showLeft(id) : null];
  const failed = isMe && standing === "guest" ? gettext("You are still in this chat.") : gettext("That did not change.");
  return decide(desk, id, { name: `end ${agent}`, command: "end_participation", more: { agent }, ends: isMe, failed, show });
}

/** @param {string} agent @param {Standing | undefined} standing */
function gone(agent, standing) {
  return standing === "guest" ? { kind: "left", author: { id: agent }, body: { guest: true } } : { kind: "not_joined", body: { agent: { id: agent } } };
}

/** It ends what is open. @param {Desk} desk @param {string} id @param {boolean} spam */
export function markSpam(desk, id, spam) {
  const ends = spam && desk.chats.get(id)?.about.peek()?.state !== "closed";
  const show = () => [
    foretell(desk, id, { kind: "marked_spam", body: { spam } }),
    ...(ends ? closed(desk, id) : []),
    told(desk, spam ? gettext("Marked as spam. It counts for nothing.") : gettext("No longer spam.")),
  ];
  const failed = spam ? gettext("The chat was not marked as spam.") : gettext("The chat is still marked as spam.");
  return decide(desk, id, { name: "spam", command: "mark_spam", more: { spam }, ends: true, failed, show });
}

/** @param {Desk} desk @param {string} id @param {{by: string, lasts: string}} how */
export function block(desk, id, how) {
  const show = () => [told(desk, gettext("Blocked. Managers can lift it in the settings."))];
  return decide(desk, id, { name: "block", command: "block_visitor", more: how, failed: gettext("The visitor was not blocked."), show });
}

/** In the corner, and gone from there when it is not so. @param {Desk} desk @param {string} words */
function told({ notices }, words) {
  notices.say(words);
  const said = notices.shown.peek().at(-1)?.id ?? 0;
  return { back: () => notices.dismiss(said) };
}

/** The visitor of this chat and that one are the same person. @param {Desk} desk @param {OpenChat} chat @param {{id: string, name: string, verified: boolean}} other */
export function merge(desk, chat, { id, name, verified }) {
  const left = UNDONE_WITHIN + elapsed(chat.aboutHeard, Date.now());
  const change = (/** @type {Partial<About>} */ { same = [], alike = [] }) => ({
    same: [...same.filter((each) => each.id !== id), { id, name, verified, undo_in: left }],
    alike: alike.filter((each) => each.id !== id),
  });
  const failed = gettext("They were not merged.");
  return person(desk, chat, { name: `merge ${id}`, command: "merge_visitors", more: { visitor: id }, failed }, change);
}

/** They are not, after all. @param {Desk} desk @param {OpenChat} chat @param {string} id of the other visitor */
export function unmerge(desk, chat, id) {
  const change = (/** @type {Partial<About>} */ { same = [], alike = [] }) => ({ same: same.filter((each) => each.id !== id), alike });
  const failed = gettext("They are still the same person.");
  return person(desk, chat, { name: `unmerge ${id}`, command: "unmerge_visitors", more: { visitor: id }, failed }, change);
}

/**
 * What else is changed by it the server tells when it is asked anew.
 * @param {Desk} desk @param {OpenChat} chat
 * @param {Omit<import("./ahead.js").Decision, "show">} decision
 * @param {(about: Partial<About>) => Pick<About, "same" | "alike">} change
 */
async function person(desk, chat, decision, change) {
  const show = () => [showAbout(desk, chat.id, change(chat.about.peek() ?? {}))];
  const done = await decide(desk, chat.id, { ...decision, show });
  const about = chat.about.peek();
  if (!done || !about) return done;
  chat.about.value = { ...about, history: about.history.slice(0, EARLIER) }; // what was fetched behind them may be somebody else's
  await chat.refresh();
  return done;
}
