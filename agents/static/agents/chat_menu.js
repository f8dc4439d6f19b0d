// What can be done with the open chat beside answering it, as a menu.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { gettext } from "../support_chat/gettext.js";
import { h } from "../support_chat/vendor/preact.js";
import { ActionMenu } from "./action_menu.js";
import { itemsOf } from "./menu_items.js";

/** @param {{desk: Desk, chat: OpenChat}} props */
export function ChatMenu({ desk, chat }) {
  const parts = itemsOf(desk, chat).filter((part) => part.length);
  const items = parts.flatMap((part, n) => (n ? [null, ...part] : part));
  return items.length > 0 && h(ActionMenu, { label: gettext("More for this chat"), items });
}
