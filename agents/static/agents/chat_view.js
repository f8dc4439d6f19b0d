// The chat in front: who it is with, what was said, and the box.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {HeldBack} from "./undo_send.js" */
/** @import {WritingProps} from "./writing.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { SentFiles } from "../support_chat/files.js";
import { gettext } from "../support_chat/gettext.js";
import { isRevisable, Revising } from "../support_chat/revising.js";
import { fill, language } from "../support_chat/sentences.js";
import { Timeline } from "../support_chat/timeline.js";
import { tryAgain } from "./aside.js";
import { ChatHead } from "./chat_head.js";
import { stateOf } from "./chat_state.js";
import { companyOf } from "./company.js";
import { CompanyBar } from "./company_bar.js";
import { guardedEdits } from "./guarded_edits.js";
import { Landing } from "./landing.js";
import { asGuest } from "./participants.js";
import { cannedOf } from "./here.js";
import { discard, filesOf } from "./desk_files.js";
import { windowOf } from "./log_window.js";
import { SendingSoon } from "./sending_soon.js";
import { takeBack } from "./taking_back.js";
import { TypingLine } from "./typing_line.js";
import { wordsOf } from "./unseen.js";
import { lineWithWhy } from "./why_line.js";
import { inPlainWords, safeName } from "./words.js";
import { Writing } from "./writing.js";

/**
 * @typedef {object} ChatProps
 * @property {Desk} desk
 * @property {OpenChat} chat
 * @property {import("./here.js").Boot} boot
 * @property {WritingProps["focus"]} focus
 * @property {boolean} visitorShown
 * @property {() => void} onVisitor
 * @property {() => void} onBack
 */

/** @param {ChatProps} props */
export function ChatView({ desk, chat, boot, focus, visitorShown, onVisitor, onBack }) {
  const name = nameOf(desk, chat);
  const state = asGuest(desk, chat, stateOf(desk, chat));
  return html`<section class="chat" aria-label=${fill(gettext("Chat with %(name)s"), { name })}>
    ${h(ChatHead, { desk, chat, name, state, focus, visitorShown, onVisitor, onBack })}
    ${h(CompanyBar, { desk, chat })}
    ${chat.refusal.value ? refused(chat.refusal.value) : log(desk, chat, focus, cannedOf(desk, boot))}
    ${(chat.about.value || !chat.refusal.value) && h(Writing, { desk, chat, canned: cannedOf(desk, boot), name, hint: state.hint, focus })}
  </section>`;
}

/** @param {Error} error */
function refused(error) {
  return html`<div class="chat-log"><p class="empty" role="alert">${inPlainWords(error)}</p></div>`;
}

/**
 * @param {Desk} desk
 * @param {OpenChat} chat
 * @param {WritingProps["focus"]} focus
 * @param {import("./canned_replies.js").CannedReplies} canned
 */
function log(desk, chat, focus, canned) {
  const me = desk.inbox.me.value;
  if (chat.loading.value && !chat.log.entries.value.length) return html`<div class="chat-log" aria-busy="true"></div>`;
  const shown = windowOf(chat.log);
  return html`<div class="chat-log">${h(Timeline, {
    key: chat.id,
    log: shown,
    pending: desk.pending.value,
    me: { role: "agent", id: me?.id },
    audience: "staff",
    read: chat.readByVisitor.value,
    words: wordsOf(chat),
    locale: language(),
    label: gettext("Conversation"),
    onRetry: (id) => tryAgain(desk, chat, id),
    onDiscard: (id) => discard(desk, id),
    onEarlier: () => shown.lookBack(() => chat.earlier()),
    foot: h(TypingLine, { desk, chat }),
    renderEntry: lineWithWhy,
    renderFiles: (files) => h(SentFiles, { door: filesOf(desk), files }),
    renderTools: toolsOf(desk, chat, canned, (id) => takeBack(desk, focus, id)),
    onSeen: (position) => {
      shown.atEnd();
      chat.shownUpTo = Math.max(chat.shownUpTo, position);
      desk.markRead(chat);
      companyOf(desk).seen(chat);
    },
  })}</div>`;
}

/** @type {WeakMap<OpenChat, (row: import("../support_chat/timeline_rows.js").Bubble) => any>} one a chat: another redraws every row */
const tools = new WeakMap();

/** What an agent may do with a message of theirs; and where they are led to a note. @param {Desk} desk @param {OpenChat} chat @param {import("./canned_replies.js").CannedReplies} canned @param {(clientId: string) => void} onUndo */
function toolsOf(desk, chat, canned, onUndo) {
  const { id } = chat;
  const known = tools.get(chat);
  if (known) return known;
  const edits = guardedEdits(desk, chat, canned);
  /** @param {import("../support_chat/timeline_rows.js").Bubble} row */
  const made = (row) => {
    if (row.state === "held") return h(SendingSoon, { item: /** @type {HeldBack} */ (row.item), onUndo: () => onUndo(row.key) });
    if (row.entry && row.kind !== "message") return h(Landing, { desk, id, entry: row.entry });
    return isRevisable(row) ? h(Revising, { row, conversation: id, ...edits }) : null;
  };
  tools.set(chat, made);
  return made;
}

/**
 * @param {Desk} desk
 * @param {OpenChat} chat
 */
export function nameOf(desk, chat) {
  const name = chat.about.value?.visitor.name ?? desk.inbox.find(chat.id)?.visitor.name;
  if (name === undefined) return chat.refusal.value ? gettext("Chat") : "…";
  return safeName(name);
}
