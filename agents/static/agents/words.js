// Everything the console says about refusals, states and people, in plain words.

/** @import {LostError, RefusedError} from "../support_chat/errors.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, language } from "../support_chat/sentences.js";

/** @type {Record<string, () => string>} */
const BAD_FIELDS = {
  body: () => gettext("This text cannot be sent as it is."),
  add: () => gettext("This cannot be a tag."),
};

/** @type {Record<string, (error: RefusedError) => string>} */
const REFUSALS = {
  not_found: () => gettext("This chat is not there any more, or is not yours to see."),
  not_allowed: () => gettext("You may not do that: this chat is not yours."),
  changed: (error) => changed(error.details),
  crossed: () => changed({}),
  note_changed: () => gettext("Somebody else has changed this note meanwhile."),
  closed: () => gettext("This chat is closed. Reopen it to write."),
  blocked: () => gettext("The visitor is blocked."),
  at_capacity: () => gettext("You have as many chats as you can take. Close one first."),
  closed_for_now: () => gettext("No new chats are taken right now."),
  not_next: () => gettext("Somebody else has waited longer. This is their chat."),
  unavailable: () => gettext("They are not online any more. Choose somebody else."),
  id_reused: () => gettext("This was sent before with other words. Please send it again."),
  too_fast: (error) => fill(gettext("That was a little fast. Try again %(when)s."), { when: inAWhile(error.after) }),
  too_big: () => gettext("This is too long to send in one piece."),
  bad_field: ({ field }) => BAD_FIELDS[field ?? ""]?.() ?? gettext("The server did not understand that."),
  bad_frame: () => gettext("The server did not understand that."),
  unknown_command: () => gettext("The server does not know how to do that yet. Reload the page."),
  out_of_turn: () => gettext("An earlier message has to go first. It will be tried again."),
  too_many_open: () => gettext("Too many chats are open in this window. Reload the page."),
  unsent: () => gettext("Not done: a message that you wrote before is not sent yet."),
  not_sent: () => gettext("The connection broke each time it was tried."),
  overloaded: () => gettext("The server has too much to do right now. Try again in a moment."),
  busy: () => gettext("Somebody else is changing this chat right now. Try again."),
  failed: () => gettext("Something went wrong on our side. Try again."),
  hello_first: () => gettext("The connection was not ready. Try again."),
  already_welcomed: () => gettext("The connection was not ready. Try again."),
  unknown_site: () => gettext("This site is not known here."),
  identity_needed: () => gettext("Only visitors whom the website has named may begin a chat here."),
  bad_identity: () => gettext("The server does not believe who this is."),
  unknown_token: () => gettext("You are signed out. Sign in again."),
};

/**
 * @param {RefusedError | LostError | Error} error
 * @returns {string} a whole sentence
 */
export function inPlainWords(error) {
  if (error.name === "LostError") return gettext("The connection was lost before the server could answer.");
  const refused = /** @type {RefusedError} */ (error);
  return REFUSALS[refused.code]?.(refused) ?? gettext("That did not work. Try again.");
}

/** The same, for a pending item that keeps only its code. @param {{code: string, message: string} | null} error */
export function codeInPlainWords(error) {
  if (!error) return "";
  return REFUSALS[error.code]?.(/** @type {any} */ ({ ...error, details: error })) ?? error.message;
}

/** @param {Record<string, any>} details */
function changed({ state, agent }) {
  if (agent) return fill(gettext("%(name)s has taken this chat."), { name: agent.name });
  if (state === "closed") return gettext("This chat was closed in the meantime.");
  if (state === "queued") return gettext("This chat is waiting in the queue again.");
  return gettext("This chat has changed in the meantime. Look again.");
}

/** @param {number | null} after seconds */
function inAWhile(after) {
  return after && after >= 1.5 ? fill(gettext("in %(count)s seconds"), { count: Math.ceil(after) }) : gettext("in a moment");
}

/** Why the socket will not come back by itself. @type {Record<number, string>} */
const ENDINGS = {
  4400: gettext("The server did not understand this page. Reload it."),
  4401: gettext("You are signed out. Sign in again; what you were writing is kept."),
  4403: gettext("You are not allowed to work here with this sign-in."),
  4409: gettext("The console is open in too many windows. This one has stopped."),
  4413: gettext("This page sent more than the server takes. Reload it."),
  4426: gettext("The server was updated. Reload this page; what you were writing is kept."),
  4429: gettext("This page sent too much at once. Wait a minute, then reconnect."),
};

/** @param {number} code */
export function endedInWords(code) {
  return ENDINGS[code] ?? gettext("The connection has ended.");
}

/** Why a chat left one's list. @type {Record<string, string>} */
const LEAVINGS = {
  "connection lost": gettext("Back in the queue"),
  "agent left": gettext("Back in the queue"),
  "agent is full": gettext("Back in the queue: you had no room left"),
  unanswered: gettext("Taken back: no first reply in time"),
  supervisor: gettext("Given to somebody else"),
  accepted: gettext("Taken over"),
  automatic: gettext("Taken over"),
};

/** Why an offer is none any more. @type {Record<string, string>} */
const WITHDRAWALS = {
  expired: gettext("The time to accept was over. It goes to somebody else."),
  gone: gettext("You were gone, so it goes to somebody else."),
  withdrawn: gettext("It is not offered to you any more: somebody else has it, or its visitor left."),
};

/** @param {string} reason @returns {string | null} null: there is nothing to say */
export function withdrawnInWords(reason) {
  return reason === "declined" ? null : (WITHDRAWALS[reason] ?? WITHDRAWALS.withdrawn);
}

/** @param {string | undefined} reason */
export function leftInWords(reason) {
  return LEAVINGS[reason ?? ""] ?? gettext("No longer yours");
}

/** A name as it may stand on a screen: no control characters, nothing that turns the reading direction, no tower of accents. @param {string} name */
export function safeName(name) {
  return name.replace(/[\p{Cc}\p{Cf}]+/gu, "").replace(/(\p{M}{4})\p{M}+/gu, "$1").trim() || gettext("Visitor");
}

/** Scripts whose letters look like those of another one. */
const ALIKE = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u, /\p{Script=Cherokee}/u, /\p{Script=Coptic}/u];

/** Does a word of it mix alphabets that look alike, as “Аnа” with two Cyrillic letters? @param {string} name */
export function isMixed(name) {
  return name.split(/\P{L}+/u).some((word) => ALIKE.filter((script) => script.test(word)).length > 1);
}

/** "CO" for Curious Otter. @param {string} name */
export function initials(name) {
  const words = safeName(name).split(/\s+/u);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0] ?? "").join("").toUpperCase();
}

/** "German", "English (United Kingdom)". @param {string | null} locale */
export function languageName(locale) {
  if (!locale) return null;
  try {
    return new Intl.DisplayNames([language() ?? "en"], { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

/** A page's address without what is the same on all of them. @param {string} address */
export function shortPage(address) {
  try {
    const { pathname, hash } = new URL(address);
    return decodeURI(pathname + hash);
  } catch {
    return address;
  }
}

/** @param {string} address @returns {string | null} the address when a browser may safely open it */
export function safeAddress(address) {
  return /^https?:\/\//iu.test(address) ? address : null;
}
