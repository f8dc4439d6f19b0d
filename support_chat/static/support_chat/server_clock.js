/** By so much (ms) this browser's clock was ahead of the server's when the newest live entry came. */
let ahead = 0;

/** An entry has just come, which the server has just written. @param {string} at */
export function setClockBy(at) {
  ahead = Date.now() - Date.parse(at);
}

/** Milliseconds since 1970 as the server counts; until a live entry has come, as this browser does. */
export function serverNow() {
  return Date.now() - ahead;
}
