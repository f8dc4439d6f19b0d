// Somebody comes back to the console: what happened meanwhile is said once.

/** @import {HeardRow} from "./wire.js" */
import { inWords, whatHappened } from "./away_summary.js";

/** Whoever looked elsewhere for so long (ms) was away. */
export const AWAY = 60_000;

export class Away {
  /**
   * @param {{rows: () => ReadonlyMap<string, HeardRow>, me: () => string | undefined, onBack: (words: string) => void,
   *   now?: () => number}} given `onBack`: "" when nothing happened
   */
  constructor({ rows, me, onBack, now = () => Date.now() }) {
    this.rows = rows;
    this.me = me;
    this.onBack = onBack;
    this.now = now;
    /** @type {{since: number, rows: ReadonlyMap<string, HeardRow>} | null} */
    this.left = null;
  }

  /** The window is before nobody's eyes, or is again. @param {boolean} looked */
  look(looked) {
    if (!looked) {
      this.left ??= { since: this.now(), rows: this.rows() };
      return;
    }
    const left = this.left;
    this.left = null;
    if (left && this.now() - left.since >= AWAY) this.onBack(inWords(whatHappened(left.rows, this.rows(), this.me())));
  }

  watch() {
    const look = () => this.look(!document.hidden && document.hasFocus());
    for (const kind of ["focus", "blur"]) addEventListener(kind, look);
    document.addEventListener("visibilitychange", look);
    look();
  }
}
