/** @import {WireError} from "./types.d.ts" */
import { LostError, RefusedError } from "./errors.js";

/**
 * @typedef {object} Waiting
 * @property {(ok: any) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {any} timer
 */

/** Commands of one link that wait for their reply, by id. */
export class Replies {
  #last = 0;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();

  /**
   * @param {number} timeout seconds
   * @param {(id: number) => void} send
   * @returns {Promise<any>}
   */
  expect(timeout, send) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#take(id)?.reject(new LostError("timeout")), timeout * 1000);
      this.#waiting.set(id, { resolve, reject, timer });
      send(id);
    });
  }

  /** Is somebody still waiting for it? @param {number} id */
  awaits(id) {
    return this.#waiting.has(id);
  }

  /** @param {{re: number, ok?: any, error?: WireError}} frame */
  settle(frame) {
    const waiting = this.#take(frame.re);
    if (frame.error) waiting?.reject(new RefusedError(frame.error));
    else waiting?.resolve(frame.ok ?? {});
  }

  /** The link is gone, and with it every answer. @param {number | null} closeCode */
  lose(closeCode) {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(new LostError("closed", closeCode));
  }

  /** @param {number} id */
  #take(id) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }
}
