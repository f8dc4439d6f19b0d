import assert from "node:assert/strict";
import test from "node:test";

import { contrast, hueOf, readableOn } from "../../agents/static/agents/colours.js";

const GROUNDS = [[255, 255, 255], [246, 247, 249], [24, 28, 36], [0, 0, 0]];
const rgb = (text) => text.match(/\d+/g).map(Number);

test("a chat keeps its colour", () => assert.equal(hueOf("aVisitor"), hueOf("aVisitor")));

test("chats spread over the colours", () => {
  const hues = new Set(Array.from({ length: 200 }, (_, n) => hueOf(`chat-${n}`)));
  assert.equal(hues.size, 10);
});

test("every colour can be read on every ground", () => {
  for (const ground of GROUNDS) {
    for (let n = 0; n < 200; n += 1) {
      const colour = rgb(readableOn(hueOf(`chat-${n}`), ground));
      assert.ok(contrast(colour, ground) >= 4.5, `${colour} on ${ground}`);
    }
  }
});
