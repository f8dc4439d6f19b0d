/** @import {WireError} from "./types.d.ts" */

/** The server said no. `retry`: may the same command succeed later; `after`: in how many seconds. */
export class RefusedError extends Error {
  /** @param {WireError} error */
  constructor(error) {
    super(error.message ?? error.code);
    this.name = "RefusedError";
    this.code = error.code;
    this.retry = error.retry === true;
    /** @type {number | null} seconds */
    this.after = typeof error.after === "number" ? error.after : null;
    /** @type {string | null} */
    this.field = error.field ?? null;
    /** Everything else the refusal carries, such as the present `state` of `changed`. */
    this.details = error;
  }
}

/** No answer came: the command may or may not have taken effect. Ask again with the same `client_id`. */
export class LostError extends Error {
  /**
   * @param {"not_online" | "closed" | "timeout"} reason `not_online`: it was never sent
   * @param {number | null} [closeCode] of the socket, when `reason` is `closed`
   */
  constructor(reason, closeCode = null) {
    super(`no answer: ${reason}`);
    this.name = "LostError";
    this.reason = reason;
    this.closeCode = closeCode;
  }
}
