// A hand that is faster than the eye: Enter right after a change of chat asks once more.

/** So long after a change (ms) a press may still be meant for the chat before. */
export const TOO_SOON = 700;

export class EnterGuard {
  /** @param {() => number} [now] ms */
  constructor(now = () => performance.now()) {
    this.now = now;
    this.changedAt = -Infinity;
    this.asked = false;
  }

  /** Another chat stands in front of the agent. */
  changed() {
    this.changedAt = this.now();
    this.asked = false;
  }

  /** Enter was pressed to send. @returns {boolean} whether to send; false: ask once more */
  allows() {
    if (this.asked || this.now() - this.changedAt >= TOO_SOON) {
      this.asked = false;
      return true;
    }
    this.asked = true;
    return false;
  }
}
