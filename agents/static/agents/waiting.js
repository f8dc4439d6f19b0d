// How long somebody has waited, in seconds, in words, and in how far it should worry us.

/** @import {HeardRow} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/** Amber from here on (s): the slower half of first answers in real chats took longer than 20 s. */
export const SLOW = 40;
/** Red from here on (s): half of the time after which a chat without a first reply is taken away. */
export const LATE = 90;

/**
 * Seconds that the visitor of a row has waited by now; null when nobody waits for us.
 * @param {HeardRow} row
 * @param {number} now this browser's clock in ms
 */
export function waitedBy(row, now) {
  return row.waited === null ? null : row.waited + elapsed(row.heard, now);
}

/**
 * Seconds that a chat has been without its agent's first reply, or since they said that they look something up;
 * null once they have replied.
 * @param {HeardRow} row
 * @param {number} now
 */
export function firstReplyDue(row, now) {
  const since = row.looking ?? row.given ?? null;
  if (since === null || row.replied !== false || (row.idle ?? null) !== null) return null;
  return since + elapsed(row.heard, now);
}

/**
 * "1:20": what runs before one's eyes.
 * @param {number} seconds
 */
export function onTheClock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / MINUTE)}:${`${whole % MINUTE}`.padStart(2, "0")}`;
}

/**
 * Whole seconds between two readings of this browser's clock (ms), never below 0.
 * @param {number} then
 * @param {number} now
 */
export function elapsed(then, now) {
  return Math.max(0, (now - then) / 1000);
}

/**
 * "12 s", "4 min", "1 h 5 min", "3 days": short, and it changes no more often than it must.
 * @param {number} seconds
 */
export function inWords(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) return fill(gettext("%(count)s s"), { count: whole });
  if (whole < HOUR) return fill(gettext("%(count)s min"), { count: Math.floor(whole / MINUTE) });
  if (whole < DAY) return hoursInWords(whole);
  return ngettext("1 day", "%(n)s days", Math.floor(whole / DAY));
}

/** @param {number} whole */
function hoursInWords(whole) {
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const hours = Math.floor(whole / HOUR);
  return minutes && hours < 10 ? fill(gettext("%(hours)s h %(minutes)s min"), { hours, minutes }) : fill(gettext("%(hours)s h"), { hours });
}

/**
 * "just now", "4 min ago": for what is past and no longer counts up before one's eyes.
 * @param {number} seconds
 */
export function agoInWords(seconds) {
  return seconds < 10 ? gettext("just now") : fill(gettext("%(time)s ago"), { time: inWords(seconds) });
}

/**
 * @param {number | null} seconds
 * @returns {"calm" | "slow" | "late"}
 */
export function worry(seconds) {
  if (seconds === null || seconds < SLOW) return "calm";
  return seconds < LATE ? "slow" : "late";
}
