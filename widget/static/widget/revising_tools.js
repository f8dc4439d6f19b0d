/** @import {Bubble} from "../support_chat/timeline_rows.js" */
/** @import {Chat} from "./chat.js" */
import { h } from "../support_chat/vendor/preact.js";
import { isRevisable, Revising } from "../support_chat/revising.js";
import { setClockBy } from "../support_chat/server_clock.js";
import { revisingWords as words } from "./revising_words.js";

/** What a visitor may do with a message of theirs. @param {Chat} chat @returns {(row: Bubble) => any} */
export function toolsOf({ id, socket, stops }) {
  stops.push(socket.on("entry_added", ({ entry }) => setClockBy(entry.at)));
  return (row) => (isRevisable(row) ? h(Revising, { row, conversation: id, socket, words }) : null);
}
