// The agent's own settings as the server has them: from hello on, and when another of their windows changes them.

/** @import {Desk} from "./desk.js" */
import { begin } from "./keymap.js";
import { setUndo } from "./own_settings.js";
import { prefer, preferences } from "./preferences.js";
import { shareDrafts } from "./reading_along.js";
import { undoFor } from "./undo_send.js";

/** @typedef {{keys: Record<string, string>, undo_send: number | null, share_drafts?: boolean}} Own `undo_send` null: never chosen */

/** @param {Desk} desk */
export function takeUpOwn({ socket }) {
  const hear = (/** @type {Own | undefined} */ own) => own && heard(own);
  socket.onWelcome(({ own }) => hear(own));
  socket.on("own_settings_changed", hear);
  hear(socket.welcome?.own);
}

/** @param {Own} own */
function heard({ keys, undo_send: undo, share_drafts: shares = true }) {
  begin(keys);
  shareDrafts.value = shares;
  undoFor.value = undo ?? 0;
  void takeOver(undo);
}

/** Earlier it was each browser's own: that is taken over, unless the agent has chosen since, and then forgotten here. @param {number | null} kept */
async function takeOver(kept) {
  const { undo } = preferences.peek();
  if (undo === undefined) return;
  prefer({ undo: undefined });
  if (kept === null && undo && !(await setUndo(undo))) prefer({ undo }); // the next hello tries again
}
