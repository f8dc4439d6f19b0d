import { afterClose } from "./close_codes.js";
import { LostError, RefusedError } from "./errors.js";
import { ANSWER_S, OPENING_MS, greet } from "./greeting.js";
import { Handlers } from "./handlers.js";
import { Heartbeat } from "./heartbeat.js";
import { Link } from "./link.js";
import { pageLife } from "./page_life.js";
import { patiently } from "./patience.js";
import { Returning } from "./returning.js";
import { TrackedTopics } from "./tracked_topics.js";
import { Transport } from "./transport.js";
import { signal } from "./vendor/preact.js";

/** @typedef {"connecting" | "online" | "offline" | "ended"} Status */
/** @template T @typedef {import("./vendor/preact.js").Signal<T>} Signal */
/** @typedef {Link | import("./fallback.js").Fallback} AnyLink */

/**
 * One WebSocket of the live protocol that keeps coming back; where WebSockets are blocked, the same over requests.
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
 * - `welcome`: what the last hello answered.
 */
export class LiveSocket {
  /** @type {AnyLink | null} */
  #link = null;
  #welcomed = false;
  #transport = new Transport();
  #events = new Handlers();
  #welcomers = new Handlers();
  #tracked = new TrackedTopics();
  /** Of an opening. @type {any} */
  #timer;
  #returning = new Returning(() => this.#open());
  /** @type {(() => void) | null} */
  #unlisten = null;
  #heartbeat = new Heartbeat({
    beat: (timeout) => this.#ask("beat", {}, timeout),
    resting: () => this.life.hidden(),
    onHeads: (heads) => this.#compare(heads),
    onDead: () => this.#dropAndReturn(),
  });

  /**
   * @param {object} options
   * @param {string} options.url
   * @param {() => object | Promise<object>} options.hello fields of the hello command, asked anew at every attempt
   * @param {string[]} [options.features]
   * @param {(error: RefusedError) => boolean | Promise<boolean>} [options.onHelloRefused] hello was refused for good
   *   (e.g. `unknown_token`): put it right and return true to say hello again, else the socket ends
   * @param {(url: string, protocol: string) => WebSocket} [options.connect] for tests
   * @param {() => Promise<typeof import("./fallback_link.js")>} [options.load] for tests
   * @param {typeof fetch} [options.fetch] for tests
   * @param {LockManager | null} [options.locks] for tests
   * @param {import("./page_life.js").PageLife} [options.life] for tests
   */
  constructor(options) {
    this.options = options;
    this.life = options.life ?? pageLife;
    /** @type {Signal<Status>} */
    this.status = signal("offline");
    this.retryIn = this.#returning.in;
    /** @type {Signal<number | null>} */
    this.ended = signal(null);
    /** @type {Signal<RefusedError | null>} */
    this.refusal = signal(null);
    /** @type {any} */
    this.welcome = null;
  }

  /** Connect, and keep connected. Also begins anew after `ended`. */
  start() {
    if (this.#unlisten) return;
    this.ended.value = null;
    this.refusal.value = null;
    this.#unlisten = this.life.listen({ wake: (why) => this.#woken(why), leave: () => this.#left() });
    this.#returning.forgive();
    this.#open();
  }

  /** Close and stay closed until `start()`. */
  stop() {
    this.#unlisten?.();
    this.#unlisten = null;
    this.#drop("offline");
  }

  /** Try now instead of at the planned time ("Reconnect" button). */
  wake() {
    if (this.#unlisten && !this.#link) this.#open();
  }

  /**
   * Send one command.
   * @param {string} command
   * @param {object} [fields]
   * @param {object} [limits]
   * @param {number} [limits.timeout] seconds to wait for the reply; 15
   * @param {number} [limits.patience] for so many seconds ask again by itself, the very same, when refused with `retry`
   *   or when the answer is lost; 0
   * @returns {Promise<any>} the reply's `ok`
   * @throws {RefusedError | LostError}
   */
  request(command, fields = {}, { timeout = ANSWER_S, patience = 0 } = {}) {
    return patiently(() => this.#ask(command, fields, timeout), patience, () => this.#online());
  }

  /**
   * Hear an event of the protocol, or "behind" {topic, version}: a beat showed that a tracked topic is ahead of us.
   * @param {string} event
   * @param {(event: any) => void} fn
   * @returns {() => void} stop hearing
   */
  on(event, fn) {
    return this.#events.add(event, fn);
  }

  /**
   * Called with what hello answered, before any later frame is read; also after every reconnect.
   * @param {(welcome: any) => void | Promise<void>} fn
   * @returns {() => void} stop
   */
  onWelcome(fn) {
    return this.#welcomers.add("", fn);
  }

  /**
   * Compare a topic with the heads of every beat.
   * @param {string} topic e.g. `conversation:${id}`
   * @param {() => number} known the version we have
   * @returns {() => void} stop
   */
  track(topic, known) {
    return this.#tracked.add(topic, known);
  }

  #open() {
    this.#drop("connecting");
    try {
      const link = this.#transport.open({
        ...this.#ears(),
        onOpen: () => void this.#greet(link),
        onClosed: (code, after) => this.#closed(code, after),
        wayBack: {
          open: (onOpen, onLost) => this.#standby(onOpen, onLost),
          greet: (found) => greet(found, this.options),
          onFound: (found, welcome) => this.#change(found, welcome),
        },
      });
      this.#link = link;
      this.#timer = setTimeout(() => this.#missed(), OPENING_MS);
    } catch {
      this.#missed();
    }
  }

  #missed() {
    this.#transport.missed();
    this.#dropAndReturn();
  }

  /** What a link tells us as long as it is ours. */
  #ears() {
    return {
      ...this.options,
      onEvent: (/** @type {any} */ event) => this.#events.call(event.event, event),
      onHeads: (/** @type {Record<string, number>} */ heads) => this.#compare(heads),
      onHeard: () => this.#heartbeat.heard(),
    };
  }

  /** @param {AnyLink} link */
  async #greet(link) {
    try {
      const welcome = await greet(link, this.options);
      if (this.#link === link) this.#welcome(welcome);
    } catch (error) {
      if (this.#link === link) this.#helloFailed(error);
    }
  }

  /** @param {any} welcome */
  #welcome(welcome) {
    clearTimeout(this.#timer);
    this.#returning.arrived();
    this.#welcomed = true;
    this.welcome = welcome;
    if (welcome.heartbeat > 0) this.#heartbeat.start(welcome.heartbeat);
    if (this.#transport.fallback) this.#link?.welcomed();
    else this.#transport.socketWorks();
    this.#welcomers.call("", welcome);
    this.status.value = "online";
  }

  /** @param {unknown} error */
  #helloFailed(error) {
    const refused = error instanceof RefusedError ? error : null;
    if (!refused && !(error instanceof LostError)) console.error(error);
    if (!refused || refused.retry) return this.#dropAndReturn(refused?.after);
    this.refusal.value = refused;
    this.#end();
  }

  /** A WebSocket beside the fallback. @param {(link: Link) => void} onOpen @param {() => void} onLost @returns {Link} */
  #standby(onOpen, onLost) {
    const link = new Link({
      ...this.#ears(),
      onOpen: () => onOpen(link),
      onClosed: (code) => (this.#link === link ? this.#closed(code) : onLost()),
    });
    return link;
  }

  /** From the fallback to a WebSocket, without a moment offline. @param {Link} link @param {any} welcome */
  #change(link, welcome) {
    const before = this.#link;
    this.#link = link;
    before?.close();
    this.#transport.socketWorks();
    this.#welcome(welcome);
  }

  /** @param {number} code @param {number} [after] seconds that the server asks to stay away */
  #closed(code, after = 0) {
    if (!this.#welcomed) this.#transport.missed(code);
    const then = afterClose(code);
    if (then === "end") {
      this.ended.value = code;
      return this.#end();
    }
    this.#drop("offline");
    if (then === "come_back") this.#returning.soon(after);
    else if (then === "later") this.#returning.later();
    else this.#returning.whenShown();
  }

  #end() {
    this.#unlisten?.();
    this.#unlisten = null;
    this.#drop("ended");
  }

  /** @param {number | null} [seconds] as the server says */
  #dropAndReturn(seconds) {
    this.#drop("offline");
    if (seconds) this.#returning.after(seconds);
    else this.#returning.soon();
  }

  /** @param {Status} status */
  #drop(status) {
    clearTimeout(this.#timer);
    this.#heartbeat.stop();
    this.#welcomed = false;
    this.#returning.cancel();
    this.status.value = status;
    const link = this.#link;
    this.#link = null;
    link?.close();
  }

  /** @param {import("./page_life.js").Wake} why */
  #woken(why) {
    if (this.#link && this.#welcomed && why !== "focused") this.#heartbeat.wake();
    if (why === "online") this.#link?.hurry();
    if (this.#link || !this.#returning.isWokenBy(why)) return;
    this.#returning.forgive();
    this.#open();
  }

  /** A page with an open socket would not be kept for the way back. */
  #left() {
    if (this.#link) this.#drop("offline");
  }

  /** @returns {Promise<void>} */
  #online() {
    return new Promise((done) => {
      const stop = this.status.subscribe((status) => status === "online" && (done(), queueMicrotask(() => stop())));
    });
  }

  /** @param {string} command @param {object} fields @param {number} timeout */
  #ask(command, fields, timeout) {
    if (!this.#link || !this.#welcomed) return Promise.reject(new LostError("not_online"));
    return this.#link.ask(command, fields, timeout);
  }

  /** @param {Record<string, number>} heads */
  #compare(heads) {
    for (const [topic, version] of this.#tracked.behind(heads)) this.#events.call("behind", { event: "behind", topic, version });
  }
}

export { LostError, RefusedError };
