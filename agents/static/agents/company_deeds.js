// What an agent may do about who else is in a chat, where others have a say in it: each asks the server, and says meanwhile
// that it is under way.

/** @import {RefusedError} from "../support_chat/errors.js" */
/** @import {Desk} from "./desk.js" */
import { gettext } from "../support_chat/gettext.js";
import { inPlainWords } from "./words.js";

/** @param {Desk} desk @param {string} id @param {string} agent */
export function invite(desk, id, agent) {
  const says = gettext("Asking them in…");
  return desk.deeds.act(`invite ${agent}`, id, () => desk.deeds.command("invite_agent", id, { agent }), { says });
}

/** @param {Desk} desk @param {string} id */
export function join(desk, id) {
  return desk.deeds.act("join", id, () => desk.deeds.command("join_conversation", id), { says: gettext("Coming in…") });
}

/** @param {Desk} desk @param {string} id @param {string} reason may be empty */
export async function callHelp(desk, id, reason) {
  try {
    await desk.deeds.command("call_help", id, reason ? { reason } : {});
    return true;
  } catch (error) {
    const { code } = /** @type {RefusedError} */ (error);
    const words = code === "unavailable" ? gettext("No supervisor of this queue is free right now.") : inPlainWords(/** @type {Error} */ (error));
    desk.notices.say(words, { bad: true });
    return false;
  }
}

/** @param {Desk} desk @param {string} id @param {string} reason */
export function takeOver(desk, id, reason) {
  return desk.deeds.assign(id, { to_agent: desk.inbox.me.peek()?.id ?? "", reason, force: true }, gettext("Taking over…"));
}

/** Whom a block would hit beside them. @param {Desk} desk @param {string} id @returns {Promise<Record<string, number | null>>} */
export async function weighBlock(desk, id) {
  return (await desk.socket.request("weigh_block", { conversation: id })).others;
}

/** The whisper waits with whatever else is about to be sent. @param {Desk} desk @param {string} id @param {string} body */
export function whisper(desk, id, body) {
  desk.undo.post(id, body, { command: "whisper" });
}
