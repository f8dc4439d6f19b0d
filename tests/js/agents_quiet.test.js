import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { isQuiet, readIntervals, writeIntervals } = await import("../../agents/static/agents/quiet.js");

test("intervals are read as people type them, and written as they are read again", () => {
  assert.deepEqual(readIntervals("22-7, 12:00 – 13.30"), [["22:00", "07:00"], ["12:00", "13:30"]]);
  assert.deepEqual(readIntervals(writeIntervals([["22:00", "07:00"]])), [["22:00", "07:00"]]);
  assert.deepEqual(readIntervals("  "), []);
  for (const wrong of ["night", "22", "22-7-8", "25-7", "22:61-7"]) assert.equal(readIntervals(wrong), null, wrong);
});

test("it is quiet by the clocks of its zone, over midnight too, and not at the moment when it ends", () => {
  const night = /** @type {[string, string][]} */ ([["22:00", "07:00"]]);
  const at = (/** @type {string} */ time) => Date.parse(`2026-11-30T${time}Z`);
  assert.equal(isQuiet(night, "Europe/Berlin", at("21:00")), true);
  assert.equal(isQuiet(night, "Europe/Berlin", at("05:59")), true);
  assert.equal(isQuiet(night, "Europe/Berlin", at("06:00")), false);
  assert.equal(isQuiet(night, "UTC", at("21:00")), false);
  assert.equal(isQuiet([["12:00", "13:00"]], "UTC", at("12:30")), true);
  assert.equal(isQuiet([["00:00", "24:00"]], "UTC", at("12:30")), true);
  assert.equal(isQuiet([], "UTC", at("12:30")), false);
  assert.equal(isQuiet(night, "No/Zone", at("22:30")), true);
});
