import assert from "node:assert/strict";
import test from "node:test";

import { Outbox } from "../../support_chat/static/support_chat/outbox.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { HELLO, pass, welcomed, withoutSockets } from "./fakes/blocked.js";
import { fakeLocks } from "./fakes/locks.js";
import { still } from "./fakes/http_server.js";

withoutSockets();

test("a stream that falls silent is a lost link", async () => {
  const { socket, server } = await welcomed();
  await server.stream.say({ event: "heads", heads: {} });
  await pass(20);
  await server.ok("beat", { heads: {} });
  await pass(5);
  assert.equal(socket.status.value, "offline");
});

for (const [what, answer] of [["a page", "<html>Please sign in to this network</html>"], ["other JSON", '{"ok": {}}']]) {
  test(`${what} that no server of ours gave is a lost link, and the message goes again under the same id`, async () => {
    const { socket, server } = await welcomed();
    const outbox = new Outbox({ socket, storage: memoryStore(), key: "outbox" });
    const client_id = outbox.post("c1", "hello");
    await still();
    server.asked("post_message").respond(new Response(answer, { status: 200 }));
    await still();
    assert.equal(socket.status.value, "offline");
    await pass(socket.retryIn.value);
    await server.ok("hello", HELLO, {});
    assert.equal(server.asked("post_message").body.with.client_id, client_id);
    await server.ok("post_message", { position: 3 });
    assert.equal(outbox.pending.value[0].state, "sent");
  });
}

test("a request that is never answered does not hold up the others for ever", async () => {
  const { socket, server } = await welcomed();
  await server.stream.say({ event: "heads", heads: {} });
  const late = assert.rejects(socket.request("page"), { reason: "timeout" });
  await pass(10);
  await server.stream.say({ event: "heads", heads: {} });
  await pass(10);
  await late;
  assert.deepEqual([server.commands.at(-1).aborted, socket.status.value], [true, "offline"]);
});

test("meanwhile a WebSocket is tried, and taken as soon as one is welcomed, without a moment offline", async () => {
  const { socket, server, links, up } = await welcomed();
  const statuses = [];
  socket.status.subscribe((status) => statuses.push(status));
  await pass(5);
  assert.equal(links.length, 3);
  links[2].die(1006);
  await server.stream.say({ event: "heads", heads: {} });
  await pass(10);
  assert.equal(links.length, 4);
  const welcomes = [];
  socket.onWelcome((welcome) => welcomes.push(welcome.n));
  await up({ n: 2 });
  assert.deepEqual([welcomes, statuses, server.stream.aborted], [[2], ["online"], true]);
  void socket.request("page");
  assert.ok(links[3].asked("page"));
});

test("what was under way on the fallback goes again over the WebSocket, once and in order", async () => {
  const { socket, server, links, up } = await welcomed();
  const outbox = new Outbox({ socket, storage: memoryStore(), key: "outbox" });
  const ids = ["one", "two"].map((body) => outbox.post("c1", body));
  await pass(5);
  await up();
  await still();
  assert.equal(server.asked("post_message"), undefined);
  await links[2].ok("post_message", { position: 1 });
  await links[2].ok("post_message", { position: 2 });
  const sent = links[2].sent.filter((frame) => frame.do === "post_message");
  assert.deepEqual(sent.map((frame) => frame.with.client_id), ids);
});

test("the WebSocket is tried at longer and longer intervals, and at once when the network changes", async () => {
  const { server, links, life } = await welcomed();
  const at = [];
  for (let second = 1; second <= 200; second += 1) {
    const before = links.length;
    await pass(1);
    if (links.length > before) (at.push(second), links.at(-1).die(1006));
    if (second % 5 === 1) await server.stream.say({ event: "heads", heads: {} });
    if (server.asked("beat")) await server.ok("beat", { heads: {} });
  }
  assert.deepEqual(at, [5, 15, 35, 75, 155]);
  life.hears.wake("online");
  assert.equal(links.length, 8);
});

test("a page that is left lets go of requests and stream, and stays with the fallback when it comes back", async () => {
  const { socket, server, life, links } = await welcomed();
  life.hears.leave();
  assert.deepEqual([server.stream.aborted, socket.status.value], [true, "offline"]);
  await pass(600);
  assert.equal(links.length, 2);
  life.hears.wake("shown");
  await still();
  assert.ok(server.asked("hello"));
});

test("of several tabs one has the stream, and all of them hear it", async () => {
  const locks = fakeLocks();
  const one = await welcomed({ locks }, { "site:s": 3, "conversation:c1": 4 });
  const two = await welcomed({ locks }, { "site:s": 3, "conversation:c2": 7 });
  await pass(0.02);
  assert.equal(two.server.streams.length, 0);
  assert.deepEqual(one.server.stream.heads, { "site:s": 3, "conversation:c1": 4, "conversation:c2": 7 });
  const heard = [];
  two.socket.on("entry_added", ({ n }) => heard.push(n));
  await one.server.stream.say({ event: "heads", heads: one.server.stream.heads }, { event: "entry_added", n: 1 });
  assert.deepEqual(heard, [1]);
});

test("when the tab with the stream is closed another one goes on from where it was", async () => {
  const locks = fakeLocks();
  const one = await welcomed({ locks });
  const two = await welcomed({ locks });
  await pass(0.02);
  await one.server.stream.say({ event: "heads", heads: { "site:s": 9 } });
  one.socket.stop();
  await still();
  await pass(0.02);
  assert.deepEqual(two.server.stream.heads, { "site:s": 9 });
});

test("a WebSocket that opens and is not welcomed changes nothing, and another one is tried later", async () => {
  const { socket, server, links, link } = await welcomed();
  await server.stream.say({ event: "heads", heads: {} });
  await pass(5);
  link().accept();
  await still();
  await link().no("hello", { code: "overloaded", retry: true });
  assert.deepEqual([socket.status.value, link().closedByUs], ["online", true]);
  await pass(10);
  assert.equal(links.length, 4);
  assert.equal(server.stream.aborted, false);
});

test("a stream that ends as soon as it began is not followed at once", async () => {
  const { server } = await welcomed();
  await server.stream.say({ event: "heads", heads: { "site:s": 3 } });
  await server.stream.end();
  await pass(0.9);
  assert.equal(server.streams.length, 1);
  await pass(0.1);
  assert.equal(server.streams.length, 2);
});

test("whoever goes on with the stream asks all other tabs what they listen to", async () => {
  const locks = fakeLocks();
  const [one, two, three] = [await welcomed({ locks }), await welcomed({ locks }), await welcomed({ locks }, { "conversation:c3": 5 })];
  one.socket.stop();
  await still();
  await pass(0.02);
  assert.deepEqual(two.server.stream.heads, { "site:s": 3, "conversation:c3": 5 });
  assert.equal(three.server.streams.length, 0);
});

test("a server that ends the stream ends it for all tabs", async () => {
  const locks = fakeLocks();
  const [one, two] = [await welcomed({ locks }), await welcomed({ locks })];
  await one.server.stream.say({ event: "heads", heads: {} }, { event: "closed", code: 4401 });
  assert.deepEqual([one.socket.ended.value, two.socket.ended.value], [4401, 4401]);
});

test("when the tab with the stream is asleep another one takes the stream over", async () => {
  const locks = fakeLocks();
  const one = await welcomed({ locks });
  const two = await welcomed({ locks });
  const asleep = one.server.stream;
  for (let n = 0; n < 2; n += 1) {
    await asleep.write("\n");
    await pass(10);
    if (two.server.asked("beat")) await two.server.ok("beat", { heads: {} });
    if (one.server.asked("beat")) await one.server.ok("beat", { heads: {} });
  }
  await asleep.write("\n");
  await pass(5.1);
  await pass(0.02);
  assert.deepEqual([two.server.streams.length, asleep.aborted], [1, true]);
});
