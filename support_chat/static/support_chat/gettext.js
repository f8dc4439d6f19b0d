/**
 * Words in the reader's language. English stands in the code; another language is a script before ours that leaves
 * its words in `supportChatWords` (support_chat/words.py). Where it did not come, everybody reads English.
 *
 * @typedef {object} Catalogue
 * @property {Record<string, string | string[]>} texts by the English one; several forms by the English singular
 * @property {string} plurals which form, by number, a digit each for 0 to 199
 */

/** @type {Catalogue | undefined} */
export const catalogue = /** @type {any} */ (globalThis).supportChatWords;

/** @param {string} text written in full at the call, since a program collects it from the source @returns {string} */
export const gettext = (text) => /** @type {string} */ (catalogue?.texts[text] ?? text);
