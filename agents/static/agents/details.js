/** @import {Who} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { safeName } from "./words.js";

/**
 * What is known of a visitor beside their name, for showing: signed by their website first. What the page merely
 * claims stays beside it, even under the same name, and says so.
 * @param {Who} visitor
 * @returns {{name: string, value: string, verified: boolean}[]}
 */
export function detailsOf({ attributes = {}, claimed = {} }) {
  return [...listed(attributes, true), ...listed(claimed, false)];
}

/** @param {Record<string, unknown>} values @param {boolean} verified */
function listed(values, verified) {
  return Object.entries(values).map(([name, value]) => ({ name: safeName(name), value: inWords(value), verified }));
}

/** @param {unknown} value */
function inWords(value) {
  if (typeof value === "boolean") return value ? gettext("Yes") : gettext("No");
  return String(value);
}
