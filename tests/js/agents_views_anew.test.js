import assert from "node:assert/strict";
import { test } from "node:test";

import { deskOf, FILTER, filtered, ids, lists, prefer, preferences, row, serverOf, teamOf, tick, Views, VIEWS } from "./fakes/views.js";

test("of ten thousand rows only the beginning and what is before the agent's eyes are read anew", async () => {
  const server = serverOf(10_000);
  const { desk, views } = await teamOf(server, 10_000);
  views.look({ from: 5_040, to: 5_055 });
  server.chats[5_042] = { ...server.chats[5_042], position: 2 };
  server.chats.splice(5_050, 1);
  server.chats.unshift({ n: -1, ...row("new") });
  const before = desk.asked.length;
  await views.fetch();
  assert.deepEqual(lists(desk, before).map(({ after, until }) => [after, until]), [[undefined, "49"], ["4999", "5049"], ["5049", "5099"]]);
  assert.deepEqual([ids(views)[0], views.rows.value.length, new Set(ids(views)).size], ["new", 10_000, 10_000]);
  assert.deepEqual([views.rows.value[5_043].position, ids(views).includes("c5050")], [2, false]);
});

test("what was passed over while it was out of sight is read anew once it is seen", async (t) => {
  const { desk, views } = await teamOf(serverOf(400), 400);
  await views.fetch();
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const before = desk.asked.length;
  views.look({ from: 300, to: 312 });
  t.mock.timers.tick(1_000);
  assert.deepEqual(lists(desk, before).map(({ after, until }) => [after, until]), [["299", "349"]]);
});

test("a part that has grown beyond what the server gives at once is read in pieces, and stands whole", async () => {
  const server = serverOf(150);
  const { desk, views } = await teamOf(server, 150);
  for (let n = 1; n <= 120; n += 1) server.chats.unshift({ n: -n, ...row(`new${n}`) });
  const before = desk.asked.length;
  await views.fetch();
  assert.equal(lists(desk, before).length, 2);
  assert.deepEqual([ids(views).length, new Set(ids(views)).size, ids(views)[0], ids(views).at(-1)], [270, 270, "new120", "c149"]);
});

test("a part in which nothing is left leaves no hole: what comes there later is found", async () => {
  const server = serverOf(150);
  const { views } = await teamOf(server, 150);
  const gone = server.chats.splice(50, 50);
  views.look({ from: 40, to: 60 });
  await views.fetch();
  assert.equal(ids(views).length, 100);
  server.chats.splice(50, 0, ...gone);
  await views.fetch();
  assert.deepEqual(ids(views), server.chats.map(({ conversation }) => conversation));
});

test("more that is asked for while the list is read anew comes after that", async () => {
  const server = serverOf(120);
  const { desk, views } = await teamOf(server, 50);
  void views.fetch();
  views.more();
  await tick();
  assert.equal(views.rows.value.length, 100);
  views.more();
  void views.fetch();
  const before = desk.asked.length;
  await tick();
  assert.deepEqual([views.rows.value.length, views.next.value], [120, null]);
  views.more();
  await tick();
  assert.ok(lists(desk, before).length <= 4, "nothing is asked for beyond the end");
});

test("only where nobody is told otherwise the server is asked to tell of changes, as long as it is shown", async () => {
  const desk = deskOf(() => ({ rows: [], next: null, total: 0 }));
  const views = new Views(desk);
  await tick();
  const asked = () => desk.asked.map(([command]) => command).filter((command) => command.endsWith("_lists"));
  for (const view of [VIEWS[0], VIEWS[2], VIEWS[5], FILTER, VIEWS[1], null]) views.open(view);
  assert.deepEqual(asked(), ["watch_lists", "leave_lists"]);
  views.open(VIEWS[2]);
  desk.handlers.welcome();
  assert.deepEqual(asked().slice(2), ["watch_lists", "watch_lists"], "a new connection is told nothing");
  desk.socket.welcome = { features: [] };
  desk.handlers.welcome();
  assert.equal(asked().length, 4, "an older server does not know it");
});

test("what others do is read after a moment, and again no sooner than after three seconds", async (t) => {
  const { desk } = await teamOf(serverOf(3), 3);
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() + 10_000 });
  const before = desk.asked.length;
  for (let n = 0; n < 20; n += 1) {
    desk.handlers.lists_changed({ queue: "q" });
    t.mock.timers.tick(500);
    await Promise.resolve();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
  assert.ok(lists(desk, before).length >= 3 && lists(desk, before).length <= 4, `${lists(desk, before).length}`);
});

test("a message in a chat that stays where it is lets no list be read anew", async (t) => {
  const desk = deskOf(() => ({ rows: [row("a", 1, { waited: null })], next: null, total: 1 }));
  const views = new Views(desk);
  views.open(VIEWS[0]);
  await tick();
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const before = desk.asked.length;
  desk.handlers.inbox_changed({ rows: [row("a", 2, { waited: null }), row("a", 3, { waited: null })] });
  t.mock.timers.tick(10_000);
  assert.deepEqual([desk.asked.length - before, views.rows.value[0].position], [0, 3]);
  desk.handlers.inbox_changed({ rows: [row("a", 4, { waited: 2 })] });
  t.mock.timers.tick(10_000);
  assert.equal(desk.asked.length - before, 1);
});

test("the chosen view is there again with the next page, but for conditions that are not kept", async () => {
  const begun = async () => {
    const desk = deskOf(() => ({ rows: [], next: null, total: 0 }));
    const views = new Views(desk);
    await tick();
    return [views, desk.view.value?.key];
  };
  const [views] = await begun();
  for (const [chosen, key] of [[VIEWS[2], "team"], [FILTER, "f1"], [filtered("late"), undefined], [null, undefined]]) {
    views.open(chosen);
    assert.equal((await begun())[1], key);
  }
  prefer({ view: "deleted" });
  assert.equal((await begun())[1], undefined);
});

test("who has chosen before the filters are known stays where they are", async () => {
  prefer({ view: "team" });
  const desk = deskOf(() => ({ rows: [], next: null, total: 0 }));
  const views = new Views(desk);
  views.open(null);
  await tick();
  assert.deepEqual([desk.view.value, preferences.value.view], [null, undefined]);
});
