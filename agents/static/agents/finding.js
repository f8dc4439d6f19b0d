// What fits the words typed: canned replies after the slash, and whatever else is found by its words.

/** @import {CannedReply} from "./wire.js" */

/** A hit in the shortcut counts most, then the title, then the text. */
const FIELDS = /** @type {const} */ ([["shortcut", 100], ["title", 60], ["text", 20]]);

/** So many at most when something is typed: whoever is not among them is found sooner by another word. */
const BEST = 8;

/** What a reply that is meant for another queue or language counts, of what it would in its own. */
const ELSEWHERE = 0.4;

/**
 * The replies that hold every word typed, best first; all of them when nothing is typed, as they came but those in
 * the chat's own language first, those of other queues or languages last.
 * @param {readonly CannedReply[]} replies
 * @param {string} typed without the slash
 * @param {string | null} queue in which the chat is
 * @param {string | null} [locale] its language
 * @returns {CannedReply[]}
 */
export function findReplies(replies, typed, queue = null, locale = null) {
  const speaks = (/** @type {CannedReply} */ { locale: its = "" }) => !its || !locale || tongue(its) === tongue(locale);
  const fitting = (/** @type {CannedReply} */ reply) => (queue === null || reply.queue === null || reply.queue === queue) && speaks(reply);
  const rank = (/** @type {CannedReply} */ reply) => (fitting(reply) ? 2 : 0) + Number(fitting(reply) && Boolean(reply.locale && locale));
  const words = plain(typed).split(" ").filter(Boolean);
  if (!words.length) return [...replies].sort((a, b) => rank(b) - rank(a));
  return replies
    .map((reply, index) => ({ reply, index, score: scoreReply(reply, words) * (fitting(reply) ? 1 : ELSEWHERE) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || rank(b.reply) - rank(a.reply) || a.index - b.index)
    .slice(0, BEST)
    .map(({ reply }) => reply);
}

/** "de" of "de-AT". @param {string} locale */
function tongue(locale) {
  return locale.toLowerCase().split("-")[0];
}

/**
 * First those that the server found, in its order, then those that only hold the words.
 * @param {readonly CannedReply[]} replies
 * @param {readonly string[]} ids
 * @param {readonly CannedReply[]} byWords
 */
export function inOrder(replies, ids, byWords) {
  const found = ids.flatMap((id) => replies.filter((reply) => reply.id === id));
  return [...found, ...byWords.filter((reply) => !ids.includes(reply.id))].slice(0, BEST);
}

/**
 * Whatever holds every word typed in one of its texts, best first; all of it, as it came, when nothing is typed.
 * @template T
 * @param {readonly T[]} things
 * @param {string} typed
 * @param {(thing: T) => [text: string, weight: number][]} textsOf
 * @returns {T[]}
 */
export function findIn(things, typed, textsOf) {
  const words = plain(typed).split(" ").filter(Boolean);
  if (!words.length) return [...things];
  return things
    .map((thing, index) => ({ thing, index, score: scoreOf(textsOf(thing), words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ thing }) => thing);
}

/** @param {CannedReply} reply @param {string[]} words */
function scoreReply(reply, words) {
  return scoreOf(FIELDS.map(([field, weight]) => [reply[field], weight]), words);
}

/** @param {[text: string, weight: number][]} texts @param {string[]} words */
function scoreOf(texts, words) {
  let total = 0;
  for (const word of words) {
    const best = Math.max(...texts.map(([text, weight]) => weight * fit(plain(text), word)));
    if (best === 0) return 0;
    total += best;
  }
  return total;
}

/**
 * How well one word fits a text: 1 the whole, .9 its start, .8 the start of a word in it, .5 within
 * a word, up to .3 when only its letters stand there in order, close together; 0 not at all.
 * @param {string} text
 * @param {string} word
 */
function fit(text, word) {
  if (text === word) return 1;
  if (text.startsWith(word)) return 0.9;
  if (text.includes(` ${word}`)) return 0.8;
  if (text.includes(word)) return 0.5;
  return word.length < 3 ? 0 : looseFit(text, word);
}

/**
 * @param {string} text
 * @param {string} word
 */
function looseFit(text, word) {
  for (const part of text.split(" ")) {
    const span = part[0] === word[0] ? spanOf(part, word) : 0;
    if (span && span <= word.length * 2) return 0.3 * (word.length / span);
  }
  return 0;
}

/**
 * The length of the stretch of `part` that holds the letters of `word` in order; 0 when it does not.
 * @param {string} part
 * @param {string} word
 */
function spanOf(part, word) {
  let at = -1;
  for (const letter of word) {
    at = part.indexOf(letter, at + 1);
    if (at < 0) return 0;
  }
  return at + 1;
}

/**
 * Lower case, no accents, everything that is no letter or digit one space.
 * @param {string} text
 */
function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * What is being looked for: the text between a slash (at the start, or after a space or line break) and the
 * caret; null when the caret stands in no such place.
 * @param {string} text
 * @param {number} caret
 * @returns {{from: number, typed: string} | null}
 */
export function slashAt(text, caret) {
  const found = /(?:^|\s)\/([^\n/]{0,40})$/u.exec(text.slice(0, caret));
  if (!found || found[1].startsWith(" ") || / {2}/.test(found[1])) return null;
  return { from: caret - found[1].length - 1, typed: found[1] };
}
