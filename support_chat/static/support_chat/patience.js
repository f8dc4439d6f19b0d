import { LostError, RefusedError } from "./errors.js";

/** Between two attempts when nothing says how long (ms). */
const PAUSE_MS = 1000;

/**
 * Ask again by itself, the very same: after a refusal with `retry` when its time is over, after a lost answer as soon
 * as there is a link again.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {number} seconds for so long
 * @param {() => Promise<void>} online settled when there is a link
 * @returns {Promise<T>}
 */
export async function patiently(ask, seconds, online) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const pause = pauseAfter(error);
      if (Date.now() + pause > until) throw error;
      await rest(pause);
      if (error instanceof LostError) await Promise.race([online(), rest(until - Date.now())]);
    }
  }
}

/** @param {unknown} error @returns {number} milliseconds; Infinity: the same will not succeed */
function pauseAfter(error) {
  if (error instanceof RefusedError) return error.retry ? (error.after ?? 1) * 1000 : Infinity;
  if (!(error instanceof LostError)) return Infinity;
  return error.reason === "timeout" ? PAUSE_MS : 1;
}

/** @param {number} ms */
function rest(ms) {
  return /** @type {Promise<void>} */ (new Promise((done) => setTimeout(done, ms)));
}
