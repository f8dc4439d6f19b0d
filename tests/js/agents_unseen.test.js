import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { signal } from "../../support_chat/static/support_chat/vendor/preact.js";

register("./fakes/static_roots.js", import.meta.url);
const { staffWords } = await import("../../agents/static/agents/staff_words.js");
const { AWAY_AFTER, wordsOf } = await import("../../agents/static/agents/unseen.js");

function sent({ here, gone = 0, state = "active" }) {
  const about = signal({ state, visitor: { here, since: gone } });
  return wordsOf({ about, aboutHeard: Date.now() }).sent;
}

test("what a visitor who is away has not seen says so", () => {
  assert.equal(sent({ here: false, gone: AWAY_AFTER }), "Not seen yet: the visitor is away");
});

for (const [who, chat] of [
  ["a visitor who is here", { here: true, gone: 90 }],
  ["a visitor who is on the way to another page", { here: false, gone: AWAY_AFTER - 1 }],
  ["a chat that is over, of which nobody tells who is here", { here: false, gone: 90, state: "closed" }],
]) {
  test(`to ${who} it was sent, and no more is known`, () => assert.equal(sent(chat), staffWords.sent));
}

test("as long as nothing is known of the visitor it was sent", () => {
  assert.equal(wordsOf({ about: signal(null), aboutHeard: 0 }).sent, staffWords.sent);
});

/** What stands under an answer of this moment to somebody who left a minute ago and is e-mailed after three. */
function mailed(...said) {
  const about = signal({ state: "active", mails_after: 180, visitor: { here: false, since: 60 } });
  const answer = { position: 1, kind: "message", author: { role: "agent" }, at: new Date().toISOString(), body: {} };
  const entries = [answer, ...said.map(([kind, body], index) => ({ position: index + 2, kind, author: { role: "system" }, body }))];
  return wordsOf({ about, aboutHeard: Date.now(), log: { entries: signal(entries) } });
}

test("an answer that will be e-mailed says when, and that it was", () => {
  assert.match(mailed().sent, /^Not seen yet, will be e-mailed at \d\d?:\d\d/u);
  assert.equal(mailed(["emailed", { what: "answers" }]).sent, "Not seen yet, e-mailed");
  assert.equal(mailed(["emailed", { what: "answers", failed: true }]).sent, "Not seen yet: the visitor is away");
});
