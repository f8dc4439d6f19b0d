/**
 * @typedef {object} Store
 * @property {(key: string) => string | null} get
 * @property {(key: string, value: string) => void} set
 * @property {(key: string) => void} remove
 * @property {(prefix: string) => string[]} keys
 * @property {(prefix: string, fn: (key: string | null) => void) => () => void} watch another tab changed a key
 *   (null: all of them); returns how to stop
 * @property {() => boolean} shared false when the browser refuses storage and things are kept in memory
 */

/** Keeps things for this page's life only. @returns {Store} */
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

/**
 * Browser storage that never throws: what the browser refuses (blocked, full, in a private window) is kept in
 * memory. Nothing is touched before the first call.
 * @param {"localStorage" | "sessionStorage"} kind
 * @returns {Store}
 */
export function openStore(kind) {
  const memory = memoryStore();
  return {
    get: (key) => memory.get(key) ?? attempt(() => globalThis[kind].getItem(key), null),
    set(key, value) {
      memory.remove(key);
      attempt(() => globalThis[kind].setItem(key, value), undefined, () => memory.set(key, value));
    },
    remove(key) {
      memory.remove(key);
      attempt(() => globalThis[kind].removeItem(key), undefined);
    },
    keys(prefix) {
      const stored = attempt(() => Object.keys(globalThis[kind]), []);
      return [...new Set([...stored.filter((key) => key.startsWith(prefix)), ...memory.keys(prefix)])];
    },
    watch: (prefix, fn) => hearOtherTabs(kind, prefix, fn),
    shared: () => memory.keys("").length === 0 && attempt(() => globalThis[kind] != null, false),
  };
}

export const localStore = openStore("localStorage");
export const sessionStore = openStore("sessionStorage");

/**
 * @param {"localStorage" | "sessionStorage"} kind
 * @param {string} prefix
 * @param {(key: string | null) => void} fn
 */
function hearOtherTabs(kind, prefix, fn) {
  /** @param {StorageEvent} event */
  const heard = (event) => {
    const ours = attempt(() => event.storageArea === globalThis[kind], false);
    if (ours && (event.key === null || event.key.startsWith(prefix))) fn(event.key);
  };
  globalThis.addEventListener?.("storage", heard);
  return () => globalThis.removeEventListener?.("storage", heard);
}

/**
 * @template T
 * @param {() => T} use
 * @param {T} otherwise
 * @param {() => void} [refused]
 * @returns {T}
 */
function attempt(use, otherwise, refused = () => {}) {
  try {
    return use();
  } catch {
    refused();
    return otherwise;
  }
}
