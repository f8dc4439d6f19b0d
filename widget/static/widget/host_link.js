import { signal } from "../support_chat/vendor/preact.js";

/** The vocabulary's version; both ends drop what carries another. */
const VERSION = 1;

/**
 * The page that frames us. Only its loader is heard (exact window and origin): "opened", "minimised" and "warmed",
 * and with every message the host's page and what its scripts ask for. We say "ready", "minimise", "unread", "ring",
 * "going-on" and "again", and to the website's scripts "state", "message", "identity" and "error".
 *
 * - `opened`: signal, whether the visitor sees the panel.
 * - `warmed`: signal, whether the panel may connect unseen for a chat that goes on.
 * - `asks`: signal, calls of the website's scripts that were not carried out yet, as [name, what]; null: none
 * - `page`: the host page's address, without query and fragment.
 * - `from`: whence the visitor came to that page, as the browser tells it.
 * - `kept`: what an earlier panel had it keep while a chat goes on; `handle`: what we have it keep, where this
 *   browser keeps nothing for us.
 */
export class HostLink {
  /** @param {string} origin of the host page @param {string} look of the launcher, as style declarations @param {Window} [page] */
  constructor(origin, look, page = window) {
    this.origin = origin;
    this.look = look;
    this.window = page;
    this.opened = signal(false);
    this.warmed = signal(false);
    this.asks = signal(/** @type {[string, any][] | null} */ (null));
    this.page = this.from = this.kept = this.handle = "";
    this.framed = true;
  }

  /** Hear the loader, and tell it that we do. */
  listen() {
    this.window.addEventListener("message", (event) => this.hear(event));
    this.say("ready", { look: this.look });
  }

  /** @param {boolean} on whether a chat goes on: the loader then listens for it on later pages */
  goingOn(on) {
    this.say("going-on", { on: on ? this.handle || this.kept || "1" : "" });
  }

  /** @param {MessageEvent} event */
  hear({ data, origin, source }) {
    if (source !== this.window.parent || origin !== this.origin || data?.supportChat !== VERSION) return;
    const { say, page, from, asks, on } = data;
    if (typeof page === "string") this.page = page.slice(0, 500);
    this.from = from || "";
    this.kept = on || "";
    if (asks?.length || this.kept[1]) this.asks.value = [...(this.asks.peek() ?? []), ...asks];
    if (say === "warmed") this.warmed.value = true;
    if (say === "opened" || say === "minimised") this.opened.value = say === "opened";
  }

  /** @param {string} word @param {object} [more] */
  say(word, more) {
    this.window.parent.postMessage({ supportChat: VERSION, say: word, ...more }, this.origin);
  }
}
