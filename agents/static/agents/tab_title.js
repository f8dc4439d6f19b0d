// Unread chats in the tab's title and on its icon, and reading when the window gets the focus.

/** @import {Desk} from "./desk.js" */
import { effect } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";

const TITLE = gettext("Console – Support Chat");

/** @param {Desk} desk */
export function keepTitle(desk) {
  effect(() => {
    const unread = desk.inbox.unread.value;
    document.title = unread ? `(${unread}) ${TITLE}` : TITLE;
  });
}

/** What was shown while the window was away counts as read once somebody looks. @param {Desk} desk */
export function readOnFocus(desk) {
  const look = () => {
    const chat = desk.front.peek();
    if (chat) desk.markRead(chat);
  };
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  effect(() => void (desk.front.value?.about.value && look()));
}
