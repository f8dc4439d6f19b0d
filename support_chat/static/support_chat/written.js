/** @import {Pending} from "./outbox.js" */
import { uuid } from "./uuid.js";

/**
 * What somebody has just written, as it waits to be sent.
 * @param {string | null} conversation
 * @param {string} body
 * @param {{command?: string, fields?: object, files?: import("./files.js").FileFacts[]}} how
 * @param {number} [after] order of the one before
 * @returns {Pending}
 */
export function written(conversation, body, { command = "post_message", fields = {}, files }, after = 0) {
  const at = Date.now();
  const order = Math.max(at * 1000, after + 1);
  return { client_id: uuid(), conversation, command, body, files, fields, at, order, state: "sending", error: null, position: null, kills: 0 };
}
