/**
 * What happens to a page, as far as a socket cares.
 * @typedef {object} PageLife
 * @property {() => boolean} hidden
 * @property {(hear: {wake: (why: Wake) => void, leave: () => void}) => () => void} listen returns how to stop
 *
 * @typedef {"shown" | "focused" | "online" | "offline" | "thawed"} Wake "thawed": the page, or the machine, slept
 */

const LOOK_MS = 5_000;
/** So much more than a look apart, and nobody was there to look. A hidden page is woken once a minute only. */
const SLEPT_MS = { shown: 5_000, hidden: 90_000 };

/** @type {PageLife} */
export const pageLife = {
  hidden: () => globalThis.document?.visibilityState === "hidden",

  listen({ wake, leave }) {
    const listening = new AbortController();
    const { signal } = listening;
    const window = globalThis.window ?? new EventTarget();
    const page = globalThis.document ?? new EventTarget();
    page.addEventListener("visibilitychange", () => pageLife.hidden() || wake("shown"), { signal });
    page.addEventListener("resume", () => wake("thawed"), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && wake("shown"), { signal });
    window.addEventListener("focus", () => wake("focused"), { signal });
    window.addEventListener("online", () => wake("online"), { signal });
    window.addEventListener("offline", () => wake("offline"), { signal });
    window.addEventListener("pagehide", leave, { signal });
    const watch = watchSleep(() => wake("thawed"));
    return () => (listening.abort(), clearInterval(watch));
  },
};

/** A machine that wakes up tells nobody: its clock has moved on, and the timers have not. @param {() => void} slept */
function watchSleep(slept) {
  let last = Date.now();
  return setInterval(() => {
    const missing = Date.now() - last - LOOK_MS;
    last = Date.now();
    if (missing > SLEPT_MS[pageLife.hidden() ? "hidden" : "shown"]) slept();
  }, LOOK_MS);
}
