/**
 * What happens to a page, as far as a socket cares.
 * @typedef {object} PageLife
 * @property {() => boolean} hidden
 * @property {(hear: {wake: (why: Wake) => void, leave: () => void}) => () => void} listen returns how to stop
 *
 * @typedef {"shown" | "focused" | "online" | "offline"} Wake
 */

/** @type {PageLife} */
export const pageLife = {
  hidden: () => globalThis.document?.visibilityState === "hidden",

  listen({ wake, leave }) {
    const listening = new AbortController();
    const { signal } = listening;
    const window = globalThis.window ?? new EventTarget();
    const page = globalThis.document ?? new EventTarget();
    page.addEventListener("visibilitychange", () => pageLife.hidden() || wake("shown"), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && wake("shown"), { signal });
    window.addEventListener("focus", () => wake("focused"), { signal });
    window.addEventListener("online", () => wake("online"), { signal });
    window.addEventListener("offline", () => wake("offline"), { signal });
    window.addEventListener("pagehide", leave, { signal });
    return () => listening.abort();
  },
};
