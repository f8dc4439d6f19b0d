import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";

const MOST = 5;

/** What a visitor reads when they are asked how a chat was: loaded with the strip. The same rules as in strings.js. */
export const ratingWords = {
  question: gettext("How was this chat?"),
  worst: gettext("Very bad"),
  best: gettext("Very good"),
  score: (/** @type {number} */ score) => {
    const places = { score, most: MOST };
    if (score === 1) return fill(gettext("%(score)s of %(most)s, very bad"), places);
    return fill(score === MOST ? gettext("%(score)s of %(most)s, very good") : gettext("%(score)s of %(most)s"), places);
  },
  notNow: gettext("Not now"),
  said: (/** @type {number} */ score) => fill(gettext("You said %(score)s of %(most)s."), { score, most: MOST }),
  thanks: gettext("Thank you for your rating"),
  change: gettext("Change"),
  comment: gettext("Anything you would like to add? (optional)"),
  commented: gettext("Thank you for your words."),
  send: gettext("Add"),
  tooLate: gettext("This can no longer be changed."),
  later: gettext("That did not go through. Please try again when you are connected."),
};
