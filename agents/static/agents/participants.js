// Who is beside a chat's owner, as the log tells it: the same steps as the server's (desk/participants.py).

/** @import {ChatState} from "./chat_state.js" */
/** @import {Desk} from "./desk.js" */
/** @import {Entry} from "../support_chat/types.d.ts" */
/** @import {OpenChat} from "./open_chat.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { saidIn } from "./ahead.js";
import { safeName } from "./words.js";

/** @typedef {"guest" | "invited" | "called" | "asking"} Standing */
/** @typedef {Record<string, Standing>} Beside by the agents' ids */

/** After these nobody is beside the owner. */
const ENDS = new Set(["opened", "returned_to_queue", "closed", "reopened"]);

/** @type {Record<string, (beside: Beside, entry: Entry) => Beside>} */
const STEPS = {
  invited: (beside, { body }) => (body.agent ? { ...beside, [body.agent.id]: "invited" } : beside),
  asked_to_join: (beside, { author }) => ({ ...beside, [author.id ?? ""]: "asking" }),
  not_joined: (beside, { body }) => without(beside, body.agent?.id),
  called_help: (beside, { body }) => ({ ...beside, ...Object.fromEntries((body.agents ?? []).map((/** @type {{id: string}} */ { id }) => [id, "called"])) }),
  joined: (beside, { author, body }) => (body.guest ? { ...beside, [author.id ?? ""]: "guest" } : beside),
  left: (beside, { author, body }) => (body.guest ? without(beside, author.id ?? "") : beside),
  assigned: (beside, { body }) => without(beside, body.agent?.id),
};

/**
 * What was known, then what the log says: what is known already changes nothing when it is read again, since nothing
 * is known that the newest entries do not bear out.
 * @param {Beside} known
 * @param {Entry[]} entries the newest ones, in order
 * @returns {Beside}
 */
export function besideAfter(known, entries) {
  return entries.reduce((beside, entry) => (ENDS.has(entry.kind) ? {} : (STEPS[entry.kind]?.(beside, entry) ?? beside)), known);
}

/** @param {Beside} beside @param {string} id @returns {Beside} */
function without(beside, id) {
  return Object.fromEntries(Object.entries(beside).filter(([each]) => each !== id));
}

/** Of an open chat, by now. @param {OpenChat} chat @returns {Beside} */
export function besideIn(chat) {
  return besideAfter(/** @type {Beside} */ (chat.about.value?.participants ?? {}), saidIn(chat));
}

/** Whether an open chat counts as spam by now. @param {OpenChat} chat */
export function isSpam(chat) {
  const said = saidIn(chat).findLast(({ kind }) => kind === "marked_spam" || kind === "reopened");
  return said ? Boolean(said.body.spam) : Boolean(chat.about.value?.spam);
}

/** The same state, unless they are a guest: then they may write. @param {Desk} desk @param {OpenChat} chat @param {ChatState} state @returns {ChatState} */
export function asGuest(desk, chat, state) {
  const me = desk.inbox.me.value?.id;
  if (!me || state.kind !== "theirs" || besideIn(chat)[me] !== "guest") return state;
  const name = safeName(chat.about.value?.agent?.name ?? gettext("a colleague"));
  return { ...state, says: fill(gettext("You help %(name)s here"), { name }), hint: null };
}
