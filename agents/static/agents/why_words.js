// Why somebody got a chat, why others did not, and why nobody has one that waits: in whole sentences.

/** @import {Why} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { safeName } from "./words.js";

/** @type {Record<string, (name: string, why: Why) => string>} */
const CHOSE = {
  known: (name) => fill(gettext("%(name)s had this visitor before."), { name }),
  invited: (name) => fill(gettext("%(name)s had invited this visitor."), { name }),
  least_loaded: (name) => fill(gettext("%(name)s had the most room."), { name }),
  longest_idle: (name) => fill(gettext("%(name)s had been free the longest."), { name }),
  round_robin: (name) => fill(gettext("It was %(name)s's turn."), { name }),
  supervisor: (name, { by, reason }) => `${fill(gettext("%(by)s gave it to %(name)s"), { by: safeName(by ?? gettext("A supervisor")), name })}${reason ? `: “${reason}”` : ""}.`,
};

/** @type {Record<string, (why: Why) => string>} */
const WAITS = {
  offered: ({ eligible = [] }) => fill(gettext("It is offered to %(names)s right now."), { names: named(eligible) || gettext("somebody") }),
  by_hand: () => gettext("In this queue agents take chats themselves."),
  gone: () => gettext("The visitor is not there. Their place is kept, and they go first when they are back."),
  turn: ({ before = 0 }) => ngettext("One chat comes before it.", "%(n)s chats come before it.", before),
  nobody: () => gettext("Nobody may take it now."),
  soon: () => gettext("It is being given right now."),
};

/** Why not, of the agents named before it. @type {Record<string, string>} */
const REFUSALS = {
  has_it: gettext("has it now"),
  not_in_queue: gettext("not in this queue"),
  not_online: gettext("not online"),
  was_asked: gettext("asked already"),
  backup_later: gettext("helps out here only after a while"),
  lacks_skill: gettext("lacks a skill it needs"),
  no_room: gettext("no room"),
  cooling_down: gettext("just got another chat"),
};

/**
 * @param {Why} why
 * @param {string} [name] who got it
 * @returns {string[]}
 */
export function whyGiven(why, name = gettext("A colleague")) {
  const chose = CHOSE[why.rule]?.(safeName(name), why) ?? gettext("The rule that chose is not known to this page.");
  const also = named(why.eligible, why.more?.[""]);
  return [chose, ...(also ? [fill(gettext("Could have got it, too: %(names)s."), { names: also })] : []), ...refusals(why)];
}

/** @param {Why} why @returns {string[]} */
export function whyWaiting(why) {
  const rule = WAITS[why.rule]?.(why) ?? gettext("It waits for its turn.");
  const could = why.rule === "offered" ? "" : named(why.eligible, why.more?.[""]);
  return [rule, ...(could ? [fill(gettext("May take it: %(names)s."), { names: could })] : []), ...refusals(why)];
}

/** @param {Why} why */
function refusals(why) {
  return Object.entries(why.not ?? {}).map(([reason, agents]) => `${sentence(REFUSALS[reason] ?? gettext("for another reason"))}: ${named(agents, why.more?.[reason])}.`);
}

/** @param {string} words */
function sentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {string[] | undefined} names @param {number} [more] */
function named(names = [], more = 0) {
  const all = names.map(safeName);
  if (more) all.push(fill(gettext("%(count)s more"), { count: more }));
  if (all.length < 2) return all[0] ?? "";
  return fill(gettext("%(names)s and %(last)s"), { names: all.slice(0, -1).join(", "), last: all[all.length - 1] });
}
