import assert from "node:assert/strict";
import { register } from "node:module";
import test, { mock } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.document = { head: { append() {} }, createElement: () => ({}) };
globalThis.location = new URL("https://chat.example/console/");
const { isRevisable, oneAtATime } = await import("../../support_chat/static/support_chat/revising.js");
const { setClockBy } = await import("../../support_chat/static/support_chat/server_clock.js");
const { Handlers } = await import("../../support_chat/static/support_chat/handlers.js");
const { Desk } = await import("../../agents/static/agents/desk.js");
const { toolsOf } = await import("../../widget/static/widget/revising_tools.js");

const MINUTE = 60_000;
/** What the server's clock says. */
const SERVER = Date.parse("2026-11-22T13:00:00Z");
const entry = { position: 1, mark: "m", kind: "message", author: { role: "agent" }, at: new Date(SERVER).toISOString(), body: { text: "Hi" } };

/** Who hears a live entry, each in its face. */
const FACES = {
  console() {
    const desk = new Desk({ socket: "/ws/agent", user: "ana", files: { path: "/", size: 1, count: 1, types: [], style: "" } });
    desk.heardEntry({ conversation: "c1", entry });
  },
  widget() {
    const events = new Handlers();
    toolsOf({ id: "c1", stops: [], socket: { on: (name, fn) => events.add(name, fn) } });
    events.call("entry_added", { event: "entry_added", conversation: "c1", entry });
  },
};

for (const [face, hear] of Object.entries(FACES)) {
  test(`${face}: a message is offered to be changed for five minutes of the server's, whatever this browser's clock says`, () => {
    for (const wrong of [-10 * MINUTE, 0, 5 * MINUTE]) {
      setClockBy(new Date().toISOString());
      mock.timers.enable({ apis: ["Date"], now: SERVER + wrong });
      hear();
      const offered = () => isRevisable({ own: true, kind: "message", entry });
      assert.equal(offered(), true);
      mock.timers.tick(5 * MINUTE - 1);
      assert.equal(offered(), true);
      mock.timers.tick(1);
      assert.equal(offered(), false);
      mock.timers.reset();
    }
  });
}

test("what is asked for again while it is under way is not asked twice, and can be asked again afterwards", async () => {
  const ends = [];
  const asked = [];
  const ask = oneAtATime((what) => (asked.push(what), new Promise((done) => ends.push(done))));
  const first = ask("edit");
  await ask("edit");
  await ask("remove");
  ends[0]();
  await first;
  void ask("remove");
  assert.deepEqual(asked, ["edit", "remove"]);
});
