// Whoever asks the same again means it once: the same fields go under the same id, other ones under another.

import { uuid } from "../support_chat/uuid.js";

/** @returns {(fields: object) => string} the id to send these fields under */
export function onceEach() {
  let [id, last] = ["", ""];
  return (fields) => {
    const now = JSON.stringify(fields);
    if (now !== last) [id, last] = [uuid(), now];
    return id;
  };
}
