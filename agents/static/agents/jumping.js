// To one entry of a chat: its log is fetched down to there, and the entry shown.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {Entry} from "../support_chat/types.d.ts" */
import { effect } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { windowOf } from "./log_window.js";

/** Entries of a page: what the server gives at most. */
const PAGE = 100;
/** So many entries before it are drawn with it. */
const AROUND = 20;
/** So long (ms) it stands out. */
const STANDS_OUT = 2500;

/** @param {Desk} desk @param {{conversation: string, position: number, kind: string}} to */
export async function jumpTo(desk, { conversation, position, kind }) {
  desk.open(conversation);
  const chat = desk.chats.get(conversation);
  if (!chat || kind === "chat" || kind === "person") return; // as it stands: at its end
  await opened(chat);
  try {
    await fetchDownTo(chat, position);
  } catch {
    const told = gettext("The older messages could not be fetched. Scroll up to try again.");
    return desk.notices.say(told, { bad: true });
  }
  if (desk.front.peek() === chat) show(position);
}

/** @param {OpenChat} chat @returns {Promise<void>} */
function opened(chat) {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (chat.loading.value && !chat.refusal.value) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

/** All that is missing at once: each page in front of a long log draws it anew. @param {OpenChat} chat @param {number} position */
export async function fetchDownTo(chat, position) {
  const { log, socket, id } = chat;
  /** @type {Entry[]} */
  let older = [];
  let earlier = log.earlier.peek();
  let before = log.first;
  while (earlier && before > position) {
    const page = await socket.request("page", { conversation: id, before, limit: PAGE });
    older = [...page.entries, ...older];
    earlier = page.earlier;
    before = older[0]?.position ?? position;
  }
  if (older.length) log.prepend({ entries: older, earlier });
  windowOf(log).reachTo(position - AROUND);
}

/** @param {number} position */
function show(position) {
  // Twice: the first frame draws the log, and only then is there anything to scroll to.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const row = /** @type {HTMLElement | null} */ (document.querySelector(`.chat [data-position="${position}"]`));
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.dataset.found = "";
    setTimeout(() => delete row.dataset.found, STANDS_OUT);
  }));
}
