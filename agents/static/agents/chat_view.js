// The chat in front: who it is with, what was said, and the box.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {WritingProps} from "./writing.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { Timeline } from "../support_chat/timeline.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icons.js";
import { staffWords } from "./staff_words.js";
import { inPlainWords, safeName } from "./words.js";
import { Writing } from "./writing.js";

/**
 * @typedef {object} ChatProps
 * @property {Desk} desk
 * @property {OpenChat} chat
 * @property {CannedReplies} canned
 * @property {WritingProps["focus"]} focus
 * @property {boolean} visitorShown
 * @property {() => void} onVisitor
 * @property {() => void} onBack
 */

/** @param {ChatProps} props */
export function ChatView({ desk, chat, canned, focus, visitorShown, onVisitor, onBack }) {
  const name = nameOf(desk, chat);
  const state = stateOf(desk, chat);
  return html`<section class="chat" aria-label=${`Chat with ${name}`}>
    <header class="chat-head">
      <button type="button" class="button quiet square back" aria-label="Back to the lists" onClick=${onBack}><${Icon} name="back" /></button>
      ${h(Avatar, { id: chat.id, name })}
      <div class="chat-title"><h2 tabindex="-1"><bdi>${name}</bdi></h2><p class="chat-state">${state.says}</p></div>
      <div class="chat-actions">${actions(desk, chat, state, focus)}
        <button type="button" class="button quiet square" aria-label="Visitor details" aria-pressed=${visitorShown} onClick=${onVisitor}>
          <${Icon} name="person" />
        </button>
      </div>
    </header>
    ${chat.refusal.value ? refused(chat.refusal.value) : log(desk, chat)}
    ${(chat.about.value || !chat.refusal.value) && h(Writing, { desk, chat, canned, name, hint: state.hint, focus })}
  </section>`;
}

/** @param {Error} error */
function refused(error) {
  return html`<div class="chat-log"><p class="empty" role="alert">${inPlainWords(error)}</p></div>`;
}

/**
 * @param {Desk} desk
 * @param {OpenChat} chat
 */
function log(desk, chat) {
  const me = desk.inbox.me.value;
  if (chat.loading.value && !chat.log.entries.value.length) return html`<div class="chat-log" aria-busy="true"></div>`;
  return html`<div class="chat-log">${h(Timeline, {
    key: chat.id,
    log: chat.log,
    pending: desk.pending.value,
    me: { role: "agent", id: me?.id },
    audience: "staff",
    read: chat.readByVisitor.value,
    words: staffWords,
    label: "Conversation",
    onRetry: (id) => desk.outbox.retry(id),
    onDiscard: (id) => desk.outbox.discard(id),
    onEarlier: () => chat.earlier(),
    foot: h(Typing, { chat }),
    onSeen: (position) => {
      chat.shownUpTo = Math.max(chat.shownUpTo, position);
      desk.markRead(chat);
    },
  })}</div>`;
}

/** @param {{chat: OpenChat}} props */
function Typing({ chat }) {
  const who = chat.typing.who.value;
  if (!who.length) return null;
  return html`<p class="typing">${who.map(({ author, preview, mode }) => html`<span key=${author.id ?? author.role}>
    <i class="typing-dots" aria-hidden="true"><b></b><b></b><b></b></i>
    <bdi>${safeName(author.name ?? "The visitor")}</bdi> ${mode === "note" ? "is writing a note" : "is typing"}${preview && html`: <q>${preview}</q>`}
  </span>`)}</p>`;
}

/** @typedef {{kind: "mine" | "queued" | "theirs" | "closed" | "unknown", says: string, hint: string | null}} ChatState */

/**
 * @param {Desk} desk
 * @param {OpenChat} chat
 * @returns {ChatState}
 */
function stateOf(desk, chat) {
  const about = chat.about.value;
  if (chat.refusal.value) return { kind: "unknown", says: "", hint: "Nothing can be sent here." };
  if (!about) return { kind: "unknown", says: "", hint: null };
  const queue = about.queue.name;
  if (about.state === "closed") return { kind: "closed", says: "Closed", hint: "This chat is closed. Reopen it to reply." };
  if (about.state === "queued") return { kind: "queued", says: `Waits in ${queue}`, hint: "Nobody has this chat yet. Accept it to reply." };
  if (about.agent?.id === desk.inbox.me.value?.id) return { kind: "mine", says: `With you, from ${queue}`, hint: null };
  const agent = safeName(about.agent?.name ?? "a colleague");
  return { kind: "theirs", says: `With ${agent}, from ${queue}`, hint: `${agent} has this chat. You can leave a note for the team.` };
}

/**
 * @param {Desk} desk
 * @param {OpenChat} chat
 * @param {ChatState} state
 * @param {WritingProps["focus"]} focus
 */
function actions(desk, chat, { kind }, focus) {
  const busy = desk.busy.value;
  const toBox = () => void (focus.value = { mode: "reply" });
  /** @param {Promise<boolean>} done @param {() => void} go */
  const then = async (done, go) => {
    if ((await done) && desk.front.peek() === chat && focusIsFree()) go();
  };
  if (kind === "queued") return action("Accept", "primary", busy.has(`accept:${chat.id}`), () => then(desk.accept(chat.id), toBox));
  if (kind === "mine") return action("Close chat", "", busy.has(`close:${chat.id}`), () => then(desk.close(chat.id), toTitle));
  if (kind === "closed") return action("Reopen chat", "", busy.has(`reopen:${chat.id}`), () => then(desk.reopen(chat.id), toBox));
  return null;
}

/** The button that was pressed is still there, or went with what it did; the agent has not gone elsewhere. */
function focusIsFree() {
  const at = document.activeElement;
  return at === null || at === document.body || at.closest(".chat-actions") !== null;
}

function toTitle() {
  /** @type {HTMLElement | null} */ (document.querySelector(".chat-title h2"))?.focus();
}

/**
 * @param {string} name
 * @param {string} look
 * @param {boolean} busy
 * @param {() => void} onClick
 */
function action(name, look, busy, onClick) {
  return html`<button type="button" key=${name} class=${`button ${look}`} aria-disabled=${busy} aria-busy=${busy}
    onClick=${onClick}>${name}</button>`;
}

/**
 * @param {Desk} desk
 * @param {OpenChat} chat
 */
export function nameOf(desk, chat) {
  const name = chat.about.value?.visitor.name ?? desk.inbox.find(chat.id)?.visitor.name;
  if (name === undefined) return chat.refusal.value ? "Chat" : "…";
  return safeName(name);
}
