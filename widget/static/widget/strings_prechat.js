import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";

/** What a visitor is asked before the first word. The same rules as in strings.js. */
export const prechatWords = {
  about: gettext("What is it about?"),
  choose: gettext("Please choose"),
  name: gettext("Your name"),
  email: gettext("Your e-mail address"),
  optional: (/** @type {string} */ label) => fill(gettext("%(label)s (optional)"), { label }),
};
