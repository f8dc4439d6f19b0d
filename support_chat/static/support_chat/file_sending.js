/** @import {FileFacts} from "./files.js" */

/** Waits (s) between tries of what may go through later. */
const PAUSES = [1, 3, 10, 20, 30];

/** Why a file could not be sent: the server's code, or `not_sent`. */
export class NotSent extends Error {
  /** @param {string} code @param {boolean} retry @param {number} [after] seconds */
  constructor(code, retry, after) {
    super(code);
    this.code = code;
    this.retry = retry;
    this.after = after;
  }
}

/**
 * Send one file, again and again while that may help, until it is there or `signal` says to stop.
 * @param {object} how
 * @param {string} how.address
 * @param {() => Record<string, string>} how.headers
 * @param {File} how.file
 * @param {(share: number) => void} how.onProgress 0 to 1
 * @param {AbortSignal} how.signal
 * @returns {Promise<FileFacts>}
 */
export async function sendFile({ signal, ...how }) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await sendOnce({ signal, ...how });
    } catch (error) {
      const again = error instanceof NotSent && error.retry && tries < PAUSES.length && !signal.aborted;
      if (!again) throw error;
      await pause(Math.max(PAUSES[tries], error.after ?? 0), signal);
      if (signal.aborted) throw error;
    }
  }
}

/** @param {Parameters<typeof sendFile>[0]} how @returns {Promise<FileFacts>} */
function sendOnce({ address, headers, file, onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch() does not tell how far it is
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.toWellFormed?.() ?? file.name));
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => (request.status === 201 ? resolve(JSON.parse(request.responseText)) : reject(refusalIn(request)));
    request.onerror = () => reject(new NotSent("not_sent", true));
    request.onabort = () => reject(new NotSent("cancelled", false));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

/** @param {XMLHttpRequest} request */
function refusalIn({ status, responseText }) {
  try {
    const { code, retry, after } = JSON.parse(responseText).error;
    return new NotSent(code, retry, after);
  } catch {
    return new NotSent(status === 413 ? "file_too_large" : "not_sent", status >= 500);
  }
}

/** @param {number} seconds @param {AbortSignal} signal @returns {Promise<void>} */
function pause(seconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
