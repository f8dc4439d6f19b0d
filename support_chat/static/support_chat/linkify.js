/**
 * Links are links, nothing else is markup.
 * @typedef {{text: string, href?: string}} Piece
 */

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\p{Cf}]+/giu;
const TRAILING = ".,:;!?…)]}*_";
/** @type {Record<string, string>} */
const OPENING = { ")": "(", "]": "[", "}": "{" };

/**
 * The same text in pieces, some with an address. Of a tower of accents as many are left as any language has: thousands
 * take a browser half a second to draw. @param {string} text @returns {Piece[]}
 */
export function linkify(text) {
  text = text.replace(/(\p{M}{9})\p{M}+/gu, "$1");
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
  /** @type {Record<string, number>} so many more are closed than opened */
  const over = {};
  for (const closing in OPENING) over[closing] = link.split(closing).length - link.split(OPENING[closing]).length;
  let end = link.length;
  while (TRAILING.includes(link[end - 1]) && !(over[link[end - 1]]-- <= 0)) end -= 1;
  return link.slice(0, end);
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
