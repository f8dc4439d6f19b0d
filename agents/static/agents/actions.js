// Everything a key or the palette does with what the console shows: what is added here has a key, a line in the
// sheet and a place in the palette.

/** @import {Desk} from "./desk.js" */
/** @import {FocusWish} from "./writing.js" */
import { gettext } from "../support_chat/gettext.js";
import { isAside, mayLookUp, stateOf, whoseIs } from "./chat_state.js";
import { editFilter, isFilter } from "./many_bar.js";
import { itemsOf } from "./menu_items.js";
import { order } from "./order_deeds.js";
import { close, reopen } from "./own_deeds.js";
import { mayMerge } from "./same_person.js";
import { take } from "./taking.js";
import { viewsOf } from "./views.js";
import { whisperedTo } from "./whispering.js";

/**
 * @typedef {{desk: Desk, focus: {value: FocusWish | null}}} Here
 *
 * @typedef {object} Action
 * @property {string} id under which the server keeps the agent's own key
 * @property {string} key that it begins with; "": none
 * @property {string} name in the sheet
 * @property {(here: Here) => void} run
 * @property {(here: Here) => boolean} [can] from where the agent is, with what is in their hands; without it: always
 * @property {string} [wish] what the palette calls it; without it the palette has it in another way
 * @property {string} [says] found by, too
 */

/** @type {Action[]} */
export const ACTIONS = [
  { id: "next", key: "j", name: gettext("Next chat in the lists"), run: () => stepThroughRows(1) },
  { id: "before", key: "k", name: gettext("Chat before"), run: () => stepThroughRows(-1) },
  {
    id: "reply", key: "r", name: gettext("Write a reply"), wish: gettext("Write a reply"),
    can: isOne("mine", "handed"), run: (here) => write(here, { mode: "reply" }),
  },
  {
    id: "note", key: "n", name: gettext("Write a note"), wish: gettext("Write a note"),
    can: (here) => front(here) !== null, run: (here) => write(here, { mode: "note" }),
  },
  {
    id: "canned", key: "/", name: gettext("Find a canned reply; in the box also Ctrl Space"), wish: gettext("Find a canned reply"),
    can: isOne("mine", "handed"), run: (here) => write(here, { mode: "reply", slash: true }),
  },
  {
    id: "accept", key: "a", name: gettext("Accept the open chat, else the first offer; one of yours: transfer it"), wish: gettext("Accept this chat"),
    can: isOne("offered", "next"), run: acceptOrGive,
  },
  {
    id: "keep", key: "", name: gettext("Keep the open chat while you hand it over"), wish: gettext("Keep this chat"),
    can: isOne("handed"), run: (here) => withOpen(here, ["handed"], (id) => takeHere(here, id)),
  },
  {
    id: "next-in-line", key: "", name: gettext("Go to who is next in the queue"), wish: gettext("Go to who is next"),
    can: isOne("later"), run: ({ desk }) => goTo(desk, desk.inbox.next.peek()?.conversation),
  },
  { id: "decline", key: "d", name: gettext("Decline the first offer"), wish: gettext("Decline this chat"), can: isOne("offered"), run: (here) => ask(here, "decline", offered(here)) },
  { id: "transfer", key: "t", name: gettext("Transfer the open chat"), wish: gettext("Transfer this chat"), can: isOne("mine"), run: (here) => ask(here, "transfer", openAs(here, "mine")) },
  {
    id: "assign", key: "g", name: gettext("Give the open chat to an agent, for supervisors"), wish: gettext("Give this chat to an agent"),
    can: (here) => assignable(here) !== null, run: (here) => ask(here, "assign", assignable(here)),
  },
  {
    id: "look-up", key: "l", name: gettext("Looking it up: tell the visitor that it takes a while"), wish: gettext("Looking it up: tell the visitor that it takes a while"),
    can: (here) => isOne("mine")(here) && mayLookUp(here.desk, front(here)?.id ?? ""), run: (here) => withOpen(here, ["mine"], (id) => here.desk.deeds.lookUp(id)),
  },
  {
    id: "tags", key: "#", name: gettext("Tags of the open chat"), wish: gettext("Tags of this chat"),
    can: (here) => front(here) !== null, run: (here) => ask(here, "tags", front(here)?.id ?? null),
  },
  {
    id: "snooze", key: "z", name: gettext("Put the open chat aside"), wish: gettext("Put this chat aside"),
    can: (here) => isOne("mine")(here) && !isAside(here.desk, front(here)?.id ?? ""), run: (here) => ask(here, "snooze", openAs(here, "mine")),
  },
  {
    id: "wake", key: "", name: gettext("Take up again what is put aside"), wish: gettext("Take this chat up again"),
    can: (here) => isOne("mine")(here) && isAside(here.desk, front(here)?.id ?? ""), run: (here) => withOpen(here, ["mine"], (id) => order(here.desk).wake(id)),
  },
  fromMenu("invite", gettext("Bring in a colleague")),
  fromMenu("call-help", gettext("Get help now: every free supervisor")),
  fromMenu("ask-to-join", gettext("Ask to join the open chat")),
  fromMenu("come-in", gettext("Come in where you are asked in"), "i"),
  fromMenu("stay-out", gettext("Do not come in")),
  fromMenu("leave", gettext("Leave a colleague’s chat")),
  fromMenu("take-over", gettext("Take over the open chat"), "y"),
  {
    id: "whisper", key: "w", name: gettext("Whisper to whoever has the open chat"), wish: gettext("Whisper to whoever has this chat"),
    can: mayWhisper, run: (here) => mayWhisper(here) && write(here, { mode: "note", whisper: true }),
  },
  fromMenu("spam", gettext("Mark the open chat as spam")),
  fromMenu("not-spam", gettext("The open chat is no spam")),
  fromMenu("block", gettext("Block the visitor")),
  {
    id: "merge", key: "", name: gettext("Merge the visitor with another one"), wish: gettext("Merge this visitor with another one"),
    can: mayMergeHere, run: (here) => mayMergeHere(here) && ask(here, "merge", front(here)?.id ?? null),
  },
  {
    id: "close", key: "e", name: gettext("Close the open chat"), wish: gettext("Close this chat"),
    can: isOne("mine", "handed"), run: (here) => withOpen(here, ["mine", "handed"], (id) => close(here.desk, id)),
  },
  {
    id: "reopen", key: "o", name: gettext("Reopen the open chat"), wish: gettext("Reopen this chat"),
    can: isOne("closed"), run: (here) => withOpen(here, ["closed"], (id) => reopen(here.desk, id)),
  },
  {
    id: "board", key: "b", name: gettext("The board, for supervisors and managers"), wish: gettext("The board, or back"), says: gettext("Queues, team, waiting"),
    can: ({ desk }) => desk.watches, run: ({ desk }) => void (desk.watches && (desk.boardShown.value = !desk.boardShown.peek())),
  },
  {
    id: "on-site", key: "", name: gettext("Visitors on the site, and inviting them"), wish: gettext("Visitors on the site"), says: gettext("Who opened the chat; invite"),
    can: ({ desk }) => seesTheSite(desk), run: ({ desk }) => void (seesTheSite(desk) && (desk.asking.value = { name: "onSite" })),
  },
  {
    id: "visitor", key: "v", name: gettext("Visitor details, shown or hidden"), wish: gettext("Visitor details"), can: (here) => front(here) !== null,
    run: () => /** @type {HTMLElement | null} */ (document.querySelector(".chat-actions > [aria-pressed]"))?.click(),
  },
  {
    id: "lists", key: "", name: gettext("Back to the lists"), wish: gettext("Back to the lists"), can: (here) => front(here) !== null,
    run: ({ desk }) => desk.putAside(),
  },
  {
    id: "keep-filter", key: "", name: gettext("Save the shown view as a filter"), wish: gettext("Save this view as a filter"), says: gettext("Edit filter…"),
    can: ({ desk }) => filterIn(desk) !== null, run: ({ desk }) => saveFilter(desk),
  },
  { id: "search", key: "f", name: gettext("Search people, messages and files"), wish: gettext("Search"), says: gettext("People, messages, files"), run: () => document.getElementById("search")?.focus() },
  { id: "choose", key: "x", name: gettext("In a view: choose the chat; with Shift and an arrow, the next one too"), run: choose },
  { id: "help", key: "?", name: gettext("This sheet"), wish: gettext("Keys and looks"), says: gettext("Shortcuts, language, sounds, density"), run: ({ desk }) => void (desk.asking.value = { name: "keys" }) },
];

/** Whether the server tells who is on it: an older one does not. @param {Desk} desk */
export function seesTheSite({ socket }) {
  return Boolean(socket?.welcome?.features?.includes("on_site"));
}

/** The chat that is shown. @param {Here} here */
function front({ desk }) {
  return desk.boardShown.peek() ? null : desk.front.peek();
}

/** The open chat, when it stands like this. @param {Here} here @param {...string} kinds */
function openAs(here, ...kinds) {
  const chat = front(here);
  return chat && kinds.includes(stateOf(here.desk, chat).kind) ? chat.id : null;
}

/** @param {...string} kinds @returns {(here: Here) => boolean} */
function isOne(...kinds) {
  return (here) => openAs(here, ...kinds) !== null;
}

/** @param {Here} here @param {string[]} kinds @param {(id: string) => unknown} go */
function withOpen(here, kinds, go) {
  const id = openAs(here, ...kinds);
  if (id) void go(id);
}

/** @param {Here} here @param {FocusWish} wish */
function write(here, wish) {
  if (front(here)) here.focus.value = wish;
}

/** @param {Here} here */
function offered(here) {
  return openAs(here, "offered") ?? here.desk.inbox.offers.peek()[0]?.conversation ?? null;
}

/** The open chat, in a queue that they supervise, while nobody is done with it. @param {Here} here */
function assignable(here) {
  const id = openAs(here, "mine", "handed", "offered", "next", "later", "theirs");
  const queue = id === null ? null : whoseIs(here.desk, id)?.queue;
  return queue && here.desk.inbox.amIn(queue, "supervisor") ? id : null;
}

/** @param {Here} here @param {string} name of the dialog @param {string | null} id */
function ask({ desk }, name, id) {
  if (id) desk.asking.value = { name, id };
}

/** @param {Here} here */
function acceptOrGive(here) {
  const id = openAs(here, "next", "handed") ?? offered(here);
  if (id) takeHere(here, id);
  else ask(here, "transfer", openAs(here, "mine"));
}

/** @param {Here} here @param {string} id */
function takeHere({ desk }, id) {
  void take(desk, id, () => goTo(desk, id));
}

/** @param {Desk} desk @param {string | undefined} id */
function goTo(desk, id) {
  if (id) desk.open(id);
}

/** What the menu of the open chat holds, whenever it holds it. @param {string} id @param {string} name @param {string} [key] @returns {Action} */
function fromMenu(id, name, key = "") {
  const found = (/** @type {Here} */ here) => {
    const chat = front(here);
    return chat ? itemsOf(here.desk, chat).flat().find((item) => item.id === id) : undefined;
  };
  return { id, key, name, wish: name, can: (here) => found(here) !== undefined, run: (here) => found(here)?.run() };
}

/** @param {Here} here */
function mayWhisper(here) {
  const chat = front(here);
  return chat !== null && whisperedTo(here.desk, chat) !== "";
}

/** @param {Here} here */
function mayMergeHere(here) {
  const chat = front(here);
  return chat !== null && mayMerge(here.desk, chat);
}

/** The view that stands on conditions. @param {Desk} desk */
function filterIn(desk) {
  const chosen = desk.view.value;
  return chosen && isFilter(viewsOf(desk), chosen) ? chosen : null;
}

/** @param {Desk} desk */
function saveFilter(desk) {
  const chosen = filterIn(desk);
  if (chosen) editFilter(desk, viewsOf(desk), chosen);
}

/** The row of a view that the focus is in. */
function choose() {
  document.activeElement?.closest(".view-row")?.querySelector("input")?.click();
}

/** @param {1 | -1} step */
function stepThroughRows(step) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-row]")]);
  const focused = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const at = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute("aria-current"));
  const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[to]?.focus();
}
