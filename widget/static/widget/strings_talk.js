import { gettext } from "../support_chat/gettext.js";
import { fill, language, ngettext } from "../support_chat/sentences.js";
import { words } from "./strings.js";

/** What a visitor reads once something is said, or refused: loaded with the part that says it. The same rules as in strings.js. */
export const talkWords = {
  end: gettext("End chat"),
  waiting: gettext("Waiting for our team"),
  answers: (/** @type {string} */ name) => fill(gettext("You are talking to %(name)s"), { name }),
  continue: gettext("Continue"),
  more: gettext("More"),
  endLater: gettext("The chat could not be ended without a connection. Please try again."),
  earlierChat: gettext("Earlier chat"),
  typing: (/** @type {string[]} */ names) => (names[0] ? fill(gettext("%(name)s is writing"), { name: names[0] }) : gettext("Our team is writing")),

  team: gettext("Our team"),
  you: gettext("You"),
  youSaid: gettext("You said"),
  said: (/** @type {string} */ name) => fill(gettext("%(name)s said"), { name }),
  unread: (/** @type {number} */ count) =>
    count ? ngettext("Open chat, %(n)s new message", "Open chat, %(n)s new messages", count) : gettext("Open chat"),
  spoken: (/** @type {string} */ name, /** @type {string} */ text) => fill(gettext("%(name)s said: %(text)s"), { name, text }),

  sent: gettext("Sent"),
  read: gettext("Read"),
  notSent: (/** @type {string} */ why) => `${gettext("Not sent.")} ${why}`.trim(),
  again: gettext("Try again"),
  edit: gettext("Edit"),
  earlier: gettext("Show earlier messages"),
  newest: (/** @type {number} */ count) => {
    if (count === 0) return gettext("To the newest message");
    return ngettext("%(n)s new message", "%(n)s new messages", count);
  },

  joined: (/** @type {string} */ name) => fill(gettext("%(name)s has joined"), { name }),
  tookOver: (/** @type {string} */ name) => fill(gettext("%(name)s has taken over"), { name }),
  back: (/** @type {string} */ name) => fill(gettext("%(name)s is back"), { name }),
  left: (/** @type {string} */ name) => fill(gettext("%(name)s's connection dropped. One moment, please."), { name }),
  guestLeft: (/** @type {string} */ name) => fill(gettext("%(name)s has left"), { name }),
  gone: (/** @type {string | null} */ name) =>
    name === null ? gettext("Our team cannot go on with this chat.") : fill(gettext("%(name)s cannot go on with this chat."), { name }),
  somebodyElse: (/** @type {boolean} */ first) =>
    `${first ? gettext("You are first in line.") : gettext("You keep your place.")} ${gettext("Somebody else of our team will go on.")}`,
  closedByYou: gettext("You ended the chat."),
  closedBy: (/** @type {string} */ name) => fill(gettext("%(name)s closed the chat."), { name }),
  closed: gettext("The chat was closed."),
  closedQuiet: gettext("We closed this chat because it was quiet."),
  writeOn: gettext("Write to go on."),
  stillHere: gettext("Yes, I'm here"),
  goOn: gettext("Continue by writing."),
  staysClosed: gettext("The chat stays closed. Write again if there is more."),
  reopened: gettext("The chat goes on"),
  emailed: (/** @type {string} */ what) => 
    what === "answers" ? gettext("Sent to you by e-mail") : gettext("The transcript was sent to you by e-mail"),
  notEmailed: gettext("An e-mail to you could not be sent"),
  rated: gettext("Thank you for your rating"),
  unknownEntry: gettext("The chat was updated"),
  erased: gettext("This message was removed"),
  removedByYou: gettext("You removed this message"),
  hidden: gettext("Card or account number hidden"),
  edited: gettext("Edited"),
  previewed: gettext("Our team sees what you write here before you send it."),
  signIn: gettext("Please sign in to the website to write to us: then we know who you are."),
  blocked: gettext("You cannot write here at the moment."),
  linkIsOld: gettext("This link was opened before, or is too old. You can write to us here."),
  replaced: gettext("This chat was loaded anew. If a message of yours is missing, please send it again."),
};

/** Why something was refused, by the protocol's code. What was typed is always still there. @type {Record<string, string>} */
export const refusals = {
  unknown_site: gettext("This chat is not available any more. Please get in touch another way."),
  blocked: talkWords.blocked,
  identity_needed: gettext("Please sign in to the website first, then write to us."),
  bad_identity: gettext("We could not see that this is you. Please sign in to the website again."),
  unknown_token: gettext("This chat was started anew. Please send it again."),
  not_found: gettext("This chat does not exist any more. Please copy your message and write it in a new chat."),
  not_allowed: gettext("This is not possible in this chat."),
  closed: gettext("This chat has ended. Please send your message again to start a new one."),
  changed: gettext("The chat has changed meanwhile. Please try again."),
  id_reused: gettext("It did not go through. Please try again."),
  too_big: gettext("The message is too long. Please send it in parts."),
  bad_field: gettext("The message holds something that cannot be sent, or is too long. Please change it."),
  bad_frame: gettext("The message holds something that cannot be sent. Please change it."),
  unknown_command: gettext("This page is out of date. Please reload it."),
  hello_first: gettext("The connection was not ready. Please try again."),
  already_welcomed: gettext("The connection was not ready. Please try again."),
  too_fast: gettext("That was very fast. Please wait a moment."),
  out_of_turn: gettext("An earlier message has to be sent first."),
  overloaded: gettext("Very many people are writing at the moment. Please try again shortly."),
  busy: gettext("This takes longer than usual. Please try again."),
  failed: gettext("Something went wrong on our side. Please try again."),
  closed_for_now: gettext("We cannot take a new chat right now. Please leave us a message."),
  at_capacity: gettext("Everybody is busy at the moment. Please try again shortly."),
};

/** Why the connection ended for good, by the socket's close code. @type {Record<number, string>} */
export const endings = {
  4400: gettext("This page did not work as it should. Please reload it."),
  4401: gettext("The connection has ended. Please reload the page to go on."),
  4403: gettext("The chat is not available on this page."),
  4409: gettext("The chat is open in many windows. It goes on here as soon as you ask for it."),
  4413: gettext("The message was too long to be sent. Please shorten it."),
  4426: gettext("This page is out of date. Please reload it."),
  4429: gettext("Too much was sent at once. Please wait a minute, then try again."),
};

/** @param {string | null | undefined} code */
export function refusalWords(code) {
  return refusals[code ?? ""] ?? words.failed;
}

/** @param {number} over characters */
export function tooLong(over) {
  return ngettext("Too long by %(n)s character", "Too long by %(n)s characters", over);
}

/** @param {number} seconds until then; "" where it is about now */
export function nextTry(seconds) {
  if (seconds < 10) return "";
  const when = new Intl.RelativeTimeFormat(language()).format(Math.round(seconds), "second");
  return ` ${fill(gettext("The next try is %(when)s."), { when })}`;
}

/** Why there will be no connection. @param {number | null} closeCode @param {string | undefined} refused */
export function endingWords(closeCode, refused) {
  return refused ? refusalWords(refused) : (endings[closeCode ?? 0] ?? words.offline);
}
