/** Safari ends the composition first and sends the keydown of the same key press after it. */
const SAME_KEY_MS = 50;

/** Tells the keys that belong to an input method (Japanese, Chinese, Korean …) from those that are meant for us. */
export class Composing {
  #active = false;
  #endedAt = -Infinity;

  start() {
    this.#active = true;
  }

  /** @param {{timeStamp: number}} event compositionend */
  end({ timeStamp }) {
    this.#active = false;
    this.#endedAt = timeStamp;
  }

  /** @param {Pick<KeyboardEvent, "isComposing" | "keyCode" | "timeStamp">} event keydown */
  owns({ isComposing, keyCode, timeStamp }) {
    return isComposing || keyCode === 229 || this.#active || timeStamp - this.#endedAt < SAME_KEY_MS;
  }
}

/**
 * Enter sends with a keyboard and makes a new line on a touch screen; with Ctrl or ⌘ it always sends.
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey">} event
 * @param {boolean} touch
 */
export function meansSend({ key, shiftKey, altKey, ctrlKey, metaKey }, touch) {
  if (key !== "Enter" || shiftKey || altKey) return false;
  return ctrlKey || metaKey || !touch;
}
