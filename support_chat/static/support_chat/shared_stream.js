import { EventStream } from "./event_stream.js";
import { SenderLock } from "./sender_lock.js";

/** The holder of the stream says something every 10 s; after this (ms) its tab is asleep. */
const SILENCE_MS = 25_000;
/** Several chats opened at once are one new stream. */
const GATHER_MS = 20;
/** A stream that ended sooner (ms) after it began is not followed at once. */
const SHORT_MS = 10_000;
const PAUSE_MS = 1_000;
/** Of one stream, as the server takes it. */
const MOST_TOPICS = 400;
const LOST = 1006;

/** @typedef {Record<string, number>} Heads versions by topic */

/**
 * One stream of events for all tabs of a browser: whoever holds the lock reads it and passes every frame on. A browser
 * has few connections to a server, and each stream takes one for good.
 */
export class SharedStream {
  /** What this tab listens to. @type {Heads} */
  #own = {};
  /** What the stream carries for all tabs. @type {Heads} */
  #all = {};
  /** @type {EventStream | null} */
  #stream = null;
  /** @type {BroadcastChannel | null} */
  #channel;
  #lock;
  /** @type {any} */
  #timer;

  /**
   * @param {object} options
   * @param {string} options.name the same in all tabs of one person
   * @param {(heads: Heads, signal: AbortSignal) => Promise<Response>} options.open
   * @param {(frame: any) => void} options.onFrame
   * @param {(code: number, after?: number) => void} options.onClosed
   * @param {LockManager | null} [options.locks]
   */
  constructor(options) {
    this.options = options;
    this.#channel = openChannel(options.name, (said) => this.#heard(said));
    const locks = this.#channel ? options.locks : null;
    this.#lock = new SenderLock(options.name, () => this.#lead(), locks, () => this.#follow());
    this.#follow();
    this.#lock.want();
  }

  /** Listen to these, from these versions on. @param {Heads} heads */
  want(heads) {
    Object.assign(this.#own, heads);
    if (this.#lock.held) this.#add(heads);
    else this.#say({ want: heads });
  }

  /** @param {string} topic or how several begin, up to the colon */
  leave(topic) {
    const left = Object.keys(this.#all).filter((each) => each === topic || (topic.endsWith(":") && each.startsWith(topic)));
    for (const each of [topic, ...left]) {
      delete this.#own[each];
      delete this.#all[each];
    }
    if (left.length) this.#beginSoon(GATHER_MS);
  }

  close() {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#lock.release();
    this.#channel?.close();
    this.#channel = null;
  }

  #lead() {
    this.#all = { ...this.#own };
    this.#say({ ask: true });
    this.#beginSoon(GATHER_MS);
  }

  #follow() {
    this.#stream?.close();
    this.#stream = null;
    this.#all = {};
    this.#say({ want: this.#own });
    this.#waitForFrames();
  }

  #waitForFrames() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lock.take(), SILENCE_MS);
  }

  /** @param {number} ms */
  #beginSoon(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), ms);
  }

  #begin() {
    this.#stream?.close();
    const heads = Object.fromEntries(Object.entries(this.#all).slice(-MOST_TOPICS));
    const stream = new EventStream({
      open: (signal) => this.options.open(heads, signal),
      onFrame: (frame) => this.#pass(frame, heads),
      onEnd: () => this.#goOn(stream),
      onClosed: (code, after) => this.#ended(code, after),
    });
    this.#stream = stream;
  }

  /** Topics of tabs that were closed meanwhile are not asked for again. @param {EventStream} stream */
  #goOn(stream) {
    this.#all = { ...this.#own };
    this.#say({ ask: true });
    this.#beginSoon(Date.now() - stream.startedAt < SHORT_MS ? PAUSE_MS : GATHER_MS);
  }

  /** @param {number} code @param {number} [after] */
  #ended(code, after) {
    this.#say({ closed: code, after });
    this.options.onClosed(code, after);
  }

  /** @param {any} frame @param {Heads} asked */
  #pass(frame, asked) {
    if (frame.event === "heads" && isShorter(frame.heads, asked)) {
      this.#stream?.close();
      return this.#ended(LOST);
    }
    this.#say({ frame });
    if (frame.event === "heads") this.#learn(frame.heads, asked);
    this.#take(frame);
  }

  /** What was asked for and is not named may not be heard: not until a command names it anew. @param {Heads} heads @param {Heads} asked */
  #learn(heads, asked) {
    for (const topic of Object.keys(asked).filter((one) => heads[one] === undefined)) {
      delete this.#all[topic];
      delete this.#own[topic];
    }
    Object.assign(this.#all, heads);
  }

  /** @param {any} frame */
  #take(frame) {
    if (frame.event === "heads") {
      for (const topic of Object.keys(this.#own)) this.#own[topic] = frame.heads[topic] ?? this.#own[topic];
    }
    this.options.onFrame(frame);
  }

  /** Another tab said something. @param {{want?: Heads, ask?: true, frame?: any, closed?: number, after?: number}} said */
  #heard({ want, ask, frame, closed, after }) {
    if (this.#lock.held) return want && this.#add(want);
    if (ask) this.#say({ want: this.#own });
    if (ask || frame) this.#waitForFrames();
    if (frame) this.#take(frame);
    if (closed !== undefined) this.options.onClosed(closed, after);
  }

  /** New to the stream, or wanted from earlier on than it is. @param {Heads} heads */
  #add(heads) {
    const fresh = Object.entries(heads).filter(([topic, version]) => !(version >= this.#all[topic]));
    if (!fresh.length) return;
    Object.assign(this.#all, Object.fromEntries(fresh));
    this.#beginSoon(GATHER_MS);
  }

  /** @param {object} words */
  #say(words) {
    this.#channel?.postMessage(words);
  }
}

/** A log that ends before what we know of it, as after a restored backup: begin anew. @param {Heads} heads @param {Heads} asked */
function isShorter(heads, asked) {
  return Object.keys(asked).some((topic) => topic.startsWith("conversation:") && heads[topic] < asked[topic]);
}

/** @param {string} name @param {(said: any) => void} fn @returns {BroadcastChannel | null} null where there are none */
function openChannel(name, fn) {
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => fn(data);
    return channel;
  } catch {
    return null;
  }
}
