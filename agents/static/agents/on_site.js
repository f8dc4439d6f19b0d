// Who is on the site without a chat, as long as the list is open: told by the server that it has changed, and asked for.

/** @import {Desk} from "./desk.js" */
/** @import {OnSite as Told, OwnInvitation, VisitorOnSite} from "./wire.js" */
import { batch, signal } from "../support_chat/vendor/preact.js";

/** So long (ms) after the first news the list is asked for: many come and go at once. */
const SETTLES = 400;

export class OnSite {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {import("../support_chat/vendor/preact.js").Signal<VisitorOnSite[]>} */
    this.visitors = signal([]);
    /** As it stands on screen. @type {import("../support_chat/vendor/preact.js").Signal<{visitor: VisitorOnSite, gone: boolean}[]>} */
    this.rows = signal([]);
    /** Why nothing may move under the hand at the moment. @type {Set<string>} */
    this.holds = new Set();
    this.total = signal(0);
    /** @type {import("../support_chat/vendor/preact.js").Signal<OwnInvitation[]>} */
    this.invited = signal([]);
    /** @type {import("../support_chat/vendor/preact.js").Signal<"loading" | "ready" | Error>} */
    this.state = signal("loading");
    /** When it came, on this browser's clock (ms). */
    this.heard = 0;
    /** @type {any} */
    this.soon = 0;
    this.turn = 0;
  }

  /** @returns {() => void} no more is told of it */
  open() {
    const { socket } = this.desk;
    const stops = [socket.on("visitors_changed", () => this.settle()), socket.onWelcome(() => void this.fetch())];
    void this.fetch();
    return () => {
      for (const stop of stops) stop();
      clearTimeout(this.soon);
      this.turn += 1;
      socket.request("leave_visitors", {}).catch(() => {});
    };
  }

  settle() {
    this.soon ||= setTimeout(() => void this.fetch(), SETTLES);
  }

  /** From then on the server tells what changes. */
  async fetch() {
    clearTimeout(this.soon);
    this.soon = 0;
    const turn = (this.turn += 1);
    try {
      const told = await this.desk.socket.request("list_visitors", {});
      if (turn === this.turn) this.take(told);
    } catch (error) {
      if (turn === this.turn) this.state.value = /** @type {Error} */ (error);
    }
  }

  /** @param {Told} told */
  take({ visitors, total, invited }) {
    this.heard = Date.now();
    batch(() => {
      this.visitors.value = visitors;
      this.arrange();
      this.total.value = total;
      this.invited.value = invited;
      this.state.value = "ready";
    });
  }

  /** As long as anything holds it, whoever stands in the list stays where they are, and who comes stands below. @param {string} why @param {boolean} on */
  hold(why, on) {
    if (on) this.holds.add(why);
    else if (this.holds.delete(why)) this.arrange();
  }

  arrange() {
    const here = new Map(this.visitors.value.map((visitor) => [visitor.id, visitor]));
    const stay = this.holds.size ? this.rows.value.map(({ visitor }) => ({ visitor: here.get(visitor.id) ?? visitor, gone: !here.has(visitor.id) })) : [];
    for (const { visitor } of stay) here.delete(visitor.id);
    this.rows.value = [...stay, ...Array.from(here.values(), (visitor) => ({ visitor, gone: false }))];
  }

  /** @param {string} visitor @param {string} text @returns {Promise<Error | null>} why it was not done */
  async invite(visitor, text) {
    try {
      await this.desk.socket.request("invite_visitor", { visitor, text }, { patience: 4 });
      void this.fetch();
      return null;
    } catch (error) {
      return /** @type {Error} */ (error);
    }
  }
}
