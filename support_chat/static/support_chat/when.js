/** Times for people. `at` is a clock time (ISO text or milliseconds); ages are seconds as the server counted. */
import { signal } from "./vendor/preact.js";

/** "14:05". @param {string | number} at @param {string} [locale] */
export function clockTime(at, locale) {
  return shown(locale, { hour: "numeric", minute: "2-digit" }, at);
}

/** The local calendar day, "2026-11-22". @param {string | number} at */
export function dayKey(at) {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => `${n}`.padStart(2, "0")).join("-");
}

/**
 * "Today", "Yesterday", "Friday, 20 November"; with the year when it is another one.
 * @param {string | number} at
 * @param {string} [locale]
 * @param {number} [now] milliseconds
 */
export function dayName(at, locale, now = Date.now()) {
  const days = calendarDaysBetween(at, now);
  if (days === 0 || days === 1) return capital(relativeDays(-days, locale), locale);
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  return shown(locale, { weekday: "long", day: "numeric", month: "long", year }, at);
}

/** "45 sec", "4 min", "2 hr", "3 days": how long, rounded down. @param {number} seconds @param {string} [locale] */
export function howLong(seconds, locale) {
  if (seconds < 60) return amount(seconds, "second", locale);
  if (seconds < 3600) return amount(seconds / 60, "minute", locale);
  if (seconds < 86400) return amount(seconds / 3600, "hour", locale);
  return amount(seconds / 86400, "day", locale);
}

/** Remember when an age was told, so that it goes on growing. @param {number} seconds @returns {() => number} the age now */
export function growing(seconds) {
  const told = performance.now();
  return () => seconds + (performance.now() - told) / 1000;
}

/**
 * A signal that changes every so many seconds, and only while somebody reads it.
 * @param {number} seconds
 * @returns {import("./vendor/preact.js").ReadonlySignal<number>}
 */
export function ticking(seconds) {
  /** @type {any} */
  let timer;
  return signal(0, {
    watched() {
      timer = setInterval(() => (this.value = this.peek() + 1), seconds * 1000);
    },
    unwatched() {
      clearInterval(timer);
    },
  });
}

/** Building one takes longer than using it a hundred times. @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {string | undefined} locale
 * @param {Intl.DateTimeFormatOptions} options
 * @param {string | number} at
 */
function shown(locale, options, at) {
  const key = JSON.stringify([locale, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "" : format.format(date);
}

/** @param {string | number} at @param {number} now */
function calendarDaysBetween(at, now) {
  const [from, to] = [new Date(at), new Date(now)].map((date) =>
    Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()),
  );
  return (to - from) / 86400000;
}

/** @param {number} days @param {string} [locale] */
function relativeDays(days, locale) {
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
}

/** @param {string} text @param {string} [locale] */
function capital(text, locale) {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** @param {number} value @param {string} unit @param {string} [locale] */
function amount(value, unit, locale) {
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(Math.floor(value));
}
