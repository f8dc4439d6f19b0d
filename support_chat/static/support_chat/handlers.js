/** Functions by name. One that throws is reported and stops none of the others. */
export class Handlers {
  /** @type {Map<string, Set<(value: any) => unknown>>} */
  #byName = new Map();

  /**
   * @param {string} name
   * @param {(value: any) => unknown} fn
   * @returns {() => void} stop
   */
  add(name, fn) {
    const fns = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, fns.add(fn));
    return () => void fns.delete(fn);
  }

  /** @param {string} name @param {any} value */
  call(name, value) {
    for (const fn of [...(this.#byName.get(name) ?? [])]) void run(fn, value);
  }
}

/** @param {(value: any) => unknown} fn @param {any} value */
async function run(fn, value) {
  try {
    await fn(value);
  } catch (error) {
    console.error(error);
  }
}
