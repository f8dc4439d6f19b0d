// A reply that holds what belongs to another open chat: its e-mail, phone, number of an order, or full name.

/** @import {ChatFacts, Known} from "./chat_facts.js" */
/** @import {Fact} from "./facts.js" */
/** @import {About} from "./wire.js" */
import { isIn } from "./chat_facts.js";
import { factsIn, holds } from "./facts.js";
import { fullName, holdsName } from "./names.js";

/** An open chat: `facts` of its log, `about` its visitor beside it. @typedef {{id: string, facts: ChatFacts, about: Fact[]}} Other */
/** @typedef {{chat: string, fact: Fact}} Stray which fact of which chat */

/**
 * What in this text another open chat holds and this one does not.
 * @param {string} text
 * @param {() => Iterable<string>} here whatever was said in this chat and is known of its visitor
 * @param {Other[]} others
 * @param {(fact: Fact) => boolean} [isHouse] whether it is our own: a colleague's name, words of a canned reply
 * @returns {Stray | null}
 */
export function strayIn(text, here, others, isHouse = () => false) {
  const told = factsIn(text);
  const held = others.map((other) => ({ chat: other.id, found: heldBy(other, text, told) }));
  for (const { chat, found } of held) {
    const stray = found.find((fact) => !isRepeated(fact, held) && !isHouse(fact) && !isSaid(fact, here()));
    if (stray) return { chat, fact: stray };
  }
  return null;
}

/** Whether any of these texts holds it. @param {Fact} fact @param {Iterable<string>} texts */
export function isSaid(fact, texts) {
  for (const text of texts) if (fact.kind === "name" ? holdsName(text, fact.key) : holds(text, fact)) return true;
  return false;
}

/** What is known of a visitor, as texts. @param {About | null} about @returns {string[]} */
export function textsAbout(about) {
  if (!about) return [];
  const { name, email, subject, attributes = {}, claimed = {} } = about.visitor;
  const told = [name, email, subject, about.reply_to?.email, ...Object.values(attributes), ...Object.values(claimed)];
  return told.filter((value) => value !== null && value !== undefined).map(String);
}

/** @param {About | null} about @returns {Fact[]} */
export function factsAbout(about) {
  const name = about && fullName(about.visitor.name);
  return [...(name ? [name] : []), ...textsAbout(about).flatMap(factsIn)];
}

/** @param {Other} other @param {string} text @param {Fact[]} told @returns {Known[]} */
function heldBy({ facts, about }, text, told) {
  const known = about.filter((fact) => isIn(text, told, fact)).map((fact) => ({ ...fact, ours: false }));
  return [...known, ...facts.heldBy(text, told)];
}

/** Our side says it here and there, and no visitor does: a number of our own. @param {Known} fact @param {{found: Known[]}[]} held */
function isRepeated({ ours, kind, key }, held) {
  return ours && held.filter(({ found }) => found.some((one) => one.kind === kind && one.key === key)).length > 1;
}
