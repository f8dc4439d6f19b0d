import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= /** @type {any} */ ({ languages: ["en"] });
globalThis.document ??= /** @type {any} */ (Object.assign(new EventTarget(), { documentElement: { dataset: {} } }));
const page = new EventTarget();
globalThis.addEventListener = page.addEventListener.bind(page);

/** A browser that lets the page sound only once `may` is true, and may put it to sleep again. */
const browser = { may: false, asked: 0, audio: /** @type {any} */ (null) };
globalThis.AudioContext = /** @type {any} */ (class {
  state = "suspended";
  constructor() { browser.audio = this; }
  turn(state) { this.state = state; this.onstatechange?.(); }
  async resume() {
    browser.asked += 1;
    if (browser.may) this.turn("running");
  }
});
const { isAsleep, wakeOnSigns } = await import("../../agents/static/agents/sounds.js");

const sign = async (kind) => (page.dispatchEvent(new Event(kind)), new Promise((done) => setImmediate(done)));

test("the first sign that the browser takes wakes the sounds, and after they fell asleep the next one does", async () => {
  wakeOnSigns();
  await sign("keydown"); // Escape: it counts for nothing
  assert.equal(isAsleep.value, true);
  browser.may = true;
  await sign("keydown");
  assert.equal(isAsleep.value, false);
  browser.audio.turn("interrupted");
  assert.equal(isAsleep.value, true, "it says so by itself");
  await sign("pointerdown");
  assert.equal(isAsleep.value, false);
});

test("while they are awake no sign asks for anything", async () => {
  const before = browser.asked;
  await sign("keydown");
  assert.equal(browser.asked, before);
});
