/** Times for people. `at` is an ISO clock time; ages are seconds as the server counted them. */

/** "14:05". @param {string | number} at @param {string} [locale] */
export function clockTime(at, locale) {
  return "";
}

/** Local calendar day, "2026-11-22". @param {string | number} at */
export function dayKey(at) {
  return "";
}

/** "Today", "Yesterday", "Friday, 20 November". @param {string | number} at @param {string} [locale] @param {number} [now] milliseconds */
export function dayName(at, locale, now = Date.now()) {
  return "";
}

/** "now", "4 min", "2 h", "3 d": how long, short. @param {number} seconds @param {string} [locale] */
export function howLong(seconds, locale) {
  return "";
}

/** Remember when an age was told, so that it can go on growing. @param {number} seconds @returns {() => number} the age now */
export function growing(seconds) {
  return () => seconds;
}

/** A signal that changes every so many seconds while somebody reads it. @param {number} seconds */
export function ticking(seconds) {
  return /** @type {any} */ (null);
}
