import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
/** @type {Record<string, string>} */
const kept = {};
globalThis.sessionStorage = /** @type {any} */ ({ getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value), removeItem: (key) => delete kept[key] });
let reloads = 0;
globalThis.location = /** @type {any} */ ({ reload: () => (reloads += 1) });
const { AGED, TRIED_AFTER, fetchCode, fetchWhenIdle } = await import("../../agents/static/agents/when_needed.js");

const settled = () => new Promise((done) => setImmediate(done));

test("what cannot be fetched is tried anew by itself, now and then, and the page is loaded anew where it is gone", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const answer = { ok: false, status: 503 };
  const asked = t.mock.method(globalThis, "fetch", async () => answer);
  fetchWhenIdle({ styles: [], modules: ["later.js"] });
  t.mock.timers.tick(200);
  await settled();
  assert.equal(asked.mock.callCount(), 1);
  fetchWhenIdle({ styles: [], modules: ["later.js"] });
  t.mock.timers.tick(200);
  await settled();
  assert.equal(asked.mock.callCount(), 1, "no place that wants it meanwhile asks the server");
  await assert.rejects(fetchCode(true), /503/);
  assert.equal(asked.mock.callCount(), 2, "whoever presses a key for it does");
  t.mock.timers.tick(TRIED_AFTER);
  await settled();
  assert.deepEqual([asked.mock.callCount(), reloads], [3, 0]);
  answer.status = 404;
  t.mock.timers.tick(TRIED_AFTER);
  await settled();
  assert.equal(reloads, 0, "a page that was just loaded is of the release that is there");
  t.mock.method(performance, "now", () => AGED + 1);
  t.mock.timers.tick(TRIED_AFTER);
  await settled();
  assert.equal(reloads, 1);
});
