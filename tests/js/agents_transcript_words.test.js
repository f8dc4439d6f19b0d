// The console says of every kind of entry what a transcript says: one table, read by both sides' tests.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { staffWords } = await import("../../agents/static/agents/staff_words.js");

const cases = JSON.parse(readFileSync(new URL("../agents/transcript_words.json", import.meta.url), "utf8"));

for (const { line, ...entry } of cases) {
  test(`the console says "${line}"`, () => {
    assert.equal(staffWords.line(entry), line);
  });
}

test("every kind is said also where nothing of it can be read", () => {
  for (const { kind, author } of cases) assert.notEqual(staffWords.line({ kind, author, body: {} }), "", kind);
});
