// The head of the open chat: who it is with, how it stands, and what can be done with it.

/** @import {ChatState} from "./chat_state.js" */
/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {WritingProps} from "./writing.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { ticking } from "../support_chat/when.js";
import { Avatar } from "./avatar.js";
import { ChatMenu } from "./chat_menu.js";
import { isAside, mayLookUp } from "./chat_state.js";
import { Icon } from "./icons.js";
import { mixedMark } from "./mixed_name.js";
import { order, tagsOf } from "./order_deeds.js";
import { MOON, TAG } from "./order_icons.js";
import { asideInWords } from "./putting_aside.js";
import { close, reopen } from "./own_deeds.js";
import { stillHere } from "./still_here.js";
import { take } from "./taking.js";
import { ViewerFaces } from "./viewer_faces.js";
import { firstReplyDue, onTheClock, worry } from "./waiting.js";
import { WaitingWhy } from "./why_words_shown.js";

const second = ticking(1);

/**
 * @typedef {object} HeadProps
 * @property {Desk} desk
 * @property {OpenChat} chat
 * @property {string} name
 * @property {ChatState} state
 * @property {WritingProps["focus"]} focus
 * @property {boolean} visitorShown
 * @property {() => void} onVisitor
 * @property {() => void} onBack
 */

/** @param {HeadProps} props */
export function ChatHead(props) {
  const { desk, chat, name, state, visitorShown, onVisitor, onBack } = props;
  return html`<header class="chat-head">
    <button type="button" class="button quiet square back" aria-label=${gettext("Back to the lists")} onClick=${onBack}><${Icon} name="back" /></button>
    ${h(Avatar, { id: chat.id, name })}
    <div class="chat-title"><h2 tabindex="-1"><bdi>${name}</bdi>${mixedMark(name)}</h2>
      <p class="chat-state">${h(FirstReply, { desk, chat, state })}${desk.deeds.under(chat.id) || asideOf(desk, chat) || state.says}</p></div>
    ${h(ViewerFaces, { desk, chat })}
    <div class="chat-actions">${actionsFor(props)}
      ${h(ChatMenu, { desk, chat })}
      <button type="button" class="button quiet square" aria-label=${gettext("Visitor details")} aria-pressed=${visitorShown} onClick=${onVisitor}>
        <${Icon} name="person" />
      </button>
    </div>
    ${h(Tags, { desk, chat })}
    ${(state.kind === "next" || state.kind === "later") && h(WaitingWhy, { key: chat.id, desk, id: chat.id })}
  </header>`;
}

/** How long they have waited for the first reply. @param {{desk: Desk, chat: OpenChat, state: ChatState}} props */
function FirstReply({ desk, chat, state }) {
  void second.value;
  const row = desk.inbox.rows.value.get(chat.id);
  const due = row && state.kind === "mine" ? firstReplyDue(row, Date.now()) : null;
  if (due === null || worry(due) === "calm") return null;
  return html`<b class="waiting" data-worry=${worry(due)}>${fill(gettext("Waiting for your first reply, %(time)s"), { time: onTheClock(due) })}</b> `;
}

/** @param {HeadProps} props */
function actionsFor({ desk, chat, state, focus }) {
  const { deeds } = desk;
  const id = chat.id;
  const toBox = () => void (focus.value = { mode: "reply" });
  /** What is pressed goes at once where it is shown at once: the focus with it. */
  const reopened = async () => {
    const [isOwn, isHere, done] = [desk.isMine(id), stillHere(desk), reopen(desk, id)];
    if (isOwn || ((await done) && isHere())) toBox();
  };
  const is = (/** @type {string} */ name) => deeds.busy.value.get(`${name}:${id}`);
  const accept = action(gettext("Accept"), "primary", is("accept") ?? is("decline"), () => take(desk, id, toBox));
  const ask = (/** @type {string} */ name) => () => void (desk.asking.value = { name, id });
  switch (state.kind) {
    case "offered": return [action(gettext("Decline"), "", is("accept") && "", ask("decline")), accept];
    case "next": return accept;
    case "later": return action(gettext("Go to who is next"), "", undefined, () => desk.open(desk.inbox.next.peek()?.conversation ?? id));
    case "handed": return action(gettext("Keep it"), "primary", is("accept"), () => take(desk, id, toBox));
    case "mine": return [looking(desk, id, is("look") !== undefined), small(TAG, gettext("Tags"), ask("tags")), aside(desk, id, ask("snooze")), withIcon("hand", gettext("Transfer"), ask("transfer")),
      action(gettext("Close chat"), "", is("close"), () => (void close(desk, id), toTitle()))];
    case "closed": return [small(TAG, gettext("Tags"), ask("tags")), action(gettext("Reopen chat"), "", is("reopen"), () => void reopened())];
    case "theirs": return small(TAG, gettext("Tags"), ask("tags"));
    default: return null;
  }
}

/** Put aside, or take up again. @param {Desk} desk @param {string} id @param {() => void} ask */
function aside(desk, id, ask) {
  return isAside(desk, id) ? action(gettext("Take up again"), "", desk.deeds.busy.value.get(`wake:${id}`), () => (void order(desk).wake(id), toTitle())) : small(MOON, gettext("Snooze"), ask);
}

/** @param {Desk} desk @param {OpenChat} chat */
function asideOf(desk, chat) {
  return asideInWords(desk.inbox.rows.value.get(chat.id));
}

/** The tags it bears; a click leads to the box for them. @param {{desk: Desk, chat: OpenChat}} props */
function Tags({ desk, chat }) {
  const tags = tagsOf(desk, chat.id);
  return tags.length > 0 && html`<button type="button" class="head-tags" aria-label=${fill(gettext("Tags: %(tags)s"), { tags: tags.join(", ") })}
    onClick=${() => (desk.asking.value = { name: "tags", id: chat.id })}>${tags.map((tag) => html`<span key=${tag} class="tag">${tag}</span>`)}</button>`;
}

/** @param {Desk} desk @param {string} id @param {boolean} busy */
function looking(desk, id, busy) {
  return mayLookUp(desk, id) && withIcon("clock", gettext("Looking it up"), () => void (busy || desk.deeds.lookUp(id)));
}

function toTitle() {
  /** @type {HTMLElement | null} */ (document.querySelector(".chat-title h2"))?.focus();
}

/**
 * @param {string} name
 * @param {string} look
 * @param {string | undefined} doing what is under way, in words; undefined: nothing
 * @param {() => void} onClick
 */
function action(name, look, doing, onClick) {
  const busy = doing !== undefined;
  return html`<button type="button" key=${name} class=${`button ${look}`} aria-disabled=${busy} aria-busy=${busy}
    onClick=${() => busy || onClick()}>${doing || name}</button>`;
}

/** A drawing, with its words where there is room. @param {string} icon @param {string} name @param {() => void} onClick */
function withIcon(icon, name, onClick) {
  return html`<button type="button" key=${name} class="button quiet" aria-label=${name} title=${name} onClick=${onClick}>
    <${Icon} name=${icon} /><span class="wide">${name}</span></button>`;
}

/** A drawing alone. @param {string} icon @param {string} name @param {() => void} onClick */
function small(icon, name, onClick) {
  return html`<button type="button" key=${name} class="button quiet square" aria-label=${name} title=${name} onClick=${onClick}><${Icon} name=${icon} /></button>`;
}
