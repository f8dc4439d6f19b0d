// Full names: who says theirs, and whether a text holds one. A first name alone is none.

/** @import {Fact} from "./facts.js" */

const WORD = "\\p{L}[\\p{L}\\p{M}'’-]+";
const CAPITAL = "\\p{Lu}[\\p{L}\\p{M}'’-]+";
/** Ways to say a name: after the first kind it may stand in small letters, after the second it may not. */
const SURELY = new RegExp(String.raw`\b(?:name(?:['’]?s| is|:)|mein name ist|ich hei(?:ß|ss)e)\s+`, "giu");
const PERHAPS = new RegExp(String.raw`\b(?:i['’]?m|i am|this is|ich bin|hier (?:ist|spricht)|mr|mrs|ms|miss|dr|herrn?|frau)\.?\s+`, "giu");
/** A question after which a name may be all that is said. */
const ASKED = /\b(?:your|full|last|sur|whole)\s*name\b|\bname,? please|\bnamen?\b[^.]{0,30}\bIhr|\bIhr(?:en)?\b[^.]{0,30}\bnamen?\b/iu;
/** What may come before it in the answer. */
const LEAD = new RegExp(String.raw`^\s*(?:(?:ah|oh|sure|ok|okay|yes|yeah|yep|of course|well|hi|hello|hey|ja|klar|gern|hallo|thanks?)[\s,.!–-]+)*(?:(?:it['’]?s|it is|that['’]?s|that is|das ist)\s+)?`, "iu");
const CAPITALS = new RegExp(String.raw`^${CAPITAL}(?:[ \u00a0]+${CAPITAL}){1,4}`, "u");
const SMALL = new RegExp(String.raw`^${WORD}(?:[ \u00a0]+${WORD}){1,3}(?=\s*(?:$|[^\s\p{L}]))`, "u");
/** No parts of names, wherever they stand. */
const OTHER_WORDS = new Set(
  ("a aber account again also an and are as asap at auf aus bei bitte born btw but by calling can could " +
    "danke das date der die do ein eine for friday from für hallo have hello help here hi how i i'd i'll i'm " +
    "ich if im in is ist it i’m ja just me mein mit monday my need nein nicht no not number of ok okay on or " +
    "pin please saturday so sorry sunday sure thank thanks that the there this though thursday to today " +
    "tomorrow tuesday und von want was wednesday well what when why wie with wondering yes you your zu").split(" "),
);

/**
 * The full names by which a message tells who somebody is.
 * @param {string} text
 * @param {boolean} asked whether it answers a question for a name
 * @returns {Fact[]}
 */
export function namesIn(text, asked) {
  const answer = asked ? text.replace(LEAD, "") : "";
  const said = [...after(text, SURELY).map((rest) => nameAt(rest, true)), ...after(text, PERHAPS).map((rest) => nameAt(rest, false))];
  return [nameAt(answer, true), ...said].filter((name) => name !== null);
}

/** @param {string} text */
export function asksForName(text) {
  return ASKED.test(text);
}

/** Nothing when it is a first name alone. @param {string} shown @returns {Fact | null} */
export function fullName(shown) {
  const words = wordsOf(shown);
  if (words.length < 2 || words.some((word) => word.length < 2)) return null;
  return { kind: "name", key: words.join(" "), shown };
}

/** Whether it stands in a text, first name first or last. @param {string} text @param {string} key */
export function holdsName(text, key) {
  const said = ` ${wordsOf(text).join(" ")} `;
  const words = key.split(" ");
  const [first, last] = [words[0], words[words.length - 1]];
  return [key, `${first} ${last}`, `${last} ${first}`].some((form) => said.includes(` ${form} `));
}

/** What follows each of these words. @param {string} text @param {RegExp} lead */
function after(text, lead) {
  return [...text.matchAll(lead)].map(({ 0: found, index }) => text.slice(index + found.length));
}

/** The name that this begins with. @param {string} rest @param {boolean} small whether small letters will do @returns {Fact | null} */
function nameAt(rest, small) {
  const found = CAPITALS.exec(rest) ?? (small ? SMALL.exec(untilOtherWord(rest)) : null);
  return found && fullName(untilOtherWord(found[0]).trim());
}

/** @param {string} text */
function untilOtherWord(text) {
  for (const { 0: word, index } of text.slice(0, 120).matchAll(/[\p{L}\p{M}'’-]+/gu)) {
    if (OTHER_WORDS.has(word.toLowerCase())) return text.slice(0, index);
  }
  return text;
}

/** Without accents, capitals and signs. @param {string} text @returns {string[]} */
function wordsOf(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/\p{L}+/gu) ?? [];
}
