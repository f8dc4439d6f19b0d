/** One browser's storage and the tabs that share it: what one tab writes the others are told, later. */
export function sharedStorage() {
  const values = new Map();
  const tabs = new Set();

  function tab() {
    const watchers = new Set();
    tabs.add(watchers);
    const tell = (key) => {
      for (const other of tabs) if (other !== watchers) for (const watch of other) queueMicrotask(() => watch(key));
    };
    return {
      get: (key) => values.get(key) ?? null,
      set: (key, value) => (values.set(key, value), tell(key)),
      remove: (key) => values.delete(key) && tell(key),
      keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
      watch(prefix, fn) {
        const watcher = (key) => (key === null || key.startsWith(prefix)) && fn(key);
        watchers.add(watcher);
        return () => watchers.delete(watcher);
      },
      shared: () => true,
    };
  }

  /** As a browser's own tools do it: every tab is told. */
  function empty() {
    values.clear();
    for (const tab of tabs) for (const watch of tab) queueMicrotask(() => watch(null));
  }

  return { values, tab, empty };
}
