// All that can be done and gone to from where the agent is, found by its words.

/** @import {Here} from "./actions.js" */
/** @import {Desk} from "./desk.js" */
/** @import {HeardRow} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { ACTIONS } from "./actions.js";
import { stateOf } from "./chat_state.js";
import { companyOf } from "./company.js";
import { answersTo } from "./company_bar.js";
import { macrosOf } from "./here.js";
import { findIn } from "./finding.js";
import { keyOf } from "./keymap.js";
import { chooseStatus, leave } from "./leaving.js";
import { merge, unmerge } from "./own_deeds.js";
import { besideIn } from "./participants.js";
import { prefer } from "./preferences.js";
import { undoable } from "./same_person.js";
import { STATUSES } from "./status_words.js";
import { VIEWS, viewsOf } from "./views.js";
import { safeName } from "./words.js";

/**
 * @typedef {object} Wish
 * @property {string} id
 * @property {string} name
 * @property {string} says more of it, also found by
 * @property {string} [key] the agent's own shortcut that does the same
 * @property {() => void} run
 */

/**
 * @typedef {object} Place what the console can do from where the agent is
 * @property {Here["focus"]} focus
 * @property {import("./here.js").Boot & {transcripts: string | null, settings: string | null, own: {language: string}}} boot
 * @property {(id: string) => void} open a chat
 */

/** So many at most when something is typed: what is not among them is found sooner by another word. */
const BEST = 12;

/** @param {Desk} desk @param {Place} place @returns {Wish[]} */
export function wishesOf(desk, { focus, boot, open }) {
  return [...ofActions({ desk, focus }), ...ofPeople(desk), ...ofMacros(desk, boot), ...ofDesk(desk), ...ofStatus(desk), ...ofPages(boot), ...ofLists(desk, open)];
}

/** @param {Wish[]} wishes @param {string} typed */
export function findWishes(wishes, typed) {
  return findIn(wishes, typed, ({ name, says }) => [[name, 2], [says, 1]]).slice(0, BEST);
}

/** What can be done from here. @param {Here} here @returns {Wish[]} */
function ofActions(here) {
  const chat = here.desk.boardShown.value ? null : here.desk.front.value;
  const whom = safeName(chat?.about.value?.visitor.name ?? "");
  return ACTIONS.filter(({ wish, can }) => wish && (!can || can(here))).map((action) => ({
    id: action.id,
    name: /** @type {string} */ (action.wish),
    says: action.says ?? whom,
    key: keyOf(action).toUpperCase(),
    run: () => action.run(here),
  }));
}

/** Who is in the open chat, wants to be, or is the same person as its visitor. @param {Desk} desk @returns {Wish[]} */
function ofPeople(desk) {
  const chat = desk.boardShown.value ? null : desk.front.value;
  if (!chat?.about.value) return [];
  const me = desk.inbox.me.value?.id;
  const { alike = [], visitor } = chat.about.value;
  const beside = Object.entries(besideIn(chat)).filter(([agent]) => agent !== me);
  const wish = (/** @type {string} */ id, /** @type {string} */ words, /** @type {string} */ name, /** @type {() => void} */ run) =>
    ({ id, name: fill(words, { name: safeName(name) }), says: safeName(visitor.name), run });
  return [
    ...beside.flatMap(([agent, standing]) => answersTo(desk, chat, agent, standing).map(({ name, deed, run }) => wish(`${deed} ${name}`, `${name}: %(name)s`, companyOf(desk).nameOf(agent), run))),
    ...(me ? alike : []).map((other) => wish(`merge-${other.id}`, gettext("%(name)s is the same person"), other.name, () => void merge(desk, chat, other))),
    ...undoable(chat).map(({ id, name }) => wish(`unmerge-${id}`, gettext("%(name)s is somebody else after all"), name, () => void unmerge(desk, chat, id))),
  ];
}

/** In a chat of one's own. @param {Desk} desk @param {Place["boot"]} boot @returns {Wish[]} */
function ofMacros(desk, boot) {
  const chat = desk.boardShown.value ? null : desk.front.value;
  if (!chat || stateOf(desk, chat).kind !== "mine") return [];
  return macrosOf(desk, boot).of(chat.about.value?.visitor.site).map(({ id, name }) => ({
    id: `macro-${id}`,
    name,
    says: gettext("Macro: see what it would do, then run it"),
    run: () => void (desk.asking.value = { name: "macro", id: chat.id, macro: id }),
  }));
}

/** @param {Desk} desk @returns {Wish[]} */
function ofDesk(desk) {
  const looks = gettext("Looks");
  return [
    { id: "view-inbox", name: gettext("View: Inbox"), says: gettext("My chats and the queue"), run: () => viewsOf(desk).open(null) },
    ...VIEWS.map((view) => ({ id: `view-${view.key}`, name: fill(gettext("View: %(name)s"), { name: view.name }), says: "", run: () => viewsOf(desk).open(view) })),
    { id: "filter", name: gettext("Filter chats"), says: gettext("By conditions; save it as a view"), run: () => void (desk.asking.value = { name: "filter" }) },
    { id: "attention", name: gettext("Sounds and notices"), says: gettext("Quiet hours, push, working hours"), run: () => void (desk.asking.value = { name: "attention" }) },
    { id: "light", name: gettext("Light"), says: looks, run: () => prefer({ look: "light" }) },
    { id: "dark", name: gettext("Dark"), says: looks, run: () => prefer({ look: "dark" }) },
    { id: "comfortable", name: gettext("Comfortable"), says: gettext("Density"), run: () => prefer({ density: "comfortable" }) },
    { id: "compact", name: gettext("Compact"), says: gettext("Density"), run: () => prefer({ density: "compact" }) },
    { id: "out", name: gettext("Sign out"), says: "", run: () => leave(desk) },
  ];
}

/** @param {Desk} desk @returns {Wish[]} */
function ofStatus(desk) {
  const me = desk.inbox.me.value;
  if (!me?.id) return [];
  return STATUSES.filter(({ id }) => id !== me.status).map(({ id, name }) => ({
    id: `status-${id}`,
    name,
    says: gettext("Status"),
    run: () => void chooseStatus(desk, /** @type {any} */ (id)),
  }));
}

/** @param {Place["boot"]} boot @returns {Wish[]} */
function ofPages({ transcripts, settings, library }) {
  const pages = /** @type {[string, string | null, string][]} */ ([
    [gettext("Transcripts"), transcripts, gettext("Find, read and download chats")],
    [gettext("Settings"), settings, gettext("Hours, queues, agents, the widget")],
    [gettext("Canned replies and macros"), library, gettext("Write, move, bring in and out")],
  ]);
  return pages.flatMap(([name, address, says]) => (address ? [{ id: address, name, says, run: () => location.assign(address) }] : []));
}

/** @param {Desk} desk @param {(id: string) => void} open @returns {Wish[]} */
function ofLists({ inbox }, open) {
  const { mine, idle, offers, waiting, closed } = inbox;
  const rows = [mine, idle, offers, waiting, closed].flatMap(({ value }) => value);
  return [...new Map(rows.map((row) => [row.conversation, goTo(row, open)])).values()];
}

/** @param {HeardRow} row @param {(id: string) => void} open @returns {Wish} */
function goTo({ conversation, visitor, last }, open) {
  return { id: conversation, name: safeName(visitor.name), says: last?.text ?? "", run: () => open(conversation) };
}
