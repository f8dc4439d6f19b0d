// What the list of who is on the site says.

/** @import {OwnInvitation, VisitorOnSite} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { inWords } from "./waiting.js";
import { deviceInWords, localTime } from "./whereabouts.js";
import { inPlainWords, languageName } from "./words.js";

/** Why nobody may invite them now. @type {Record<string, string>} */
export const BARRED = {
  page: gettext("Nobody is invited on this page"),
  blocked: gettext("They cannot write here at the moment"),
  lately: gettext("Invited within the last day"),
};

/** What became of an invitation. @type {Record<OwnInvitation["state"], string>} */
export const BECAME = {
  open: gettext("Invited"),
  answered: gettext("Answered"),
  declined: gettext("Said no thanks"),
  left: gettext("Left"),
};

/**
 * What is known of them, in short: since when, in which language, at what time of theirs, on what, how often before.
 * @param {VisitorOnSite} visitor @param {number} seconds they are here @param {number} now this browser's clock in ms
 * @returns {string[]}
 */
export function factsOf({ hidden, locale, zone, device, chats }, seconds, now) {
  const known = [
    fill(hidden ? gettext("In another tab, here for %(time)s") : gettext("Here for %(time)s"), { time: inWords(seconds) }),
    languageName(locale),
    zone && localTime(zone, now),
    device && deviceInWords(device),
    chats ? ngettext("%(n)s chat before", "%(n)s chats before", chats) : gettext("No chat before"),
  ];
  return /** @type {string[]} */ (known.filter(Boolean));
}

/** @type {Record<string, string>} */
const REFUSALS = {
  not_found: gettext("They have left, or are in a chat already."),
  not_allowed: gettext("By the rules of the site they cannot be invited now."),
  unavailable: gettext("Come online first: their answer is to come to you."),
};

/** Why somebody was not invited. @param {Error} error @returns {string} a whole sentence */
export function notInvited(error) {
  return REFUSALS[/** @type {any} */ (error).code] ?? inPlainWords(error);
}

/** How many there are, where not all are shown. @param {number} shown @param {number} total */
export function countInWords(shown, total) {
  if (total === 0) return gettext("Nobody right now. Visitors stand here once they have opened the chat.");
  const said = ngettext("%(n)s visitor has opened the chat.", "%(n)s visitors have opened the chat.", total);
  return shown < total ? `${said} ${fill(gettext("The newest %(count)s are shown."), { count: shown })}` : said;
}
