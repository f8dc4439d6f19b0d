import { signal } from "../support_chat/vendor/preact.js";
import { uuid } from "../support_chat/uuid.js";

const SIGN = "#go-on=";

/**
 * A link of a letter, by which the visitor came: it opens the chat once.
 *
 * - `claim`: what hello says of it, until it was answered
 * - `isOld`: signal, whether it leads nowhere any more
 */
export class LinkBack {
  isOld = signal(false);

  /** @param {string} secret */
  constructor(secret) {
    /** @type {{secret: string, client_id: string} | null} */
    this.claim = { secret, client_id: uuid() };
  }

  /** @param {import("../support_chat/live_socket.js").LiveSocket} socket */
  attend(socket) {
    socket.onWelcome(() => void (this.claim = null));
  }

  /** Hello was refused: whether it was because of this link. */
  refused() {
    if (this.claim === null) return false;
    this.claim = null;
    return (this.isOld.value = true);
  }
}

/**
 * The link that this address holds, taken off it: it opens the chat once, and the next page, a bookmark or somebody
 * who looks over a shoulder have no use for it.
 * @param {Window} [page] @returns {LinkBack | null}
 */
export function linkBack(page = window) {
  const { hash, pathname, search } = page.location;
  if (!hash.startsWith(SIGN)) return null;
  page.history.replaceState(null, "", pathname + search);
  return new LinkBack(hash.slice(SIGN.length));
}
