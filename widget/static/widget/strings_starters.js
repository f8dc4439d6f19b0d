import { gettext } from "../support_chat/gettext.js";

/** What a visitor reads around the words they may begin with. The same rules as in strings.js. */
export const starterWords = {
  label: gettext("Often asked"),
  helped: gettext("That helped"),
  person: gettext("Talk to a person"),
  back: gettext("Something else"),
  glad: gettext("We are glad that it helped. Write to us here whenever you like."),
};
