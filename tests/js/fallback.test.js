import assert from "node:assert/strict";
import test, { afterEach, beforeEach, mock } from "node:test";

import * as code from "../../support_chat/static/support_chat/fallback_link.js";
import { Outbox } from "../../support_chat/static/support_chat/outbox.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { fakeChannels } from "./fakes/channels.js";
import { fakeLocks } from "./fakes/locks.js";
import { HttpServer, still } from "./fakes/http_server.js";
import { liveSocket } from "./fakes/online.js";

const HELLO = { visitor: { id: "v1" }, token: "secret", heartbeat: 20 };

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  mock.method(Math, "random", () => 1);
  globalThis.BroadcastChannel = fakeChannels();
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

async function pass(seconds) {
  mock.timers.tick(seconds * 1000);
  await still();
}

/** A socket on a network that lets no WebSocket through; `server` answers its requests. */
async function blocked(options = {}) {
  const server = new HttpServer();
  const all = liveSocket({ fetch: server.fetch, load: async () => code, locks: null, ...options });
  all.socket.start();
  await miss(all);
  await miss(all);
  return { ...all, server };
}

async function miss({ socket, link }) {
  link().die(1006);
  await pass(socket.retryIn.value);
}

/** The same, welcomed over requests, and hearing. */
async function welcomed(options, heads = { "site:s": 3 }) {
  const all = await blocked(options);
  await all.server.ok("hello", HELLO, heads);
  await pass(0.02);
  return all;
}

test("after two WebSockets that never opened it goes over to requests, by itself", async () => {
  const { socket, links, server } = await blocked();
  assert.equal(links.length, 2);
  const [{ url, init, body }] = server.commands;
  assert.deepEqual([url, init.method, init.headers.Authorization], ["http://chat.example/live/commands?as=visitor", "POST", undefined]);
  assert.deepEqual(body, { id: 1, do: "hello", with: { site: "s" } });
  await server.ok("hello", HELLO, {});
  assert.equal(socket.status.value, "online");
});

test("one WebSocket that failed, or one that our own server closed, is no reason to leave them", async () => {
  const all = liveSocket();
  all.socket.start();
  for (const code of [1006, 4012, 4013]) {
    all.link().die(code);
    await pass(all.socket.retryIn.value);
  }
  assert.equal(all.links.length, 4);
});

test("a WebSocket that opens and lets nothing through counts as blocked", async () => {
  const server = new HttpServer();
  const { socket, link } = liveSocket({ fetch: server.fetch, load: async () => code, locks: null });
  socket.start();
  for (let n = 0; n < 2; n += 1) {
    link().accept();
    await pass(10);
    await pass(socket.retryIn.value);
  }
  assert.ok(server.asked("hello"));
});

test("a fallback that fails as well gives the WebSocket its turn again", async () => {
  const { socket, links, server } = await blocked();
  server.asked("hello").fail();
  await still();
  assert.equal(socket.status.value, "offline");
  await pass(socket.retryIn.value);
  assert.equal(links.length, 3);
});

test("commands carry the token that hello gave, one request at a time, in the order asked", async () => {
  const { socket, server } = await welcomed();
  const first = socket.request("page", { before: 5 });
  const second = socket.request("page", { before: 9 });
  await still();
  assert.deepEqual(server.commands.map(({ body }) => body.with.before), [undefined, 5]);
  assert.equal(server.asked("page").init.headers.Authorization, "Bearer secret");
  await server.ok("page", { n: 1 });
  await server.ok("page", { n: 2 });
  assert.deepEqual([await first, await second], [{ n: 1 }, { n: 2 }]);
});

test("a token that hello was said with is carried on", async () => {
  const { socket, server } = await blocked({ hello: () => ({ token: "kept" }) });
  await server.ok("hello", { visitor: { id: "v1" } }, {});
  void socket.request("page").catch(() => {});
  await still();
  assert.equal(server.asked("page").init.headers.Authorization, "Bearer kept");
  assert.equal(server.stream ?? null, null);
});

test("the team's sign-in is the browser's own, and the addresses say who asks", async () => {
  const { server } = await blocked({ url: "wss://chat.example/desk/ws/agent" });
  const [{ url, init }] = server.commands;
  assert.deepEqual([url, init.headers.Authorization], ["https://chat.example/desk/live/commands?as=agent", undefined]);
});

test("events come line by line from the versions that hello named, however the lines are cut", async () => {
  const { socket, server } = await welcomed();
  const heard = [];
  socket.on("typing", ({ n }) => heard.push(n));
  assert.deepEqual([server.stream.asked.url, server.stream.heads], ["http://chat.example/live/events?as=visitor", { "site:s": 3 }]);
  await server.stream.write('{"event":"heads","heads":{"site:s":3}}\n{"event":"typing","n":1}\n{"event":"ty');
  await server.stream.write('ping","n":2}\n\n');
  assert.deepEqual(heard, [1, 2]);
});

test("what a command makes us listen to is heard from where its reply stands", async () => {
  const { socket, server } = await welcomed();
  void socket.request("start_conversation", {});
  await still();
  await server.ok("start_conversation", { conversation: "c1" }, { "conversation:c1": 2, "site:s": 3 });
  const [before] = server.streams;
  await pass(0.02);
  assert.equal(before.aborted, true);
  assert.deepEqual(server.stream.heads, { "site:s": 3, "conversation:c1": 2 });
});

test("a stream that ends after its time goes on by the versions that it named last", async () => {
  const { server, socket } = await welcomed();
  await server.stream.say({ event: "heads", heads: { "site:s": 3 } }, { event: "heads", heads: { "site:s": 8 } });
  for (let n = 0; n < 30; n += 1) {
    await pass(10);
    if (server.asked("beat")) await server.ok("beat", { heads: {} });
    await server.stream.say({ event: "heads", heads: { "site:s": 9 } });
  }
  await server.stream.end();
  await pass(0.02);
  assert.equal(server.streams.length, 2);
  assert.deepEqual([server.stream.heads, socket.status.value], [{ "site:s": 9 }, "online"]);
});

test("a topic that the stream has told more of than we know is asked about", async () => {
  const { socket, server } = await welcomed();
  const behind = [];
  socket.on("behind", ({ topic, version }) => behind.push([topic, version]));
  socket.track("conversation:c1", () => 5);
  await server.stream.say({ event: "heads", heads: { "conversation:c1": 6, "site:s": 9 } });
  assert.deepEqual(behind, [["conversation:c1", 6]]);
});

test("a topic that may not be heard is asked for again once a command names it anew", async () => {
  const { socket, server } = await welcomed({}, { "site:s": 3, "conversation:c1": 4 });
  await server.stream.say({ event: "heads", heads: { "site:s": 3 } });
  void socket.request("resume", {});
  await still();
  await server.ok("resume", {}, { "conversation:c1": 4 });
  await pass(0.02);
  assert.equal(server.streams.length, 2);
  assert.deepEqual(server.stream.heads, { "site:s": 3, "conversation:c1": 4 });
});

test("a log that ends before what we know of it, as after a restored backup, is begun anew with hello", async () => {
  const { socket, server } = await welcomed({}, { "site:s": 3, "conversation:c1": 9 });
  await server.stream.say({ event: "heads", heads: { "site:s": 0, "conversation:c1": 9 } });
  assert.equal(socket.status.value, "online");
  await server.stream.say({ event: "heads", heads: { "site:s": 3, "conversation:c1": 4 } });
  assert.equal(socket.status.value, "offline");
  await pass(socket.retryIn.value);
  assert.ok(server.asked("hello"));
});

test("a chat that was left is not listened to any more", async () => {
  const { socket, server } = await welcomed({}, { "site:s": 3, "conversation:c1": 4 });
  void socket.request("leave_conversation", { conversation: "c1" });
  await still();
  await server.ok("leave_conversation");
  await pass(0.02);
  assert.deepEqual(server.stream.heads, { "site:s": 3 });
});

test("refusals by name are the socket's", async () => {
  const { socket, server } = await welcomed();
  const asked = assert.rejects(socket.request("page"), { name: "RefusedError", code: "not_found" });
  await still();
  await server.answer("page", { error: { code: "not_found", retry: false } });
  await asked;
  assert.equal(socket.status.value, "online");
});

for (const [status, code] of [[400, "bad_frame"], [413, "too_big"], [500, "failed"]]) {
  test(`${status} refuses the command, not the way`, async () => {
    const { socket, server } = await welcomed();
    const asked = assert.rejects(socket.request("page"), { name: "RefusedError", code });
    await still();
    await server.answer("page", { re: null, error: { code, retry: false } }, { status });
    await asked;
    assert.equal(socket.status.value, "online");
  });
}

for (const [status, code] of [[401, 4401], [403, 4403]]) {
  for (const what of ["command", "stream"]) {
    test(`${status} to a ${what} ends it as ${code} does`, async () => {
      const { socket, server } = await welcomed();
      const refused = new Response("{}", { status });
      if (what === "stream") server.stream.asked.respond(refused);
      else {
        socket.request("page").catch(() => {});
        await still();
        server.asked("page").respond(refused);
      }
      await still();
      assert.deepEqual([socket.status.value, socket.ended.value], ["ended", code]);
    });
  }
}

test("429 keeps it away for the second half minute, and 503 for as long as it says", async () => {
  for (const [status, seconds] of [[429, 60], [503, 7]]) {
    const { socket, server } = await welcomed();
    server.stream.asked.respond(new Response("{}", { status, headers: { "Retry-After": "7" } }));
    await still();
    assert.deepEqual([socket.status.value, socket.retryIn.value], ["offline", seconds]);
    socket.stop();
  }
});

for (const code of [4012, 4401, 4408]) {
  test(`a stream that is closed with ${code} is a socket closed with it`, async () => {
    const { socket, server } = await welcomed();
    await server.stream.say({ event: "heads", heads: {} }, { event: "closed", code });
    assert.equal(socket.status.value, code === 4401 ? "ended" : "offline");
  });
}

for (const [how, fault] of [
  ["breaks", (stream) => stream.say({ event: "heads", heads: {} }).then(() => stream.break())],
  ["is not what we speak", (stream) => stream.write("<html>\n")],
  ["brings no first line in ten seconds, as behind a proxy that keeps it all", () => pass(10)],
  ["is refused by something in between", (stream) => (stream.asked.respond(new Response("", { status: 502 })), still())],
]) {
  test(`a stream that ${how} is a lost link, and the next one is another fallback`, async () => {
    const { socket, server, links } = await welcomed();
    await fault(server.stream);
    assert.equal(socket.status.value, "offline");
    const tried = links.length;
    await pass(socket.retryIn.value);
    assert.ok(server.asked("hello"));
    assert.equal(links.length, tried);
  });
}

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
