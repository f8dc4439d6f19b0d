/** Make the live region; call once at the start, so that it stands before the first text. @param {Document} [page] */
export function prepareSpeech(page = document) {}

/** Let a screen reader say this, politely and once. @param {string} text */
export function speak(text) {}
