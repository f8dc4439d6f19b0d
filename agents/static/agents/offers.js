// An offered chat: how much time is left to take it, in words and as a share.

/** @import {HeardRow} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { ngettext } from "../support_chat/sentences.js";
import { elapsed } from "./waiting.js";

/** From here on (s) it is almost over, and looks so. */
const SOON = 10;

/**
 * Seconds left; 0 when the time is over.
 * @param {HeardRow} row
 * @param {number} now this browser's clock in ms
 */
export function secondsLeft(row, now) {
  return row.offered ? Math.max(0, row.offered.expires_in - elapsed(row.heard, now)) : 0;
}

/** @param {number} left seconds */
export function leftInWords(left) {
  const whole = Math.ceil(left);
  if (whole <= 0) return gettext("Time is over");
  return ngettext("1 second left", "%(n)s seconds left", whole);
}

/**
 * What is left of the whole time: 1 to 0.
 * @param {HeardRow} row
 * @param {number} now
 */
export function shareLeft(row, now) {
  const whole = row.offered?.of || 1;
  return Math.min(1, secondsLeft(row, now) / whole);
}

/** @param {number} left seconds */
export function isSoonOver(left) {
  return left <= SOON;
}
