import { signal } from "../support_chat/vendor/preact.js";

/** The vocabulary's version; both ends drop what carries another. */
const VERSION = 1;

/**
 * The page that frames us. Only its loader is heard (exact window and origin), and only these words:
 * "opened", "minimised", "warmed", each with the host's page. We say "ready", "minimise", "unread" and "going-on".
 *
 * - `opened`: signal, whether the visitor sees the panel.
 * - `warmed`: signal, whether the panel may connect unseen for a chat that goes on.
 * - `page`: the host page's address, without query and fragment.
 */
export class HostLink {
  /** @param {string} origin of the host page @param {Window} [page] */
  constructor(origin, page = window) {
    this.origin = origin;
    this.window = page;
    this.opened = signal(false);
    this.warmed = signal(false);
    this.page = "";
    this.framed = true;
  }

  /** Hear the loader, and tell it that we do. */
  listen() {
    this.window.addEventListener("message", (event) => this.hear(event));
    this.say("ready");
  }

  minimise() {
    this.say("minimise");
  }

  /** @param {number} count new messages that the visitor has not seen */
  unread(count) {
    this.say("unread", { count });
  }

  /** @param {boolean} on whether a chat goes on: the loader then listens for it on later pages */
  goingOn(on) {
    this.say("going-on", { on });
  }

  /** @param {MessageEvent} event */
  hear({ data, origin, source }) {
    if (source !== this.window.parent || origin !== this.origin || data?.supportChat !== VERSION) return;
    if (!["opened", "minimised", "warmed"].includes(data.say)) return;
    if (typeof data.page === "string") this.page = data.page.slice(0, 500);
    if (data.say === "warmed") this.warmed.value = true;
    else this.opened.value = data.say === "opened";
  }

  /** @param {string} word @param {object} [more] */
  say(word, more) {
    this.window.parent.postMessage({ supportChat: VERSION, say: word, ...more }, this.origin);
  }
}

/** No host: the chat is a page of its own, open from the start. Unseen messages are counted in its title. */
export class OwnPage {
  /** @param {Window} [page] */
  constructor(page = window) {
    this.window = page;
    this.title = page.document.title;
    this.opened = signal(true);
    this.warmed = signal(true);
    this.page = page.location.origin + page.location.pathname;
    this.framed = false;
  }

  listen() {}

  minimise() {}

  goingOn() {}

  /** @param {number} count */
  unread(count) {
    this.window.document.title = count > 0 ? `(${count}) ${this.title}` : this.title;
  }
}
