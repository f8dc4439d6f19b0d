import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
const element = () => ({ setAttribute() {}, style: {}, append() {}, remove() {}, isConnected: true, ownerDocument: globalThis.document });
globalThis.document ??= /** @type {any} */ ({ createElement: element, body: { append() {} } });
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { LostError, RefusedError } = await import("../../support_chat/static/support_chat/errors.js");
const { memoryStore } = await import("../../support_chat/static/support_chat/storage.js");
const { ManyAtOnce } = await import("../../agents/static/agents/many_at_once.js");
const { ManyWork } = await import("../../agents/static/agents/many_work.js");
const { viewsOf } = await import("../../agents/static/agents/views.js");

/** A server that answers these pieces, one after the other. */
function serverOf(...pieces) {
  const asked = [];
  const request = async (_, fields) => {
    asked.push(fields);
    const piece = pieces.shift();
    if (piece instanceof Error) throw piece;
    return { done: [], same: 0, refused: {}, next: null, ...piece };
  };
  return { asked, request };
}

const names = (count) => Array.from({ length: count }, (_, n) => `c${n}`);

test("pieces are asked for until there are no more, under one id, and added up", async () => {
  const server = serverOf({ done: ["a", "b"], next: "0.2" }, { done: ["c"], refused: { changed: 2 } });
  const many = new ManyAtOnce(server, { which: { view: "mine" }, deed: { what: "close" }, of: 5 });
  await many.run();
  assert.deepEqual(server.asked.map(({ after }) => after), [undefined, "0.2"]);
  assert.equal(new Set(server.asked.map(({ client_id }) => client_id)).size, 1);
  assert.deepEqual([many.state.value, many.past.value], ["done", 5]);
  assert.equal(many.summary(), "3 closed, 2 not: taken or changed meanwhile.");
});

test("chats that were chosen one by one are named, a hundred at a time", async () => {
  const server = serverOf({}, {}, {});
  await new ManyAtOnce(server, { which: { view: "mine" }, ids: names(250), deed: { what: "wake" }, of: 250 }).run();
  assert.deepEqual(server.asked.map(({ which }) => which.conversations.length), [100, 100, 50]);
});

test("once it is stopped no further piece is asked for", async () => {
  const server = serverOf({ done: ["a"], next: "0.9" }, { done: ["b"] });
  const many = new ManyAtOnce(server, { which: { view: "mine" }, deed: { what: "close" }, of: 2 });
  const { request } = server;
  server.request = async (...words) => {
    const piece = await request(...words);
    many.stop();
    return piece;
  };
  await many.run();
  assert.equal(server.asked.length, 1);
  assert.equal(many.summary(), "1 closed, stopped.");
});

for (const [what, error, says] of [
  ["a connection that does not come back", new LostError("gone"), "The connection was lost before the server could answer."],
  ["a refusal", new RefusedError({ code: "overloaded", message: "", retry: true }), "The server has too much to do right now. Try again in a moment."],
  ["a filter that was deleted", new RefusedError({ code: "not_found", message: "", retry: false }), "The list that it was for is not there any more."],
]) {
  test(`${what} ends it, and what was done is said, with the reason`, async () => {
    const many = new ManyAtOnce(serverOf({ done: ["a"], same: 1, next: "0.9" }, error), { which: {}, deed: { what: "tag", tag: "x" }, of: 9 });
    await many.run();
    assert.equal(many.summary(), `1 tagged, 1 was so already. ${says}`);
  });
}

test("only what can be taken back is, and only where it was done", async () => {
  const tagged = new ManyAtOnce(serverOf({ done: ["a", "b"], same: 3 }), { which: { view: "mine" }, deed: { what: "tag", tag: "x" }, of: 5 });
  await tagged.run();
  assert.deepEqual(tagged.undoing(), { which: {}, ids: ["a", "b"], of: 2, deed: { what: "untag", tag: "x" } });
  const closed = new ManyAtOnce(serverOf({ done: ["a"] }), { which: {}, deed: { what: "close" }, of: 1 });
  await closed.run();
  assert.equal(closed.undoing(), null);
});

const tick = () => new Promise((done) => setTimeout(done));
const deskOf = (server) => ({ user: "ana", view: signal(null), inbox: {}, notices: { say() {} }, undo: { release() {} }, outbox: { pending: signal([]) }, chats: new Map(), socket: { ...server, on() {}, onWelcome() {} } });

/** A window that is reloaded while the server answers its second piece. */
async function reloaded(server) {
  const store = memoryStore();
  const { request } = server;
  const never = new Promise(() => {});
  const before = { asked: server.asked, request: (...words) => (server.asked.length ? (server.asked.push(words[1]), never) : request(...words)) };
  void new ManyWork(deskOf(before), store).start({ which: { view: "mine" }, deed: { what: "close" }, of: 3 });
  await tick();
  return store;
}

test("after a reload it goes on where it was, under the same id, and adds up as if nothing had been", async () => {
  const server = serverOf({ done: ["a"], refused: { changed: 1 }, next: "0.2" }, { done: ["b"] });
  const store = await reloaded(server);
  const work = new ManyWork(deskOf(server), store);
  await tick();
  const pieces = server.asked.filter(({ client_id }) => client_id);
  assert.deepEqual(pieces.map(({ after }) => after), [undefined, "0.2", "0.2"]);
  assert.equal(new Set(pieces.map(({ client_id }) => client_id)).size, 1);
  assert.equal(work.now.value.summary(), "2 closed, 1 not: taken or changed meanwhile.");
  assert.equal(new ManyWork(deskOf(server), store).now.value, null, "done, it is not gone on with again");
});

test("chats that were named go on with the hundred that was not done yet", async () => {
  const store = memoryStore();
  const before = serverOf({ done: names(100) });
  const { request } = before;
  before.request = (...words) => (before.asked.length ? new Promise(() => {}) : request(...words));
  void new ManyWork(deskOf(before), store).start({ which: {}, ids: names(150), deed: { what: "wake" }, of: 150 });
  await tick();
  const server = serverOf({ done: names(50) });
  const work = new ManyWork(deskOf(server), store);
  await tick();
  assert.deepEqual(server.asked.filter(({ which }) => which).map(({ which }) => which.conversations[0]), ["c100"]);
  assert.equal(work.now.value.summary(), "150 taken up again.");
});

test("what a window left long ago is told and not gone on with, and another agent sees nothing of it", async () => {
  const server = serverOf({ done: ["a"], next: "0.2" }, { done: ["b"] });
  const store = await reloaded(server);
  assert.equal(new ManyWork({ ...deskOf(server), user: "ben" }, store).now.value, null);
  const key = "support-chat:console:many:ana";
  store.set(key, JSON.stringify({ ...JSON.parse(store.get(key)), at: Date.now() - 3_600_000 }));
  const asked = server.asked.length;
  const work = new ManyWork(deskOf(server), store);
  await tick();
  assert.deepEqual([server.asked.length, work.now.value.summary()], [asked, "1 closed, stopped."]);
  work.end();
  assert.deepEqual([work.now.value, store.get(key)], [null, null]);
});

test("what is done goes on while another view is shown, can be stopped there, and is summed up", async () => {
  const pieces = [];
  const desk = deskOf({ request: (command) => new Promise((done) => command === "change_conversations" && pieces.push(done)) });
  const store = memoryStore();
  const [work, views] = [new ManyWork(desk, store), viewsOf(desk)];
  const going = work.start({ which: { view: "mine" }, deed: { what: "close" }, of: 2 });
  await tick();
  views.open({ key: "closed", name: "Closed", which: { view: "closed" } });
  assert.deepEqual([work.now.value.state.value, work.isShown(views.choice)], ["runs", true]);
  work.stop();
  assert.equal(new ManyWork(desk, store).now.value, null, "stopped, a reload does not go on with it");
  pieces[0]({ done: ["a"], same: 0, refused: {}, next: "0.5" });
  await going;
  assert.deepEqual([pieces.length, work.now.value.summary()], [1, "1 closed, stopped."]);
});

test("once it is over, what came of it makes room for what can be done with others", async () => {
  const desk = deskOf(serverOf({ done: ["a"] }));
  const [work, views] = [new ManyWork(desk, memoryStore()), viewsOf(desk)];
  assert.equal(work.isShown(views.choice), false);
  await work.start({ which: { view: "mine" }, deed: { what: "close" }, of: 1 });
  assert.equal(work.isShown(views.choice), true);
  views.choice.set(["b"], false);
  assert.equal(work.isShown(views.choice), false);
});
