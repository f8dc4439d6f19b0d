// The console, whole.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {Desk} from "./desk.js" */
/** @import {EarlierChat} from "./wire.js" */
/** @import {FocusWish} from "./writing.js" */
import { h, html, useEffect, useSignal } from "../support_chat/vendor/preact.js";
import { ChatView } from "./chat_view.js";
import { ConnectionBanner } from "./connection_banner.js";
import { EarlierDialog } from "./earlier_dialog.js";
import { listenForKeys } from "./keys.js";
import { KeysDialog } from "./keys_dialog.js";
import { ListsPane } from "./lists_pane.js";
import { NoticeCorner } from "./notice_corner.js";
import { prefer, preferences } from "./preferences.js";
import { TopBar } from "./top_bar.js";
import { VisitorPane } from "./visitor_pane.js";

/** From here on (CSS px) the visitor stands beside the chat; below, over it. */
const wide = matchMedia("(min-width: 1100px)");
/** Where a focused box would raise a keyboard over the chat, the agent taps it themselves. */
const touch = matchMedia("(pointer: coarse)");

/** @param {{desk: Desk, canned: CannedReplies, boot: any}} props */
export function App({ desk, canned, boot }) {
  const focus = useSignal(/** @type {FocusWish | null} */ (null));
  const keysShown = useSignal(false);
  const over = useSignal(false);
  const earlier = useSignal(/** @type {EarlierChat | null} */ (null));
  const isWide = useSignal(wide.matches);
  useEffect(() => follow(wide, (matches) => (isWide.value = matches)), []);
  useEffect(() => listenForKeys(deeds(desk, focus, keysShown)), []);

  const chat = desk.front.value;
  const visitorShown = Boolean(chat && !lost(chat)) && (isWide.value ? preferences.value.visitorPane : over.value);
  const showVisitor = (/** @type {boolean} */ shown) => (isWide.value ? prefer({ visitorPane: shown }) : (over.value = shown));
  /** @param {string} id */
  const open = (id) => {
    desk.open(id);
    over.value = false;
    if (!touch.matches && desk.isMine(id)) focus.value = { mode: null };
  };
  return html`<div class="console" data-front=${chat !== null} data-visitor=${visitorShown}>
    ${h(TopBar, { desk, boot, onKeys: () => (keysShown.value = true) })}
    ${h(ConnectionBanner, { desk })}
    <main>
    ${h(ListsPane, { desk, onOpen: open })}
    <div class="middle">${chat
      ? h(ChatView, { desk, chat, canned, focus, visitorShown, onVisitor: () => showVisitor(!visitorShown), onBack: () => desk.putAside() })
      : nothingOpen(desk)}</div>
    </main>
    ${chat && visitorShown && h(VisitorPane, { chat, onClose: () => showVisitor(false), onEarlier: (one) => (earlier.value = one) })}
    ${h(NoticeCorner, { notices: desk.notices })}
    ${keysShown.value && h(KeysDialog, { onClose: () => (keysShown.value = false) })}
    ${earlier.value && h(EarlierDialog, { key: earlier.value.id, desk, earlier: earlier.value, onClose: () => (earlier.value = null) })}
  </div>`;
}

/**
 * @param {Desk} desk
 * @param {{value: FocusWish | null}} focus
 * @param {{value: boolean}} keysShown
 */
function deeds(desk, focus, keysShown) {
  /** @param {"reply" | "note"} mode @param {boolean} [slash] */
  const write = (mode, slash) => void (desk.front.peek() && (focus.value = { mode, slash }));
  return {
    write: (/** @type {"reply" | "note"} */ mode) => write(mode),
    canned: () => write("reply", true),
    help: () => (keysShown.value = true),
    accept: () => {
      const chat = desk.front.peek();
      if (chat?.about.peek()?.state === "queued") desk.accept(chat.id);
    },
  };
}

/** It is not there, or not ours, and never was. @param {import("./open_chat.js").OpenChat} chat */
function lost(chat) {
  return chat.refusal.value !== null && chat.about.value === null;
}

/** @param {Desk} desk */
function nothingOpen(desk) {
  const count = desk.inbox.mine.value.length;
  return html`<div class="nothing-open"><h2>${count ? "Choose a chat" : "All quiet"}</h2>
    <p>${count ? "Your chats stand at the left, whoever has waited longest first." : "When a visitor writes, their chat appears at the left."}</p>
    <p class="wide">Press <kbd>?</kbd> for the keys.</p></div>`;
}

/**
 * @param {MediaQueryList} query
 * @param {(matches: boolean) => void} fn
 */
function follow(query, fn) {
  const hear = () => fn(query.matches);
  query.addEventListener("change", hear);
  return () => query.removeEventListener("change", hear);
}
