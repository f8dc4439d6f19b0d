// What is known of the chat in front for the variables of a text.

/** @import {About} from "./wire.js" */
/** @import {Known} from "./variables.js" */
import { ATTRIBUTES } from "./variables.js";

/** Before a name, and no part of it. */
const TITLES = /^(?:(?:dr|prof|mr|mrs|ms|miss|herr|frau)\.?\s+)+/iu;

/**
 * @param {About | null} about
 * @param {{id: string, agent: string}} chat its id, and the name under which its agent writes
 * @returns {Known}
 */
export function knownOf(about, { id, agent }) {
  const name = about ? nameSaid(about) : "";
  const [first, last] = parts(name);
  /** @type {Record<string, string | undefined>} */
  const values = {
    "visitor.name": name,
    "visitor.first_name": first,
    "visitor.last_name": last,
    "visitor.email": about ? emailSaid(about) : "",
    "agent.name": agent,
    "site.name": about?.visitor.site,
    "conversation.id": id,
  };
  return (asked) => (asked.startsWith(ATTRIBUTES) ? attribute(about, asked.slice(ATTRIBUTES.length)) : values[asked]) || null;
}

/** Not the name that we made up for them. @param {About} about */
function nameSaid({ visitor }) {
  return (visitor.verified && visitor.name) || text(visitor.claimed?.name);
}

/** @param {About} about */
function emailSaid({ visitor, reply_to }) {
  return visitor.email || reply_to?.email || text(visitor.claimed?.email);
}

/** @param {About | null} about @param {string} name */
function attribute(about, name) {
  const { attributes, claimed } = about?.visitor ?? {};
  return text(attributes?.[name] ?? claimed?.[name]);
}

/** First and last: "Berg, Anna" and "Dr. Anna Maria Berg" are Anna, and Berg. @param {string} name @returns {[string, string]} */
function parts(name) {
  const [last, first] = name.split(",").map((part) => part.trim());
  if (first) return [first.split(/\s+/u)[0], last];
  const words = name.replace(TITLES, "").split(/\s+/u);
  return [words[0], words.length > 1 ? words[words.length - 1] : ""];
}

/** @param {unknown} value */
function text(value) {
  return value === undefined || value === null || typeof value === "boolean" ? "" : String(value).trim();
}
