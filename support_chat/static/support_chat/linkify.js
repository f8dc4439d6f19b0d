/**
 * Links are links, nothing else is markup.
 * @typedef {{text: string, href?: string}} Piece
 */

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\p{Cf}]+/giu;
const TRAILING = /[.,:;!?…)\]}*_]$/u;
/** @type {Record<string, string>} */
const OPENING = { ")": "(", "]": "[", "}": "{" };

/** @param {string} text @returns {Piece[]} the same text in pieces, some with an address */
export function linkify(text) {
  /** @type {Piece[]} */
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const link = withoutTrailing(match[0]);
    if (!isWebAddress(link)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: link, href: link });
    end = match.index + link.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** "(see https://shop.example/a_(b))." ends the sentence, not the address. @param {string} link */
function withoutTrailing(link) {
  while (TRAILING.test(link)) {
    const last = link[link.length - 1];
    const opening = OPENING[last];
    if (opening && count(link, opening) >= count(link, last)) break;
    link = link.slice(0, -1);
  }
  return link;
}

/** @param {string} text @param {string} character */
function count(text, character) {
  return text.split(character).length - 1;
}

/** @param {string} link */
function isWebAddress(link) {
  try {
    const { protocol, hostname } = new URL(link);
    return (protocol === "http:" || protocol === "https:") && hostname !== "";
  } catch {
    return false;
  }
}
