import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";

/** What a visitor reads in the menu of their chat: loaded with it. The same rules as in strings.js. */
export const moreWords = {
  download: gettext("Download this chat"),
  downloaded: gettext("Your chat was saved as a file."),
  mail: gettext("E-mail this chat to me"),
  mailTo: (/** @type {string} */ address) => fill(gettext("E-mail this chat to %(address)s"), { address }),
  mailed: gettext("It is on its way. The chat tells you when it was sent."),
  email: gettext("Your e-mail address"),
  badEmail: gettext("We cannot write to this address. Please check it."),
  forget: gettext("End and forget"),
  forgets: gettext("This ends the chat and removes all of it from this browser. Use it on a device that you share."),
  forgetNow: gettext("End and forget now"),
  keep: gettext("Keep the chat"),
  forgotten: gettext("The chat has ended, and nothing of it is kept in this browser."),
  later: gettext("That did not go through. Please try again when you are connected."),
  /** @type {Record<string, string>} */
  refused: {
    too_fast: gettext("You have asked for this often. Please try again later."),
    not_allowed: gettext("This cannot be sent by e-mail at the moment."),
  },
};
