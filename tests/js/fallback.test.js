import assert from "node:assert/strict";
import test from "node:test";

import * as code from "../../support_chat/static/support_chat/fallback_link.js";
import { blocked, HELLO, pass, welcomed, withoutSockets } from "./fakes/blocked.js";
import { HttpServer, still } from "./fakes/http_server.js";
import { liveSocket } from "./fakes/online.js";

withoutSockets();

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

test("a list of visitors that was left is not listened to any more, of whichever site", async () => {
  const { socket, server } = await welcomed({}, { "site:s": 3, "onsite:s": 4, "onsite:t": 2 });
  void socket.request("leave_visitors", {});
  await still();
  await server.ok("leave_visitors");
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
