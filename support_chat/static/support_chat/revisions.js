/** @import {Entry} from "./types.d.ts" */

/** What messages say by now, by position; null: taken back. @param {Entry[]} entries @returns {Map<number, string | null>} */
export function revisionsIn(entries) {
  const found = new Map();
  for (const { kind, body } of entries) {
    if (kind === "retracted") found.set(body.of, null);
    else if (kind === "edited" && typeof body.text === "string") found.set(body.of, body.text);
  }
  return found;
}
