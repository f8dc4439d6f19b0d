import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { endedInWords, inPlainWords, initials, isMixed, safeAddress, safeName, shortPage } = await import("../../agents/static/agents/words.js");


const root = new URL("../../", import.meta.url);
const codes = ["support_chat/desk/errors.py", "support_chat/live/refusals.py"]
  .flatMap((path) => [...readFileSync(new URL(path, root), "utf8").matchAll(/^ {4}code = "(\w+)"/gm)])
  .map((found) => found[1]);
/** What the search says of these is tested with it. */
const OF_SEARCHES = new Set(["bad_query", "takes_too_long"]);
const refused = (code, details = {}) => ({ name: "RefusedError", code, after: null, field: null, details });

test("every refusal that the server knows has words of its own", () => {
  assert.ok(codes.length > 15);
  const unknown = inPlainWords(refused("never heard of"));
  for (const code of codes.filter((each) => !OF_SEARCHES.has(each))) assert.notEqual(inPlainWords(refused(code)), unknown, code);
});

test("a text, or a tag, that is refused as it is told from what the server does not understand", () => {
  const words = ["body", "add", "limit"].map((field) => inPlainWords({ ...refused("bad_field"), field }));
  assert.deepEqual(words, ["This text cannot be sent as it is.", "This cannot be a tag.", "The server did not understand that."]);
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

test("a name never towers over its neighbours", () => {
  assert.equal(safeName(`Z${"\u0301".repeat(300)}oe`), `Z${"\u0301".repeat(4)}oe`);
  assert.equal(safeName("Nguye\u0302\u0303n"), "Nguye\u0302\u0303n");
});

test("a word of alphabets that look alike is told from names in one alphabet, and in two", () => {
  for (const name of ["\u0410gent", "Supp\u03bfrt", "An\u0430 Costa"]) assert.equal(isMixed(name), true, name);
  for (const name of ["Agent", "\u0410\u043d\u043d\u0430", "\u0410\u043d\u043d\u0430 Smith", "田中 Ken", "田中Ken", "Zoë 2"]) assert.equal(isMixed(name), false, name);
});

test("only addresses of the web become links", () => {
  assert.equal(safeAddress("javascript:alert(1)"), null);
  assert.equal(safeAddress("https://shop.example/a"), "https://shop.example/a");
  assert.equal(shortPage("https://shop.example/tea?x=1#top"), "/tea#top");
  assert.equal(shortPage("no address"), "no address");
});
