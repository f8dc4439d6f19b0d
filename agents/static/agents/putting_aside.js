// Chats that are put aside: until when, in words.

/** @import {HeardRow} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, language } from "../support_chat/sentences.js";
import { clockTime, dayKey } from "../support_chat/when.js";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** "14:30" of today, "Tue 09:00" of the days around it, "24 Dec 09:00". @param {number} at ms @param {number} [now] */
export function momentInWords(at, now = Date.now()) {
  if (dayKey(at) === dayKey(now)) return clockTime(at, language());
  const day = Math.abs(at - now) < 6 * DAY ? { weekday: /** @type {const} */ ("short") } : { day: /** @type {const} */ ("numeric"), month: /** @type {const} */ ("short") };
  return `${new Intl.DateTimeFormat(language(), day).format(at)} ${clockTime(at, language())}`;
}

/** When it is back. @param {HeardRow} row */
export function backAt(row) {
  return row.snoozed ? momentInWords(toTheMinute(row.heard + row.snoozed * 1000)) : gettext("when its agent is back");
}

/** Ages come rounded: times that people say are whole minutes. @param {number} at */
function toTheMinute(at) {
  return Math.round(at / MINUTE) * MINUTE;
}

/** What its head says, or "". @param {HeardRow | null | undefined} row */
export function asideInWords(row) {
  if ((row?.snoozed ?? null) !== null) return fill(gettext("Snoozed until %(time)s"), { time: backAt(/** @type {HeardRow} */ (row)) });
  if ((row?.woken ?? null) === null) return "";
  const { heard, woken } = /** @type {HeardRow & {woken: number}} */ (row);
  return fill(gettext("Snoozed until %(time)s, now back"), { time: momentInWords(toTheMinute(heard - woken * 1000)) });
}

/** The time zone of this browser. */
export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
