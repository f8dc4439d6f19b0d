// Quiet hours: intervals of every day by the clocks of one zone, as people type them and as the server has them.

/** @typedef {[from: string, to: string]} Interval "22:00" to "07:00"; one that ends before it begins goes over midnight */

const TIME = /^(\d{1,2})(?:[:.](\d\d))?$/;

/** "22-7, 12:00–13:00"; null when it is not read so. @param {string} text @returns {Interval[] | null} */
export function readIntervals(text) {
  const parts = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
  const read = parts.map((part) => part.split(/\s*(?:-|–|—)\s*/).map(timeOf));
  return read.every((times) => times.length === 2 && times.every((time) => time !== null)) ? /** @type {Interval[]} */ (read) : null;
}

/** @param {Interval[]} intervals */
export function writeIntervals(intervals) {
  return intervals.map(([from, to]) => `${from}–${to}`).join(", ");
}

/** @param {Interval[]} quiet @param {string} zone @param {number} now ms */
export function isQuiet(quiet, zone, now) {
  if (!quiet.length) return false;
  const minute = minutesOf(clockIn(zone, now));
  return quiet.some(([from, to]) => lies(minute, minutesOf(from), minutesOf(to)));
}

/** @param {number} minute @param {number} from @param {number} to */
function lies(minute, from, to) {
  return from < to ? from <= minute && minute < to : minute >= from || minute < to;
}

/** "22:05". @param {string} zone @param {number} now */
function clockIn(zone, now) {
  const options = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  try {
    return new Intl.DateTimeFormat("en", { ...options, timeZone: zone }).format(now);
  } catch {
    return new Intl.DateTimeFormat("en", { ...options, timeZone: "UTC" }).format(now); // a zone that this browser lacks
  }
}

/** @param {string} time */
function minutesOf(time) {
  const [hours, minutes] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** @param {string} text */
function timeOf(text) {
  const found = TIME.exec(text);
  if (!found || Number(found[1]) > 24 || Number(found[2] ?? 0) > 59) return null;
  return `${found[1].padStart(2, "0")}:${found[2] ?? "00"}`;
}
