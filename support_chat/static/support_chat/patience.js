import { RefusedError } from "./errors.js";

/**
 * Ask again by itself when refused with `retry`, after the time that the refusal names.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {number} seconds for so long
 * @returns {Promise<T>}
 */
export async function patiently(ask, seconds) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const pause = error instanceof RefusedError && error.retry ? (error.after ?? 1) * 1000 : Infinity;
      if (Date.now() + pause > until) throw error;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}
