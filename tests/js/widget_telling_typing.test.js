import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { isPreviewed, tellTyping } = await import("../../widget/static/widget/telling_typing.js");

const signal = (value) => ({ value });

/** A visitor who writes in a chat of theirs; `asked` is what was told of it. */
function writing({ features = [], closed = false } = {}) {
  const asked = [];
  const request = async (command, fields) => void asked.push([command, fields]);
  return {
    asked,
    box: { current: { text: () => visitorText() } },
    current: signal({ id: "c", closed: signal(closed) }),
    socket: { status: signal("online"), welcome: { features }, request },
  };
}

let text = "";
const visitorText = () => text;

test("only that they write is told where the server offers no more", () => {
  const visitor = writing();
  text = "My secret";
  tellTyping(visitor, true);
  tellTyping(visitor, false);
  assert.equal(isPreviewed(visitor), false);
  assert.deepEqual(visitor.asked.map(([, fields]) => fields), [
    { conversation: "c", typing: true },
    { conversation: "c", typing: false },
  ]);
});

test("where the site wants it, what changed is told once a second until they stop", (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const visitor = writing({ features: ["previews"] });
  text = "He";
  tellTyping(visitor, true);
  t.mock.timers.tick(1000);
  text = "Hello";
  t.mock.timers.tick(400);
  text = "Hello you";
  t.mock.timers.tick(600);
  tellTyping(visitor, false);
  text = "Never told";
  t.mock.timers.tick(5000);
  assert.deepEqual(visitor.asked.map(([, { preview = null }]) => preview), ["He", "Hello you", null]);
});

test("a preview is as long as it may be, and no character of it is cut in two", (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const visitor = writing({ features: ["previews"] });
  text = "👋".repeat(600);
  tellTyping(visitor, true);
  tellTyping(visitor, false);
  assert.equal(visitor.asked[0][1].preview, "👋".repeat(500));
});

test("nothing is told of a chat that is over", () => {
  const visitor = writing({ features: ["previews"], closed: true });
  text = "Bye";
  tellTyping(visitor, true);
  assert.deepEqual([isPreviewed(visitor), visitor.asked], [false, []]);
});
