// Everything the console says about refusals, states and people, in plain words.

/** @import {LostError, RefusedError} from "../support_chat/errors.js" */

/** @type {Record<string, (error: RefusedError) => string>} */
const REFUSALS = {
  not_found: () => "This chat is not there any more, or is not yours to see.",
  not_allowed: () => "You may not do that: this chat is not yours.",
  changed: (error) => changed(error.details),
  closed: () => "This chat is closed. Reopen it to write.",
  at_capacity: () => "You have as many chats as you can take. Close one first.",
  id_reused: () => "This was sent before with other words. Please send it again.",
  too_fast: (error) => `That was a little fast. Try again ${inAWhile(error.after)}.`,
  too_big: () => "This is too long to send in one piece.",
  bad_field: (error) => (error.field === "body" ? "This text cannot be sent as it is." : "The server did not understand that."),
  bad_frame: () => "The server did not understand that.",
  unknown_command: () => "The server does not know how to do that yet. Reload the page.",
  out_of_turn: () => "An earlier message has to go first. It will be tried again.",
  too_many_open: () => "Too many chats are open in this window. Reload the page.",
  not_sent: () => "The connection broke each time it was tried.",
  overloaded: () => "The server has too much to do right now. Try again in a moment.",
  busy: () => "Somebody else is changing this chat right now. Try again.",
  failed: () => "Something went wrong on our side. Try again.",
  hello_first: () => "The connection was not ready. Try again.",
  already_welcomed: () => "The connection was not ready. Try again.",
  unknown_site: () => "This site is not known here.",
  unknown_token: () => "You are signed out. Sign in again.",
};

/**
 * @param {RefusedError | LostError | Error} error
 * @returns {string} a whole sentence
 */
export function inPlainWords(error) {
  if (error.name === "LostError") return "The connection was lost before the server could answer.";
  const refused = /** @type {RefusedError} */ (error);
  return REFUSALS[refused.code]?.(refused) ?? "That did not work. Try again.";
}

/** The same, for a pending item that keeps only its code. @param {{code: string, message: string} | null} error */
export function codeInPlainWords(error) {
  if (!error) return "";
  return REFUSALS[error.code]?.(/** @type {any} */ ({ ...error, details: error })) ?? error.message;
}

/** @param {Record<string, any>} details */
function changed({ state, agent }) {
  if (agent) return `${agent.name} has taken this chat.`;
  if (state === "closed") return "This chat was closed in the meantime.";
  if (state === "queued") return "This chat is waiting in the queue again.";
  return "This chat has changed in the meantime. Look again.";
}

/** @param {number | null} after seconds */
function inAWhile(after) {
  return after && after >= 1.5 ? `in ${Math.ceil(after)} seconds` : "in a moment";
}

/** Why the socket will not come back by itself. @type {Record<number, string>} */
const ENDINGS = {
  4400: "The server did not understand this page. Reload it.",
  4401: "You are signed out. Sign in again; what you were writing is kept.",
  4403: "You are not allowed to work here with this sign-in.",
  4409: "The console is open in too many windows. This one has stopped.",
  4413: "This page sent more than the server takes. Reload it.",
  4429: "This page sent too much at once. Wait a minute, then reconnect.",
};

/** @param {number} code */
export function endedInWords(code) {
  return ENDINGS[code] ?? "The connection has ended.";
}

/** Why a chat left one's list. @type {Record<string, string>} */
const LEAVINGS = { "connection lost": "Back in the queue" };

/** @param {string | undefined} reason */
export function leftInWords(reason) {
  return LEAVINGS[reason ?? ""] ?? "No longer yours";
}

export const STATUSES = /** @type {const} */ ([
  { id: "online", name: "Online", says: "You get new chats" },
  { id: "finishing", name: "Finishing", says: "Your chats, and no new ones" },
  { id: "away", name: "Away", says: "A break: no new chats" },
  { id: "offline", name: "Offline", says: "You take no chats" },
]);

/** @param {string} status */
export function statusName(status) {
  return STATUSES.find((each) => each.id === status)?.name ?? status;
}

/** A name as it may stand on a screen: no control characters, nothing that turns the reading direction. @param {string} name */
export function safeName(name) {
  return name.replace(/[\p{Cc}\p{Cf}]+/gu, "").trim() || "Visitor";
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
    return new Intl.DisplayNames(["en"], { type: "language" }).of(locale) ?? locale;
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
