// What this console has beside the desk: the canned replies and the macros, and what it knows to put into them.

/** @import {Desk} from "./desk.js" */
/** @import {Known} from "./variables.js" */
import { gettext } from "../support_chat/gettext.js";
import { CannedReplies } from "./canned_replies.js";
import { filesOf } from "./desk_files.js";
import { draftKey } from "./drafts.js";
import { Macros } from "./macros.js";
import { knownOf } from "./variable_values.js";
import { filled } from "./variables.js";

/**
 * @typedef {object} Boot what the page says
 * @property {string} canned_replies address
 * @property {string} macros address
 * @property {string} attention address of what one wants to hear
 * @property {{path: string, language: string}} own settings that go with the account
 * @property {string} library address of the pages on which both are written
 * @property {string} name of who is signed in
 * @property {Record<string, string>} public_names under which they write, by the name of the site
 */

/** @type {WeakMap<Desk, CannedReplies>} */
const replies = new WeakMap();
/** @type {WeakMap<Desk, Macros>} */
const macros = new WeakMap();

/** One a desk, loaded as soon as it is asked for. @param {Desk} desk @param {Boot} boot */
export function cannedOf(desk, boot) {
  const known = replies.get(desk);
  if (known) return known;
  const made = new CannedReplies(boot.canned_replies, desk.socket, (text, chat) => filled(text, knownIn(desk, boot, chat)));
  made.library = boot.library;
  made.onFiles = (chat, files, fetched) => {
    const missing = () => desk.notices.say(gettext("The files of this reply could not be fetched. Attach them by hand."), { bad: true });
    filesOf(desk).bring(draftKey(desk.user, chat, "reply"), { conversation: chat }, files, fetched).catch(missing);
  };
  replies.set(desk, made);
  made.load();
  return made;
}

/** One a desk; whoever shows them loads them. @param {Desk} desk @param {Boot} boot */
export function macrosOf(desk, boot) {
  const known = macros.get(desk);
  if (known) return known;
  const made = new Macros(boot.macros);
  macros.set(desk, made);
  return made;
}

/** @param {Desk} desk @param {Boot} boot @param {string} chat @returns {Known} */
export function knownIn(desk, boot, chat) {
  const about = desk.chats.get(chat)?.about.peek() ?? null;
  const agent = boot.public_names[about?.visitor.site ?? ""] ?? boot.name.split(" ")[0];
  return knownOf(about, { id: chat, agent });
}
