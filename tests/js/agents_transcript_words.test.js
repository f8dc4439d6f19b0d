// The console says of every kind of entry what a transcript says: one table, read by both sides' tests.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { staffWords } from "../../agents/static/agents/staff_words.js";

const cases = JSON.parse(readFileSync(new URL("../agents/transcript_words.json", import.meta.url), "utf8"));

for (const { line, ...entry } of cases) {
  test(`the console says "${line}"`, () => {
    assert.equal(staffWords.line(entry), line);
  });
}
