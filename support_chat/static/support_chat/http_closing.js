/** HTTP statuses that mean what a close code of the socket means. @type {Record<number, number>} */
const CODES = { 401: 4401, 403: 4403, 429: 4429, 503: 4012 };
const LOST = 1006;

/** @param {Response} response @returns {{code: number, after?: number}} `after`: seconds the server asks to stay away */
export function closingOf({ status, headers }) {
  const after = Number(headers.get("Retry-After") ?? NaN);
  return { code: CODES[status] ?? LOST, ...(after > 0 && { after }) };
}
