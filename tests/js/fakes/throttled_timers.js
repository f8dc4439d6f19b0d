/**
 * The timers of a tab that has been hidden for five minutes: each waits for the next full minute, however short it
 * was meant to be. `minute()` lets one pass; `jump()` moves the clock while no timer runs, as a sleeping machine does.
 */
export function throttledTimers(t) {
  const MINUTE = 60_000;
  let now = 0;
  let last = 0;
  const due = new Map();
  const set = (fn, ms = 0, every = null) => {
    due.set((last += 1), { fn, at: now + ms, every });
    return last;
  };
  t.mock.method(Date, "now", () => now);
  t.mock.method(globalThis, "setTimeout", (fn, ms) => set(fn, ms));
  t.mock.method(globalThis, "setInterval", (fn, ms) => set(fn, ms, ms));
  for (const clear of ["clearTimeout", "clearInterval"]) t.mock.method(globalThis, clear, (id) => due.delete(id));

  function fire() {
    for (const [id, timer] of [...due].sort(([, a], [, b]) => a.at - b.at)) {
      if (timer.at > now || !due.has(id)) continue;
      if (timer.every === null) due.delete(id);
      else timer.at = now + timer.every;
      timer.fn();
    }
  }

  return {
    minute: () => ((now += MINUTE), fire()),
    jump: (ms) => (now += ms),
    fire,
  };
}
