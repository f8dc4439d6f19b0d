import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
const { PAUSE, TimeReading } = await import("../../agents/static/agents/time_reading.js");

const NINE = "2026-12-01T09:00:00Z";
const TEN = "2026-12-01T10:00:00Z";
const READ = { "tomorrow 9": NINE, "tomorrow 10": TEN };

function begun(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  const request = async (_, { when }) => (asked.push(when), { at: READ[when] ?? null });
  return { asked, reading: new TimeReading({ request }) };
}

const settled = () => new Promise((done) => setImmediate(done));

test("what is sent is what stands there, never what was read of the words before", async (t) => {
  const { reading } = begun(t);
  reading.type("tomorrow 9");
  t.mock.timers.tick(PAUSE);
  await settled();
  assert.equal(reading.at.value, NINE);
  reading.type("tomorrow 10");
  const said = await reading.said();
  assert.deepEqual([said?.when, said?.until, reading.at.value], ["tomorrow 10", Date.parse(TEN), TEN]);
});

test("words that are no time are not sent, though those before were one", async (t) => {
  const { reading } = begun(t);
  reading.type("tomorrow 9");
  await reading.said();
  reading.type("tomorrow 9 or so");
  assert.equal(await reading.said(), null);
  reading.type("  ");
  assert.equal(await reading.said(), null);
});

test("nothing was said before a key was pressed", async (t) => {
  assert.equal(await begun(t).reading.said(), null);
});

test("the server is asked when a pause comes, once", async (t) => {
  const { asked, reading } = begun(t);
  for (const text of ["t", "tomorrow", "tomorrow 9"]) reading.type(text);
  await settled();
  assert.deepEqual(asked, []);
  t.mock.timers.tick(PAUSE);
  await settled();
  assert.deepEqual([asked, reading.at.value], [["tomorrow 9"], NINE]);
});

test("an answer that comes late changes nothing of what is read by now", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const answers = [];
  const reading = new TimeReading({ request: () => new Promise((done) => answers.push(done)) });
  reading.type("tomorrow 9");
  void reading.said();
  await settled();
  reading.type("tomorrow 10");
  const said = reading.said();
  await settled();
  answers[1]({ at: TEN });
  await said;
  answers[0]({ at: NINE });
  await settled();
  assert.equal(reading.at.value, TEN);
});
