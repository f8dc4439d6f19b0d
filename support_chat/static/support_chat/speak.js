/**
 * A live region apart from the visible log: the log is prepended, updated and redrawn, and as a live region it
 * would be read again and again. Say only what is new and comes from somebody else.
 */

/** Long enough for a screen reader to take the text up, short enough not to be met while browsing. */
const KEPT_MS = 1000;

/** @type {HTMLElement | null} */
let region = null;

/** Make the region; call once at the start, so that it stands before the first text. @param {Document} [page] */
export function prepareSpeech(page = document) {
  if (region?.isConnected) return;
  region = page.createElement("div");
  region.setAttribute("role", "log");
  region.setAttribute("aria-live", "polite");
  region.setAttribute("aria-relevant", "additions");
  Object.assign(region.style, {
    position: "absolute",
    inlineSize: "1px",
    blockSize: "1px",
    margin: "-1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  });
  page.body.append(region);
}

/** Let a screen reader say this, politely and once. @param {string} text */
export function speak(text) {
  if (!region?.isConnected) prepareSpeech();
  const line = /** @type {HTMLElement} */ (region).ownerDocument.createElement("div");
  line.textContent = text;
  /** @type {HTMLElement} */ (region).append(line);
  setTimeout(() => line.remove(), KEPT_MS);
}
