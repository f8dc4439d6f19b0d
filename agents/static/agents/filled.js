/**
 * A sentence with elements in it: "%(name)s". Of words alone: `fill` of sentences.js.
 * @param {string} text @param {Record<string, any>} places
 * @returns {any[]}
 */
export function filled(text, places) {
  return text.split(/%\((\w+)\)s/).map((part, n) => (n % 2 ? places[part] : part));
}
