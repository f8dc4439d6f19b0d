/**
 * The server's side of the fallback, with the test behind it. Commands and streams wait in `commands` and `streams`
 * until the test answers.
 */
export class HttpServer {
  commands = [];
  streams = [];

  fetch = (url, init) =>
    new Promise((resolve, reject) => {
      const asked = { url, init, body: JSON.parse(init.body), answered: false };
      asked.respond = (response) => ((asked.answered = true), resolve(response));
      asked.fail = () => reject(new TypeError("Failed to fetch"));
      init.signal.addEventListener("abort", () => ((asked.aborted = true), reject(init.signal.reason)));
      if (new URL(url).pathname === "/live/events") this.streams.push(new Stream(asked));
      else this.commands.push(asked);
    });

  get stream() {
    return this.streams.at(-1);
  }

  asked(command) {
    return this.commands.find((asked) => asked.body.do === command && !asked.answered && !asked.aborted);
  }

  async ok(command, ok = {}, heads) {
    await this.answer(command, { ok, ...(heads && { heads }) });
  }

  async answer(command, answer, init) {
    const asked = this.asked(command);
    if (!asked) throw new Error(`nobody asked ${command}`);
    asked.respond(Response.json({ re: asked.body.id, ...answer }, init));
    await still();
  }
}

class Stream {
  constructor(asked) {
    this.asked = asked;
    this.heads = asked.body.heads;
    this.encoder = new TextEncoder();
  }

  get aborted() {
    return this.asked.aborted === true;
  }

  async open() {
    const source = { start: (controller) => (this.controller = controller) };
    this.asked.respond(new Response(new ReadableStream(source), { status: 200 }));
    await still();
  }

  async say(...frames) {
    await this.write(frames.map((frame) => `${JSON.stringify(frame)}\n`).join(""));
  }

  async write(text) {
    if (!this.controller) await this.open();
    this.controller.enqueue(this.encoder.encode(text));
    await still();
  }

  async end() {
    this.controller.close();
    await still();
  }

  async break() {
    this.controller.error(new TypeError("network error"));
    await still();
  }
}

/** Lets requests, streams and whatever waits for its turn have it; timers stand still. */
export async function still() {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((done) => setImmediate(done));
}
