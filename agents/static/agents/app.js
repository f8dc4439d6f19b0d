// The console, whole.

/** @import {Desk} from "./desk.js" */
/** @import {FocusWish} from "./writing.js" */
import { h, html, useEffect, useLayoutEffect, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { ConnectionBanner } from "./connection_banner.js";
import { keepKeys, takeKeys } from "./early_keys.js";
import { ListsPane } from "./lists_pane.js";
import { NoticeCorner } from "./notice_corner.js";
import { prefer, preferences } from "./preferences.js";
import { TopBar } from "./top_bar.js";
import { Later, code } from "./when_needed.js";

/** From here on (CSS px) the visitor stands beside the chat; below, over it. */
const wide = matchMedia("(min-width: 1100px)");
/** Where a focused box would raise a keyboard over the chat, the agent taps it themselves. */
const touch = matchMedia("(pointer: coarse)");

/** @param {{desk: Desk, boot: any}} props */
export function App({ desk, boot }) {
  const focus = useSignal(/** @type {FocusWish | null} */ (null));
  const over = useSignal(false);
  const isWide = useSignal(wide.matches);
  useEffect(() => follow(wide, (matches) => (isWide.value = matches)), []);
  // With what is shown, not a moment after it: what can be seen answers to its keys.
  useLayoutEffect(() => (code.value ? code.value.listenForKeys({ desk, focus }, takeKeys()) : keepKeys(desk, () => sayMissing(desk))), [code.value]);

  const chat = desk.front.value;
  const board = desk.boardShown.value;
  const visitorShown = Boolean(chat && !board && !lost(chat)) && (isWide.value ? preferences.value.visitorPane : over.value);
  const showVisitor = (/** @type {boolean} */ shown) => (isWide.value ? prefer({ visitorPane: shown }) : (over.value = shown));
  /** @param {string} id */
  const open = (id) => {
    desk.open(id);
    over.value = false;
    if (!touch.matches && desk.isMine(id)) focus.value = { mode: null };
  };
  const onEarlier = (/** @type {import("./wire.js").EarlierChat} */ earlier) => void (desk.asking.value = { name: "earlier", earlier });
  const [onVisitor, onBack, failed] = [() => showVisitor(!visitorShown), () => desk.putAside(), () => sayMissing(desk)];
  return html`<div class="console" data-front=${chat !== null || board} data-visitor=${visitorShown}>
    ${h(TopBar, { desk, boot })}
    <div class="above">${h(ConnectionBanner, { desk })}${desk.inbox.offers.value.length > 0 && h(Later, { part: "OffersBar", props: { desk, onOpen: open } })}</div>
    <main>
    ${h(Later, { part: "SearchPane", props: { desk } })}
    ${h(ListsPane, { desk, onOpen: open })}
    <div class="middle">${board ? h(Later, { part: "Board", props: { desk, onOpen: open }, failed })
      : chat ? h(Later, { part: "ChatView", props: { desk, chat, boot, focus, visitorShown, onVisitor, onBack }, failed })
      : nothingOpen(desk)}</div>
    </main>
    ${chat && visitorShown && h(Later, { part: "VisitorPane", props: { desk, chat, onClose: () => showVisitor(false), onEarlier } })}
    ${h(NoticeCorner, { notices: desk.notices })}
    ${desk.asking.value && h(Later, { part: "Dialogs", props: { desk, asking: desk.asking.value, place: { focus, boot, open } }, failed: () => cannotAsk(desk) })}
  </div>`;
}

/** @param {Desk} desk */
function cannotAsk(desk) {
  desk.asking.value = null;
  sayMissing(desk);
}

/** @param {Desk} desk */
function sayMissing(desk) {
  desk.notices.say(gettext("This part of the console could not be loaded. Try again once the connection is back."), { bad: true });
}

/** It is not there, or not ours, and never was. @param {import("./open_chat.js").OpenChat} chat */
function lost(chat) {
  return chat.refusal.value !== null && chat.about.value === null;
}

/** @param {Desk} desk */
function nothingOpen(desk) {
  const count = desk.inbox.mine.value.length + desk.inbox.waiting.value.length;
  return html`<div class="nothing-open"><h2>${count ? gettext("Choose a chat") : gettext("All quiet")}</h2>
    <p>${count ? gettext("Chats stand at the left, whoever has waited longest first.") : gettext("When a visitor writes, their chat appears at the left.")}</p>
    <p class="wide">${gettext("For the keys press")} <kbd>?</kbd></p></div>`;
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
