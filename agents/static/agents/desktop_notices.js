// Notices of the desktop, while no eye is on this window: what happened, and a click that opens the chat.

/** @import {Desk} from "./desk.js" */
/** @import {Happening} from "./happenings.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { preferences } from "./preferences.js";
import { safeName } from "./words.js";

/** "default": not asked yet. "unsupported": this browser has none. */
export const permission = signal(/** @type {NotificationPermission | "unsupported"} */ (globalThis.Notification?.permission ?? "unsupported"));

/** Within a click of the agent's; browsers ask once. */
export async function askPermission() {
  if (permission.peek() === "default") permission.value = await Notification.requestPermission();
  return permission.peek() === "granted";
}

/** What a notice of this says. @param {Happening} happening @param {string} queue its name */
export function noticeOf({ kind, row }, queue) {
  const name = safeName(row.visitor.name);
  const title = {
    offered: gettext("%(name)s: a chat is offered to you"),
    given: gettext("%(name)s: a new chat for you"),
    message: gettext("%(name)s wrote"),
    waiting: gettext("%(name)s waits in %(queue)s"),
  }[kind];
  return { title: fill(title, { name, queue }), body: row.last?.role === "visitor" ? row.last.text : "" };
}

/** @param {Desk} desk @param {Happening} happening */
export function tellOnDesktop(desk, happening) {
  if (!preferences.peek().notices || permission.peek() !== "granted" || document.hasFocus()) return;
  const { row } = happening;
  const queue = desk.inbox.queues.peek().find(({ id }) => id === (row.wanted ?? row.queue))?.name ?? "";
  const { title, body } = noticeOf(happening, queue);
  show(title, { body, tag: row.conversation }, () => desk.open(row.conversation));
}

/** @type {Set<Notification>} those of this window */
const shown = new Set();

/** @param {string} title @param {NotificationOptions} options @param {() => void} [onClick] */
export function show(title, options, onClick = () => {}) {
  try {
    const notice = new Notification(title, options);
    shown.add(notice);
    notice.onclose = () => void shown.delete(notice);
    notice.onclick = () => {
      window.focus();
      notice.close();
      onClick();
    };
  } catch {
    permission.value = "unsupported"; // phones show notices of their workers alone
  }
}

/** Somebody looks: what they say is before their eyes. */
export function takeDown() {
  for (const notice of shown) notice.close();
}
