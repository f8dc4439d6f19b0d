/** Web Locks of one browser, as far as the outbox uses them: queue, abort, steal. Share one between "tabs". */
export function fakeLocks() {
  let holder = null;
  const queue = [];

  function grant() {
    if (holder || queue.length === 0) return;
    const next = queue.shift();
    holder = next;
    const done = () => {
      if (holder !== next) return;
      holder = null;
      next.resolve();
      grant();
    };
    Promise.resolve(next.callback({})).then(done, next.reject);
  }

  return {
    request(_name, options, callback) {
      return new Promise((resolve, reject) => {
        const wish = { callback, resolve, reject };
        const aborted = () => {
          if (queue.includes(wish)) queue.splice(queue.indexOf(wish), 1);
          if (holder !== wish) reject(new DOMException("aborted", "AbortError"));
        };
        options.signal?.addEventListener("abort", aborted);
        if (options.steal) {
          holder?.reject(new DOMException("stolen", "AbortError"));
          holder = null;
          queue.unshift(wish);
        } else queue.push(wish);
        grant();
      });
    },
  };
}
