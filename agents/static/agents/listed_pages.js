// The rows of a view as pages, each from one cursor to another, so that one can be read anew without the others.

/** @import {HeardRow} from "./wire.js" */

/**
 * @typedef {object} Page
 * @property {string | null} after behind which it begins; null: with the list
 * @property {string | null} until up to which it reaches; null: to the end of the list
 * @property {HeardRow[]} rows
 * @property {number} age of the list when it was asked for
 */

export class ListedPages {
  constructor() {
    /** @type {Page[]} */
    this.pages = [];
    /** Counts how often something may have come or gone. */
    this.age = 0;
  }

  clear() {
    this.pages = [];
  }

  /** Where the list goes on; null: it is all here. */
  get next() {
    return this.pages.at(-1)?.until ?? null;
  }

  get rows() {
    return this.pages.flatMap(({ rows }) => rows);
  }

  /** The first page that is older than this of those that are looked at: the beginning, and whatever holds the rows from one to another. @param {number} age @param {{from: number, to: number}} seen */
  due(age, { from, to }) {
    let at = 0;
    for (const [n, page] of this.pages.entries()) {
      const begins = at;
      at += page.rows.length;
      if (page.age < age && (n === 0 || (begins <= to && at > from))) return page;
    }
    return null;
  }

  /** In the place of one, or of nothing at the end, what was read; each chat stands where it was read last. @param {Page | null} old @param {Page[]} fresh */
  put(old, fresh) {
    const names = new Set(fresh.flatMap(({ rows }) => rows.map(({ conversation }) => conversation)));
    const others = (/** @type {Page} */ page) => ({ ...page, rows: page.rows.filter(({ conversation }) => !names.has(conversation)) });
    const at = old ? this.pages.indexOf(old) : this.pages.length;
    this.pages = [...this.pages.slice(0, at).map(others), ...fresh, ...this.pages.slice(at + 1).map(others)].reduce(withoutHoles, /** @type {Page[]} */ ([]));
  }

  /** Rows as they are by now, where they are not older. @param {ReadonlyMap<string, HeardRow>} news @returns {boolean} whether any is here */
  update(news) {
    let isAny = false;
    const now = (/** @type {HeardRow} */ row) => {
      const told = news.get(row.conversation);
      if (!told || told.position < row.position) return row;
      isAny = true;
      return told;
    };
    for (const page of this.pages) page.rows = page.rows.map(now);
    return isAny;
  }
}

/** What an empty page reached over belongs to its neighbour. @param {Page[]} pages @param {Page} page @returns {Page[]} */
function withoutHoles(pages, page) {
  const last = pages.at(-1);
  if (!last || (last.rows.length && page.rows.length)) return [...pages, page];
  return [...pages.slice(0, -1), { after: last.after, until: page.until, rows: [...last.rows, ...page.rows], age: Math.min(last.age, page.age) }];
}
