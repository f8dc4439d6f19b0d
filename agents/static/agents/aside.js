// Replies that the server has set aside: a colleague or a bot wrote, or the chat went to somebody else, after what their
// author had seen. They wait, in the order in which they were written, until they are sent all the same or taken back.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {WritingProps} from "./writing.js" */
/** @import {Entry} from "../support_chat/types.d.ts" */
/** @import {Pending} from "../support_chat/outbox.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { effect } from "../support_chat/vendor/preact.js";
import { crossedIn } from "./crossing.js";
import { discard } from "./desk_files.js";
import { nameOf } from "./reason_dialogs.js";

/** Up to where a reply to this chat says that it was seen; undefined: nobody compares it. @param {Desk} desk @param {OpenChat} chat */
export function seenIn({ socket }, { log }) {
  return (log.position && socket.welcome?.features?.includes("seen") && log.position) || undefined;
}

/** @param {Desk} desk @param {string} chat @returns {Pending[]} as they were written */
export function asideIn({ outbox }, chat) {
  return outbox.pending.value.filter((item) => item.conversation === chat && isAside(item));
}

/** @param {Pending} item */
export function isAside({ state, error }) {
  return state === "failed" && error?.code === "crossed";
}

/** The newest that the first of them has crossed; null: it has not come yet. @param {Pending[]} aside @param {OpenChat} chat @param {string | undefined} me @returns {Entry | null} */
export function crossedBy([first], { log }, me) {
  return (first && crossedIn(log.entries.value, first.fields.seen ?? 0, me)) ?? null;
}

/** Send them as they are: what they had crossed was read. @param {Desk} desk @param {OpenChat} chat */
export function sendAside(desk, chat) {
  for (const { client_id, body, files } of asideIn(desk, chat.id)) {
    desk.outbox.discard(client_id);
    desk.reply(chat.id, body, files, seenIn(desk, chat));
  }
}

/** One that failed goes again; one that was set aside with all of them, in order. @param {Desk} desk @param {OpenChat} chat @param {string} clientId */
export function tryAgain(desk, chat, clientId) {
  if (asideIn(desk, chat.id).some(({ client_id }) => client_id === clientId)) sendAside(desk, chat);
  else desk.outbox.retry(clientId);
}

/** They stand in the box again, before whatever was begun there. @param {Desk} desk @param {OpenChat} chat @param {WritingProps["focus"]} focus */
export function takeAside(desk, chat, focus) {
  const aside = asideIn(desk, chat.id);
  for (const { client_id } of aside) discard(desk, client_id);
  focus.value = { mode: "reply", text: aside.map(({ body }) => body).filter(Boolean).join("\n") };
}

/** Of a chat that is not in front a notice says so. @param {Desk} desk */
export function tellAside(desk) {
  const told = new Set();
  return effect(() => {
    for (const { client_id, conversation } of desk.outbox.pending.value.filter(isAside)) {
      if (told.has(client_id)) continue;
      told.add(client_id);
      if (conversation === null || conversation === desk.front.peek()?.id) continue;
      desk.notices.say(fill(gettext("Not sent to %(name)s: the chat changed meanwhile."), { name: nameOf(desk, conversation) }), { bad: true });
    }
  });
}
