// Keys that are pressed before the code that knows what they do is here: it is fetched at once, and none is lost, however
// long that takes. Whoever clicks meanwhile has gone on, and wants them no more.

/** @import {Desk} from "./desk.js" */
import { fetchCode } from "./when_needed.js";

/** @typedef {{event: KeyboardEvent, inHand: string}} Early `inHand`: what it would have acted on when it was pressed */

/** @type {Early[]} */
const kept = [];

/** @param {Pick<Desk, "inHand">} desk @param {() => void} failed what was pressed for cannot be fetched @returns {() => void} stop listening */
export function keepKeys(desk, failed) {
  const listening = new AbortController();
  const forget = () => takeKeys().length > 0;
  const keep = (/** @type {KeyboardEvent} */ event) => {
    if ([...event.key].length > 1 || event.key === " ") return;
    kept.push({ event, inHand: desk.inHand });
    fetchCode(true).catch(() => forget() && failed());
  };
  document.addEventListener("keydown", keep, { signal: listening.signal });
  document.addEventListener("click", forget, { signal: listening.signal });
  return () => listening.abort();
}

/** Those that were kept, once. */
export function takeKeys() {
  return kept.splice(0);
}
