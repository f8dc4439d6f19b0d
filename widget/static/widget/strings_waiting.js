import { gettext } from "../support_chat/gettext.js";
import { ngettext } from "../support_chat/sentences.js";

/** What a visitor reads while they wait: loaded with the part that says it. The same rules as in strings.js. */
export const waitingWords = {
  more: gettext("You can minimise this chat and look around meanwhile. A number on its button tells you of an answer."),
  alone: gettext("We answer as soon as we can."),
  away: gettext("Nobody is here right now. Your message has arrived, and the answer will be waiting for you here."),
  awayByMail: gettext("We have your message and answer by e-mail or here."),
  kept: gettext("Your place is kept, also if you leave. We answer by e-mail or here."),
  keptHere: gettext("Your place is kept, also if you leave. The answer will be waiting for you here."),

  place: (/** @type {number} */ place, /** @type {boolean} */ about = false) => {
    if (place <= 1) return about ? gettext("You are among the next") : gettext("You are next");
    if (about) return ngettext("About %(n)s person is ahead of you", "About %(n)s people are ahead of you", place - 1);
    return ngettext("%(n)s person is ahead of you", "%(n)s people are ahead of you", place - 1);
  },

  /** Whole minutes that hold the range. @param {import("./chat.js").Wait | null} wait */
  wait: (wait) => {
    const low = Math.floor((wait?.low ?? 0) / 60);
    const high = Math.ceil((wait?.high ?? Infinity) / 60);
    if (low >= 30) return gettext("It takes more than half an hour.");
    if (high === Infinity) return atLeast(low);
    if (high <= 1) return gettext("It takes less than a minute.");
    if (low < 1) return ngettext("It takes up to %(n)s minute.", "It takes up to %(n)s minutes.", high);
    if (low < high) return ngettext("It takes about %(low)s to %(n)s minute.", "It takes about %(low)s to %(n)s minutes.", high, { low });
    return ngettext("It takes about %(n)s minute.", "It takes about %(n)s minutes.", high);
  },

  /** Why the place grew, by the protocol's word. @type {Record<string, string>} */
  why: {
    returned: gettext("Somebody who was already talking with us has come back and goes first. Sorry that it takes longer."),
    priority: gettext("An urgent question goes first. Sorry that it takes longer."),
    moved: gettext("Our team lets another chat go first. Sorry that it takes longer."),
    came_before: gettext("A chat whose connection dropped goes on first. Sorry that it takes longer."),
    handed_over: gettext("A chat that began before yours was handed over to us. Sorry that it takes longer."),
  },

  ring: gettext("Ring me when it's my turn"),
  yourTurn: gettext("It's your turn: our team is here"),
  keepPlace: gettext("Leave an e-mail and keep my place"),
  email: gettext("Your e-mail address"),
  keep: gettext("Keep my place"),
  badEmail: gettext("We cannot write to this address. Please check it."),
  keepLater: gettext("That did not go through. Please try again when you are connected."),
};

/** @param {number} low whole minutes */
function atLeast(low) {
  if (low === 0) return gettext("We cannot say how long it takes.");
  return ngettext("It takes more than %(n)s minute.", "It takes more than %(n)s minutes.", low);
}
