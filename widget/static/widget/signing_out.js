/** @import {VisitorChat} from "./visitor_chat.js" */
import { postTo } from "../support_chat/posting.js";

const NEXT_TRY = 3000; // milliseconds
const LATER = 429; // from this status on the same may be asked again

/**
 * What opened their chats from this browser opens nothing any more. Told by requests, which need no link of the panel
 * and outlive a page that is left at once; asked until the server has heard it.
 * @param {VisitorChat} visitor @param {string | null} token @param {string} kept a handle opens a session, which is ended then
 */
export async function signOut({ site, socket }, token, kept) {
  const { url } = socket.options;
  if (token === null && kept[1]) token = (await heard(url, "hello", { site: site.key, resume: kept }, null)).ok?.token ?? null;
  if (token !== null) await heard(url, "sign_out", {}, token);
}

/** @param {string} url @param {string} command @param {object} fields @param {string | null} token */
async function heard(url, command, fields, token) {
  for (;;) {
    const asked = postTo(url, "commands", { id: 1, do: command, with: fields }, { token, keepalive: true });
    const answer = await fetch(...asked).catch(() => null);
    if (answer && answer.status < LATER) return answer.json();
    await new Promise((next) => setTimeout(next, NEXT_TRY));
  }
}
