// How long somebody has waited, in seconds, in words, and in how far it should worry us.

/** @import {HeardRow} from "./wire.js" */

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/** Amber from here on (s): the slower half of first answers in real chats took longer than 20 s. */
export const SLOW = 40;
/** Red from here on (s): 99 in 100 first answers came within 145 s. */
export const LATE = 150;

/**
 * Seconds that the visitor of a row has waited by now; null when nobody waits for us.
 * @param {HeardRow} row
 * @param {number} now this browser's clock in ms
 */
export function waitedBy(row, now) {
  return row.waited === null ? null : row.waited + elapsed(row.heard, now);
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
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  if (whole < DAY) return hoursInWords(whole);
  const days = Math.floor(whole / DAY);
  return days === 1 ? "1 day" : `${days} days`;
}

/** @param {number} whole */
function hoursInWords(whole) {
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const hours = Math.floor(whole / HOUR);
  return minutes && hours < 10 ? `${hours} h ${minutes} min` : `${hours} h`;
}

/**
 * "just now", "4 min ago": for what is past and no longer counts up before one's eyes.
 * @param {number} seconds
 */
export function agoInWords(seconds) {
  return seconds < 10 ? "just now" : `${inWords(seconds)} ago`;
}

/**
 * @param {number | null} seconds
 * @returns {"calm" | "slow" | "late"}
 */
export function worry(seconds) {
  if (seconds === null || seconds < SLOW) return "calm";
  return seconds < LATE ? "slow" : "late";
}
