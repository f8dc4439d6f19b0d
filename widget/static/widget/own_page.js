import { signal } from "../support_chat/vendor/preact.js";
import { linkBack } from "./link_back.js";

/** No host: the chat is a page of its own, open from the start. Unseen messages are counted in its title. */
export class OwnPage {
  /** @param {Window} [page] */
  constructor(page = window) {
    this.window = page;
    this.title = page.document.title;
    this.opened = signal(true);
    this.warmed = signal(true);
    this.asks = signal(null);
    this.page = page.location.origin + page.location.pathname;
    this.from = page.document.referrer;
    this.kept = this.handle = "";
    this.framed = false;
  }

  listen() {}

  /** The link of a letter, which leads nowhere else. */
  linkBack() {
    return linkBack(this.window);
  }

  goingOn() {}

  /** @param {string} word as a page that frames us would be told @param {any} [more] */
  say(word, more) {
    if (word === "unread") this.window.document.title = more.detail > 0 ? `(${more.detail}) ${this.title}` : this.title;
    if (word === "ring") this.ring(more.title);
  }

  /** @param {string} title until somebody looks at it */
  ring(title) {
    const page = this.window.document;
    const { title: before } = page;
    page.title = title;
    page.addEventListener("visibilitychange", () => page.title === title && (page.title = before), { once: true });
  }
}
