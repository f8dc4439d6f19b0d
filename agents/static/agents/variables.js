// What stands in a text for something of the chat: {{visitor.first_name|default:"there"}}. The server has the same
// names (support_chat/desk/variables.py).

/** Whether and by what a name is known here; null: not. @typedef {(name: string) => string | null} Known */
/** A place that nobody has filled. @typedef {{name: string, from: number, to: number}} Unfilled */

const NAMES = new Set([
  "visitor.name", "visitor.first_name", "visitor.last_name", "visitor.email",
  "agent.name", "site.name", "conversation.id",
]);
export const ATTRIBUTES = "visitor.attributes.";

const PLACE = /\{\{([^{}]*)\}\}/gu;
const INSIDE = /^\s*([^|]*?)\s*(?:\|\s*default\s*:\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”)\s*)?$/u;

/** @param {string} name */
export function isVariable(name) {
  return NAMES.has(name) || (name.startsWith(ATTRIBUTES) && name.length > ATTRIBUTES.length);
}

/** With what is known, else with its default; what has neither stays as it stands. @param {string} text @param {Known} known */
export function filled(text, known) {
  return text.replace(PLACE, (place, inside) => {
    const variable = read(inside);
    return variable ? (known(variable.name) || variable.instead) ?? place : place;
  });
}

/** Other words in double braces are the agent's own. @param {string} text @returns {Unfilled[]} */
export function unfilledIn(text) {
  return [...text.matchAll(PLACE)].flatMap(({ 0: place, 1: inside, index }) => {
    const variable = read(inside);
    return variable ? [{ name: variable.name, from: index, to: index + place.length }] : [];
  });
}

/** @param {string} inside @returns {{name: string, instead: string | null} | null} */
function read(inside) {
  const found = INSIDE.exec(inside);
  if (!found || !isVariable(found[1])) return null;
  return { name: found[1], instead: found[2] ?? found[3] ?? found[4] ?? null };
}
