// Who is beside a chat's owner, read from its log; the server's own steps are in tests/desk/test_participating.py.

import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { besideAfter } = await import("../../agents/static/agents/participants.js");

/** @param {string} kind @param {string} by @param {any} [body] @returns {any} */
const entry = (kind, by, body = {}) => ({ kind, author: { role: "agent", id: by }, body });
const invited = entry("invited", "ana", { agent: { id: "ben" } });
const joined = entry("joined", "ben", { guest: true });

test("an invited colleague is a guest once they came in, and nobody after they left", () => {
  assert.deepEqual(besideAfter({}, [invited]), { ben: "invited" });
  assert.deepEqual(besideAfter({}, [invited, joined]), { ben: "guest" });
  assert.deepEqual(besideAfter({}, [invited, joined, entry("left", "ben", { guest: true })]), {});
});

test("who asks, is called or does not come is told apart", () => {
  const called = entry("called_help", "ana", { agents: [{ id: "sue" }, { id: "tom" }] });
  const asks = entry("asked_to_join", "kim");
  const not = entry("not_joined", "tom", { agent: { id: "tom" } });
  assert.deepEqual(besideAfter({}, [called, asks, not]), { sue: "called", kim: "asking" });
});

test("the coming and going of a visitor, or of the owner's connection, moves nobody", () => {
  const known = /** @type {const} */ ({ ben: "guest" });
  assert.deepEqual(besideAfter(known, [entry("left", "ben"), entry("joined", "ana"), entry("message", "ben")]), known);
});

test("it is over when the chat is closed or waits again; whoever gets it is beside it no more", () => {
  const known = /** @type {const} */ ({ ben: "guest", kim: "asking" });
  assert.deepEqual(besideAfter(known, [entry("closed", "ana")]), {});
  assert.deepEqual(besideAfter(known, [entry("returned_to_queue", "")]), {});
  assert.deepEqual(besideAfter(known, [entry("assigned", "", { agent: { id: "ben" } })]), { kim: "asking" });
});

test("what was erased, or cannot be read, moves nobody", () => {
  const known = /** @type {const} */ ({ ben: "guest" });
  assert.deepEqual(besideAfter(known, ["invited", "not_joined", "called_help", "assigned"].map((kind) => entry(kind, "ana"))), known);
});

test("what is known already may be read again", () => {
  assert.deepEqual(besideAfter({ ben: "guest" }, [invited, joined]), { ben: "guest" });
});
