import { gettext } from "../support_chat/gettext.js";
import { refusalWords } from "./strings_talk.js";

/** What a visitor reads beside a message of theirs for some minutes: loaded when there is one. @type {import("../support_chat/revising.js").RevisingWords} */
export const revisingWords = {
  edit: gettext("Edit"),
  remove: gettext("Remove"),
  save: gettext("Save"),
  cancel: gettext("Cancel"),
  box: gettext("Edit your message"),
  failed: (code) => (code === "not_allowed" ? gettext("This can no longer be changed.") : refusalWords(code)),
};
