/** A WebSocket whose other end is the test. Every command sent waits in `sent` until the test answers it. */
export class FakeWebSocket {
  readyState = 0;
  sent = [];
  closedByUs = false;

  constructor(url, protocol) {
    Object.assign(this, { url, protocol });
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closedByUs = true;
    this.readyState = 3;
  }

  // The test's side:

  accept() {
    this.readyState = 1;
    this.onopen?.();
  }

  say(frame) {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }

  die(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  /** The newest command of this name that nobody answered. */
  asked(command) {
    return this.sent.findLast((frame) => frame.do === command && !frame.answered);
  }

  async ok(command, ok = {}) {
    await this.#answer(command, { ok });
  }

  async no(command, error) {
    await this.#answer(command, { error });
  }

  async #answer(command, answer) {
    const asked = this.asked(command);
    if (!asked) throw new Error(`nobody asked ${command}; sent: ${JSON.stringify(this.sent)}`);
    asked.answered = true;
    this.say({ re: asked.id, ...answer });
    await settled();
  }
}

/** Lets everything that waits for nothing but its turn have it. */
export async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** The page of a test: `hears` what the socket asked to be told, as if the browser did it. */
export function fakeLife() {
  const life = { isHidden: false, hidden: () => life.isHidden, hears: null };
  life.listen = (hears) => {
    life.hears = hears;
    return () => (life.hears = null);
  };
  return life;
}
