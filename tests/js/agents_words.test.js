import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { endedInWords, inPlainWords, initials, safeAddress, safeName, shortPage } from "../../agents/static/agents/words.js";

const root = new URL("../../", import.meta.url);
const codes = ["support_chat/desk/errors.py", "support_chat/live/refusals.py"]
  .flatMap((path) => [...readFileSync(new URL(path, root), "utf8").matchAll(/^ {4}code = "(\w+)"/gm)])
  .map((found) => found[1]);
const refused = (code, details = {}) => ({ name: "RefusedError", code, after: null, field: null, details });

test("every refusal that the server knows has words of its own", () => {
  assert.ok(codes.length > 15);
  const unknown = inPlainWords(refused("never heard of"));
  for (const code of codes) assert.notEqual(inPlainWords(refused(code)), unknown, code);
});

test("what changed in the meantime is told with its name", () => {
  assert.equal(inPlainWords(refused("changed", { state: "active", agent: { name: "Ben" } })), "Ben has taken this chat.");
});

test("a connection that broke and one that was ended are told apart", () => {
  assert.match(inPlainWords({ name: "LostError" }), /connection was lost/);
  assert.match(endedInWords(4401), /Sign in again/);
  assert.match(endedInWords(4999), /has ended/);
});

test("a name never turns the reading direction or hides", () => {
  assert.equal(safeName("\u202eevil\u0000"), "evil");
  assert.equal(safeName("\u200b"), "Visitor");
  assert.deepEqual(["Curious Otter", "Zoë", "🦊 fox"].map(initials), ["CO", "Z", "🦊F"]);
});

test("only addresses of the web become links", () => {
  assert.equal(safeAddress("javascript:alert(1)"), null);
  assert.equal(safeAddress("https://shop.example/a"), "https://shop.example/a");
  assert.equal(shortPage("https://shop.example/tea?x=1#top"), "/tea#top");
  assert.equal(shortPage("no address"), "no address");
});
