import { signal } from "./vendor/preact.js";
import { LostError, RefusedError } from "./errors.js";

/** @typedef {"connecting" | "online" | "offline" | "ended"} Status */

/**
 * One WebSocket of the live protocol that keeps coming back.
 *
 *     const socket = new LiveSocket({ url: "wss://chat.example/ws/visitor", hello: () => ({ site, token }) });
 *     socket.onWelcome((welcome) => log.adopt(welcome.conversation));
 *     socket.on("entry_added", ({ conversation, entry }) => …);
 *     socket.start();
 *     const { position } = await socket.request("post_message", { conversation, client_id, body });
 *
 * - `status`: "connecting" an attempt is under way, "online" hello was answered, "offline" waiting for the next
 *   attempt (or not started), "ended" it will not come back by itself.
 * - `retryIn`: seconds until the next attempt, as known when it was planned; null when none is planned.
 * - `ended`: the close code that ended it, or null. `refusal`: the refusal of hello that ended it, or null.
 */
export class LiveSocket {
  /**
   * @param {object} options
   * @param {string} options.url
   * @param {() => object | Promise<object>} options.hello fields of the hello command, asked anew at every attempt
   * @param {string[]} [options.features]
   * @param {(error: RefusedError) => boolean | Promise<boolean>} [options.onHelloRefused] hello was refused for good
   *   (e.g. `unknown_token`): put it right and return true to say hello again, else the socket ends
   * @param {(url: string, protocol: string) => WebSocket} [options.connect] for tests
   */
  constructor(options) {
    this.options = options;
    /** @type {import("./vendor/preact.js").Signal<Status>} */
    this.status = signal("offline");
    /** @type {import("./vendor/preact.js").Signal<number | null>} */
    this.retryIn = signal(null);
    /** @type {import("./vendor/preact.js").Signal<number | null>} */
    this.ended = signal(null);
    /** @type {import("./vendor/preact.js").Signal<RefusedError | null>} */
    this.refusal = signal(null);
    /** What the last hello answered, or null. @type {any} */
    this.welcome = null;
  }

  /** Connect, and keep connected. Also begins anew after `ended`. */
  start() {}

  /** Close and stay closed until `start()`. */
  stop() {}

  /** Try now instead of at the planned time ("Reconnect" button). */
  wake() {}

  /**
   * Send one command. `patience`: for so many seconds ask again by itself when refused with `retry`.
   * @param {string} command
   * @param {object} [fields]
   * @param {{timeout?: number, patience?: number}} [limits] seconds; timeout 15, patience 0
   * @returns {Promise<any>} the reply's `ok`
   * @throws {RefusedError | LostError}
   */
  async request(command, fields = {}, limits = {}) {
    throw new LostError("not_online");
  }

  /**
   * Hear an event of the protocol, or "behind" {topic, version}: a beat showed that a tracked topic is ahead of us.
   * @param {string} event
   * @param {(event: any) => void} fn
   * @returns {() => void} stop hearing
   */
  on(event, fn) {
    return () => {};
  }

  /**
   * Called with what hello answered, in the same turn, before any later frame is read; also after every reconnect.
   * @param {(welcome: any) => void | Promise<void>} fn
   * @returns {() => void} stop
   */
  onWelcome(fn) {
    return () => {};
  }

  /**
   * Compare a topic with the heads of every beat.
   * @param {string} topic e.g. `conversation:${id}`
   * @param {() => number} known the version we have
   * @returns {() => void} stop
   */
  track(topic, known) {
    return () => {};
  }
}

export { LostError, RefusedError };
