// What in a text belongs to one person: e-mail addresses, phone numbers, numbers of orders and the like.

/** @typedef {{kind: "email" | "number" | "name", key: string, shown: string}} Fact `key`: how it is compared */

/** Its first half is bounded, or a long text without an @ would be looked through over and over. */
const EMAIL = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu;
/** Digits as people write phone numbers, in groups. */
const GROUPED = /(?<![\p{L}\p{N}])\+?\(?\d[\d ()./\u00a0–-]{4,30}\d(?![\p{L}\p{N}])/gu;
/** Digits, letters and hyphens in one piece. */
const PIECE = /(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[\p{L}\p{N}]|-(?=[\p{L}\p{N}])){2,40}/gu;
/** What makes a short number one of an order: the # or word before it. */
const NUMBERED = /(?:#|\b(?:order|ticket|invoice|booking|reservation|case|reference|account|customer|contract|parcel|tracking|bestell(?:ung)?|auftrag|rechnung|buchung|reservierung|vertrag|vorgang|kunden|sendung)s?[ -]?(?:number|nummer|no\.?|nr\.?|id)?\s*[:#]?)\s*(\d{3,})(?![\p{L}\p{N}])/giu;

/** A run of digits this long is no price and no year. */
const LONG = 5;
/** A code of letters and digits: so many characters, of which so many digits. */
const CODE = { characters: 6, digits: 3 };
/** What a country's code may add in front of a number, in digits. */
const COUNTRY = 3;
const PHONE = 7;

const CURRENCY_BEFORE = /[$€£¥]\s?$/u;
const CURRENCY_AFTER = /^(?:[.,]\d+)?\s?(?:[$€£¥]|(?:eur|usd|gbp|chf|euros?|dollars?|pounds?|credits?)\b)/iu;
const DATE = /^(?:\d{1,4}[./–-]\d{1,2}[./–-]\d{1,4}|(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d)$/u;
const THOUSANDS = /^[1-9]\d{0,2}(?:[. \u00a0]000|\.\d{3})+$/u;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/u;

/** Those that a text holds; a name is known only from who bears it, see names.js. @param {string} text @returns {Fact[]} */
export function factsIn(text) {
  const numbers = [...groupedIn(text), ...piecesIn(text), ...numberedIn(text)];
  return [...emailsIn(text), ...numbers.filter(({ key }, index) => numbers.findIndex((other) => other.key === key) === index)];
}

/** Whether both are the same; a phone number with and without its country's code is. @param {Fact} a @param {Fact} b */
export function isSame(a, b) {
  if (a.kind !== b.kind) return false;
  return a.key === b.key || (a.kind === "number" && endsAlike(a.key, b.key));
}

/** Whether a text holds this address or number, however it is written there. @param {string} text @param {Fact} fact */
export function holds(text, fact) {
  const { kind, key } = fact;
  if (kind === "email") return text.toLowerCase().includes(key);
  const said = bare(text);
  return said.includes(key.replace(/^0+/u, "")) || (said.includes(key.slice(-PHONE)) && factsIn(text).some((found) => isSame(found, fact)));
}

/** @param {string} text @returns {Fact[]} */
function emailsIn(text) {
  return [...text.matchAll(EMAIL)].map(([shown]) => ({ kind: "email", key: shown.toLowerCase(), shown }));
}

/** @param {string} text @returns {Fact[]} */
function groupedIn(text) {
  return [...text.matchAll(GROUPED)].flatMap(({ 0: shown, index }) => {
    const key = bare(shown.replace(/\(0\)/u, ""));
    const isOther = [DATE, THOUSANDS, ADDRESS].some((form) => form.test(shown)) || isPrice(text, index, shown.length);
    return key.length < PHONE || isOther ? [] : [number(key, shown)];
  });
}

/** @param {string} text @returns {Fact[]} */
function piecesIn(text) {
  return [...text.matchAll(PIECE)].flatMap(({ 0: shown, index }) => {
    const key = bare(shown);
    const digits = key.replace(/\D/gu, "").length;
    if (DATE.test(shown) || isPrice(text, index, shown.length)) return [];
    const isLong = digits === key.length ? digits >= LONG : key.length >= CODE.characters && digits >= CODE.digits;
    return isLong ? [number(key, shown)] : [];
  });
}

/** @param {string} text @returns {Fact[]} */
function numberedIn(text) {
  return [...text.matchAll(NUMBERED)].map((found) => number(found[1], found[0].startsWith("#") ? `#${found[1]}` : found[1]));
}

/** @param {string} key @param {string} shown @returns {Fact} */
function number(key, shown) {
  return { kind: "number", key, shown };
}

/** @param {string} text @param {number} index @param {number} length */
function isPrice(text, index, length) {
  return CURRENCY_BEFORE.test(text.slice(Math.max(0, index - 2), index)) || CURRENCY_AFTER.test(text.slice(index + length, index + length + 12));
}

/** @param {string} a @param {string} b */
function endsAlike(a, b) {
  const [short, long] = [a.replace(/^0+/u, ""), b.replace(/^0+/u, "")].sort((one, other) => one.length - other.length);
  return short.length >= PHONE && long.length - short.length <= COUNTRY && long.endsWith(short) && /^\d+$/u.test(long);
}

/** Letters and digits alone. @param {string} text */
function bare(text) {
  return text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}
