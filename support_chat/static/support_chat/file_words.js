import { inMegabytes } from "./files.js";
import { gettext } from "./gettext.js";
import { fill, language, ngettext } from "./sentences.js";

/** "1.2 MB", "84 kB" @param {number} bytes */
export function sizeInWords(bytes) {
  if (bytes < 1_000_000) return amount(Math.max(1, Math.round(bytes / 1000)), { unit: "kilobyte" });
  return amount(bytes / 1_000_000, { unit: "megabyte", minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** @param {number} value @param {Intl.NumberFormatOptions} options */
function amount(value, options) {
  return new Intl.NumberFormat(language(), { style: "unit", ...options }).format(value);
}

/** "PDF", "JPG" @param {string} name */
export function typeInWords(name) {
  return /\.([^.]{1,5})$/u.exec(name)?.[1].toUpperCase() ?? "";
}

/** Why a file is not sent. @param {string} code @param {{size: number, count: number}} limits */
export function whyNot(code, limits) {
  if (code === "file_too_large") return fill(gettext("Too large: at most %(size)s"), { size: inMegabytes(limits.size) });
  if (code === "too_many") return ngettext("At most %(n)s file in one message", "At most %(n)s files in one message", limits.count);
  return WHY[code] ?? WHY.not_sent;
}

/** @type {Record<string, string>} */
const WHY = {
  empty: gettext("This file is empty"),
  file_type: gettext("This kind of file cannot be sent"),
  file_unsafe: gettext("This file is damaged, or not safe"),
  too_many_files: gettext("Too many files wait to be sent"),
  no_room: gettext("There is no room for files right now. Messages still go through"),
  not_checked: gettext("Files cannot be checked right now"),
  lost: gettext("Not sent yet: please choose this file again"),
  not_sent: gettext("Could not be sent"),
};
