import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { deviceInWords, localTime } = await import("../../agents/static/agents/whereabouts.js");

test("a device is said by what is known of it", () => {
  assert.equal(deviceInWords("phone/Firefox/Android"), "Phone, Firefox, Android");
  assert.equal(deviceInWords("computer//Linux"), "Computer, Linux");
  assert.equal(deviceInWords("fridge/Opera/"), "Opera");
});

test("a visitor's time is that of their own clocks", () => {
  const noon = Date.UTC(2026, 0, 15, 12, 0);
  assert.match(localTime("Asia/Tokyo", noon), /9:00.PM \(Asia\/Tokyo\)|21:00 \(Asia\/Tokyo\)/u);
  assert.match(localTime("America/New_York", noon), /7:00.*\(America\/New York\)/u);
});

test("a zone that this browser does not know is not guessed", () => {
  assert.equal(localTime("Mars/Olympus", Date.now()), null);
});
