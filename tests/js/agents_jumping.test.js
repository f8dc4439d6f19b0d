import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { MessageLog } = await import("../../support_chat/static/support_chat/message_log.js");
const { fetchDownTo } = await import("../../agents/static/agents/jumping.js");

const entry = (position) => ({ position, mark: `m${position}`, kind: "message" });
const run = (first, last) => Array.from({ length: last - first + 1 }, (_, n) => entry(first + n));

/** A chat of so many entries, of which the newest are loaded. */
function chatOf(count) {
  const log = new MessageLog("chat");
  log.adopt({ id: "chat", position: count, mark: `m${count}`, entries: run(count - 49, count), earlier: true });
  const asked = [];
  const request = async (command, { before, limit }) => {
    asked.push([command, before, limit]);
    const first = Math.max(1, before - limit);
    return { entries: run(first, before - 1), earlier: first > 1 };
  };
  return { chat: { id: "chat", log, socket: { request } }, asked };
}

test("the log is fetched down to the entry, and drawn anew once", async () => {
  const { chat, asked } = chatOf(500);
  let drawn = 0;
  const stop = chat.log.entries.subscribe(() => (drawn += 1));
  await fetchDownTo(chat, 260);
  stop();
  assert.deepEqual(asked, [["page", 451, 100], ["page", 351, 100]]);
  assert.equal(chat.log.first, 251);
  assert.equal(chat.log.earlier.value, true);
  assert.equal(drawn, 2);
});

test("nothing is fetched of what is there, and nothing beyond the beginning", async () => {
  const { chat, asked } = chatOf(120);
  await fetchDownTo(chat, 100);
  assert.deepEqual(asked, []);
  await fetchDownTo(chat, 1);
  assert.equal(chat.log.first, 1);
  assert.equal(chat.log.earlier.value, false);
});
