import { catalogue } from "./gettext.js";

/**
 * A sentence with what stands in it: "%(name)s".
 * @param {string} text @param {Record<string, string | number>} places numbers as the language writes them
 */
export function fill(text, places) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => places[name].toLocaleString(language()));
}

/**
 * What depends on a number, which may stand in it as "%(n)s". Languages have one to six forms of it.
 * @param {string} one @param {string} many both written in full at the call
 * @param {number} n @param {Record<string, string | number>} [places] more that stands in it
 */
export function ngettext(one, many, n, places) {
  return fill(formOf(one, n) ?? (n === 1 ? one : many), { n, ...places });
}

/** @param {string} one @param {number} n @returns {string | undefined} */
function formOf(one, n) {
  // From 100 on the rules of our languages repeat every hundred.
  return catalogue?.texts[one]?.[Number(catalogue.plurals[n < 200 ? n : 100 + (n % 100)])];
}

/** Of the page, in this browser's own kind of it where it has one: "en-GB". Undefined where there is no page. */
export function language() {
  const lang = globalThis.document?.documentElement?.lang;
  return globalThis.navigator?.languages?.find((each) => each.split("-")[0] === lang) ?? lang;
}
