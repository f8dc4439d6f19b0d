import { LostError } from "./errors.js";
import { Replies } from "./replies.js";

const SUBPROTOCOL = "support-chat.v1";
const OPEN = 1;

/** One WebSocket from its opening to its end: commands out with their replies, events in. */
export class Link {
  #replies = new Replies();
  /** @type {WebSocket | null} */
  #socket;

  /**
   * @param {object} options
   * @param {string} options.url
   * @param {(url: string, protocol: string) => WebSocket} [options.connect]
   * @param {() => void} options.onOpen
   * @param {(event: any) => void} options.onEvent
   * @param {() => void} options.onHeard any frame at all
   * @param {(code: number) => void} options.onClosed by the other side or the network; not after `close()`
   * @throws what the browser throws when a policy of the page forbids the address
   */
  constructor(options) {
    this.options = options;
    const { url, connect = (to, protocol) => new WebSocket(to, protocol) } = options;
    const socket = connect(url, SUBPROTOCOL);
    this.#socket = socket;
    socket.onopen = () => this.#socket && options.onOpen();
    socket.onmessage = (event) => this.#socket && this.#read(event.data);
    socket.onclose = (event) => this.#lost(event.code);
  }

  /**
   * @param {string} command
   * @param {object} fields
   * @param {number} timeout seconds
   * @returns {Promise<any>} the reply's `ok`
   */
  ask(command, fields, timeout) {
    const socket = this.#socket;
    if (socket?.readyState !== OPEN) return Promise.reject(new LostError("not_online"));
    return this.#replies.expect(timeout, (id) => socket.send(JSON.stringify({ id, do: command, with: fields })));
  }

  welcomed() {}

  hurry() {}

  /** A dead network may take minutes to say so: we are rid of it at once. */
  close() {
    const socket = this.#socket;
    this.#socket = null;
    this.#replies.lose(null);
    socket?.close();
  }

  /** @param {number} code */
  #lost(code) {
    if (!this.#socket) return;
    this.#socket = null;
    this.#replies.lose(code);
    this.options.onClosed(code);
  }

  /** @param {unknown} data */
  #read(data) {
    this.options.onHeard();
    const frame = parse(data);
    if (typeof frame?.re === "number") this.#replies.settle(frame);
    else if (typeof frame?.event === "string") this.options.onEvent(frame);
  }
}

/** @param {unknown} data @returns {any} null for what is no frame of ours */
function parse(data) {
  try {
    return JSON.parse(/** @type {string} */ (data));
  } catch {
    return null;
  }
}
