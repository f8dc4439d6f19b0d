// What an agent reads beside a message of theirs for some minutes.

import { gettext } from "../support_chat/gettext.js";
import { codeInPlainWords } from "./words.js";

/** @type {import("../support_chat/revising.js").RevisingWords} */
export const revisingWords = {
  edit: gettext("Edit"),
  remove: gettext("Remove"),
  save: gettext("Save"),
  cancel: gettext("Cancel"),
  box: gettext("Edit the message"),
  failed: (code) => (code === "not_allowed" ? gettext("This can no longer be changed.") : codeInPlainWords({ code: code ?? "failed", message: "" })),
};
