// Where the files of this console go to and come from; and a message that is given up, whose files wait beside the box again.

/** @import {Desk} from "./desk.js" */
import { Files } from "../support_chat/files.js";
import { localStore } from "../support_chat/storage.js";
import { draftKey } from "./drafts.js";
import { formToken } from "./form_token.js";

/** @param {Desk} desk */
export function filesOf(desk) {
  desk.files ??= made(desk.filing);
  return desk.files;
}

/** @param {Desk["filing"]} limits */
function made(limits) {
  return new Files({ path: limits.path, headers: () => ({ "X-CSRFToken": formToken() }), limits, store: localStore });
}

/** @param {Desk} desk @param {string} clientId */
export function discard(desk, clientId) {
  const item = desk.outbox.pending.peek().find(({ client_id }) => client_id === clientId);
  desk.outbox.discard(clientId);
  const { conversation, files } = item ?? {};
  if (conversation && files?.length) void filesOf(desk).putBack(draftKey(desk.user, conversation, "reply"), { conversation }, files);
  return item;
}
