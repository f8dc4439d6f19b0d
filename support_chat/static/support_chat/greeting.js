/** @import {Fallback} from "./fallback.js" */
/** @import {Link} from "./link.js" */
import { RefusedError } from "./errors.js";

/** Seconds. */
export const ANSWER_S = 15;
/** Opening and hello together (ms): a network that swallows packets never says no. */
export const OPENING_MS = 10_000;
const HELLOS_A_LINK = 3;

/**
 * Says hello over a fresh link, and puts right what it is refused for, if that can be done.
 * @param {Link | Fallback} link
 * @param {object} how
 * @param {() => object | Promise<object>} how.hello
 * @param {string[]} [how.features]
 * @param {(error: RefusedError) => boolean | Promise<boolean>} [how.onHelloRefused]
 * @returns {Promise<any>} the welcome
 * @throws {RefusedError | import("./errors.js").LostError}
 */
export async function greet(link, { hello, features = [], onHelloRefused = () => false }) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await link.ask("hello", { ...(await hello()), ...(features.length && { features }) }, ANSWER_S);
    } catch (error) {
      const forGood = error instanceof RefusedError && !error.retry;
      if (!forGood || attempt === HELLOS_A_LINK || !(await onHelloRefused(error))) throw error;
    }
  }
}
