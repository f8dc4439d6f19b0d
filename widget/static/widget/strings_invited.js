import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";

/** What a visitor reads whom somebody asks to a chat. The same rules as in strings.js. */
export const invitedWords = {
  label: gettext("Invitation"),
  /** @param {string} name @param {string} text */
  asks: (name, text) => fill(gettext("%(name)s: %(text)s"), { name, text }),
  write: gettext("Write"),
  decline: gettext("No thanks"),
};
