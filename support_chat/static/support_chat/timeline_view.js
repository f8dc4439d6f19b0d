/** @import {TimelineLog} from "./timeline.js" */
/** @import {Pending} from "./outbox.js" */
import { useEffect, useLayoutEffect, useRef, useSignal, useSignalEffect } from "./vendor/preact.js";

/** Closer to the end than this is at the end. */
const AT_END_PX = 60;
/** Closer to the beginning than this, the next older page is fetched. */
const NEAR_START_PX = 400;

/**
 * Where in the log we look. The scroller runs in `column-reverse`: 0 is the newest, and back is negative, so that
 * neither an older page above nor a new message below moves what is being read.
 * @param {object} options
 * @param {TimelineLog} options.log
 * @param {Pending[]} options.pending
 * @param {(() => Promise<void> | void) | undefined} options.onEarlier
 * @param {((position: number) => void) | undefined} options.onSeen
 */
export function useTimelineView({ log, pending, onEarlier, onSeen }) {
  const scroller = useRef(/** @type {HTMLElement | null} */ (null));
  const away = useSignal(false);
  const leftAt = useRef(0);
  const loadEarlier = useOneAtATime(onEarlier);
  useSeen(log, away, onSeen);
  useFollowOwn(scroller, pending);
  return {
    scroller,
    away: away.value,
    /** Position of the newest entry when the end went out of view. */
    leftAt: leftAt.current,
    loadEarlier,
    onScroll() {
      const { scrollTop, scrollHeight, clientHeight } = /** @type {HTMLElement} */ (scroller.current);
      const back = Math.abs(scrollTop);
      if (!away.value && back > AT_END_PX) leftAt.current = log.position;
      away.value = back > AT_END_PX;
      if (away.value && log.earlier.value && scrollHeight - clientHeight - back < NEAR_START_PX) loadEarlier();
    },
    toNewest() {
      scroller.current?.focus({ preventScroll: true }); // the button goes, and would take the focus with it
      scroller.current?.scrollTo({ top: 0 });
    },
  };
}

/** @param {(() => Promise<void> | void) | undefined} work */
function useOneAtATime(work) {
  const busy = useRef(false);
  return async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      await work?.();
    } catch {
      // Not now: the button stays, and scrolling asks again.
    } finally {
      busy.current = false;
    }
  };
}

/**
 * @param {TimelineLog} log
 * @param {{value: boolean}} away
 * @param {((position: number) => void) | undefined} onSeen
 */
function useSeen(log, away, onSeen) {
  const shown = useSignal(0);
  useEffect(() => {
    const look = () => void (shown.value += 1);
    document.addEventListener("visibilitychange", look);
    globalThis.addEventListener("focus", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      globalThis.removeEventListener("focus", look);
    };
  }, []);
  useSignalEffect(() => {
    void shown.value;
    const entries = log.entries.value;
    if (!away.value && entries.length && document.visibilityState === "visible") onSeen?.(log.position);
  });
}

/**
 * Who writes wants to see it.
 * @param {{current: HTMLElement | null}} scroller
 * @param {Pending[]} pending
 */
function useFollowOwn(scroller, pending) {
  const newest = pending.reduce((order, item) => Math.max(order, item.order), 0);
  const known = useRef(newest);
  useLayoutEffect(() => {
    if (newest > known.current) scroller.current?.scrollTo({ top: 0 });
    known.current = Math.max(newest, known.current);
  }, [newest]);
}
