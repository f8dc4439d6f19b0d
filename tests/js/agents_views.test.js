import assert from "node:assert/strict";
import { test } from "node:test";

import { deskOf, FILTER, filtered, ids, isTheirs, MENTIONS, row, tick, Views, VIEWS, viewsOf } from "./fakes/views.js";

test("a view is read when it is chosen, and the next page stands below it, each chat once", async () => {
  const pages = { undefined: { rows: [row("a"), row("b")], next: "0.2", total: 3 }, 0.2: { rows: [row("b"), row("c")], next: null } };
  const views = new Views(deskOf(({ after }) => pages[after]));
  views.open(VIEWS[0]);
  await tick();
  assert.deepEqual([ids(views), views.total.value, views.next.value], [["a", "b"], 3, "0.2"]);
  views.more();
  await tick();
  assert.deepEqual([ids(views), views.total.value, views.next.value], [["a", "b", "c"], 3, null]);
});

test("what is shown changes at once when the server tells it, and nothing older is believed", async () => {
  const desk = deskOf(() => ({ rows: [row("a", 5), row("b", 5)], next: null, total: 2 }));
  const views = new Views(desk);
  views.hold("pointer", true);
  views.open(VIEWS[0]);
  await tick();
  desk.handlers.inbox_changed({ rows: [row("a", 6, { tags: ["late"] }), row("b", 4, { tags: ["old"] })] });
  assert.deepEqual(views.rows.value.map(({ tags }) => tags), [["late"], undefined]);
  assert.equal(desk.asked.length, 2, "what comes and goes waits until the list may move");
});

test("an answer to what is not asked for any more is not shown", async () => {
  const waiting = [];
  const views = new Views(deskOf(() => new Promise((done) => waiting.push(done))));
  views.open(VIEWS[0]);
  views.open(VIEWS[1]);
  waiting[1]({ rows: [row("queue")], next: null, total: 1 });
  waiting[0]({ rows: [row("mine")], next: null, total: 1 });
  await tick();
  assert.deepEqual(ids(views), ["queue"]);
});

test("a list that cannot be read says so", async () => {
  const views = new Views(deskOf(() => Promise.reject(new Error("no"))));
  views.open(VIEWS[0]);
  await tick();
  assert.equal(views.state.value, "failed");
});

test("where the server has no views none are offered", async () => {
  const desk = deskOf(() => ({}));
  desk.socket.request = () => Promise.reject(new Error("unknown_command"));
  const views = new Views(desk);
  await tick();
  assert.equal(views.known.value, false);
});

test("saved filters are known from the beginning, and a desk has one set of views", async () => {
  const desk = deskOf(() => ({ rows: [], next: null, total: 0 }));
  const views = viewsOf(desk);
  await tick();
  assert.deepEqual(views.filters.value.map(({ name }) => name), ["Late"]);
  assert.equal(viewsOf(desk), views);
});

const refused = (code) => () => Promise.reject(Object.assign(new Error(code), { code }));

test("a filter that is gone says so in its place, shows nothing more, and the row is read anew, once", async () => {
  let gone = false;
  const desk = deskOf(() => (gone ? refused("not_found")() : { rows: [row("a")], next: "0.1", total: 9 }));
  const views = new Views(desk);
  views.open(FILTER);
  await tick();
  gone = true;
  const before = desk.asked.length;
  void views.fetch();
  await tick();
  assert.deepEqual([views.state.value, ids(views), views.next.value, views.total.value], ["gone", [], null, 0]);
  assert.deepEqual(desk.asked.slice(before).map(([command]) => command), ["list_conversations", "list_filters"]);
  assert.deepEqual(desk.said, []);
});

test("a filter that asks for what the server does not know any more is no error either", async () => {
  const views = new Views(deskOf(refused("bad_field")));
  views.open(FILTER);
  await tick();
  assert.equal(views.state.value, "outdated");
});

test("of a view the same refusals are told as what they are", async () => {
  for (const code of ["not_found", "bad_field"]) {
    const desk = deskOf(refused(code));
    const views = new Views(desk);
    views.open(VIEWS[0]);
    await tick();
    assert.deepEqual([views.state.value, desk.said.length], ["failed", 1]);
  }
});

test("mentions are one of the views, and no list of chats is asked for", async () => {
  const desk = deskOf(() => ({ rows: [], next: null, total: 0 }));
  const views = new Views(desk);
  views.open(MENTIONS);
  desk.handlers.inbox_changed({ rows: [row("a")] });
  await tick();
  assert.deepEqual([VIEWS.includes(MENTIONS), desk.asked.map(([command]) => command)], [true, ["list_filters"]]);
});

test("a filter is changed by who made it, and a shared one by who supervises its site", async () => {
  const views = new Views(deskOf(() => ({})));
  await tick();
  const theirs = (mine, shared, site) => isTheirs(views, { mine, shared, site });
  assert.deepEqual([theirs(true, false, "x"), theirs(false, true, "shop"), theirs(false, true, "x"), theirs(false, false, "shop")], [true, true, false, false]);
});

test("what was chosen in one view is chosen in no other, nor in the same filter with other conditions", async () => {
  const views = new Views(deskOf(() => ({ rows: [row("a"), row("b")], next: null, total: 2 })));
  views.open(filtered("late"));
  await tick();
  views.choice.set(["a", "b"], true);
  views.open(filtered("vip"));
  assert.deepEqual([views.choice.ids.value.size, views.choice.every.value], [0, false]);
});

test("where there is news all the time a list is read anew all the same", async (t) => {
  const desk = deskOf(() => ({ rows: [row("a")], next: null, total: 1 }));
  const views = new Views(desk);
  views.open(VIEWS[0]);
  await tick();
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const before = desk.asked.length;
  for (let n = 0; n < 20; n += 1) {
    desk.handlers.inbox_changed({ rows: [row("b", n, { tags: [`${n}`] })] });
    t.mock.timers.tick(200);
  }
  assert.ok(desk.asked.length > before);
});

test("the list holds still for the pointer, the focus and the choice, each by itself", async (t) => {
  const desk = deskOf(() => ({ rows: [row("a")], next: null, total: 1 }));
  const views = new Views(desk);
  views.open(VIEWS[0]);
  await tick();
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const before = desk.asked.length;
  views.hold("pointer", true);
  views.hold("focus", true);
  desk.handlers.inbox_changed({ rows: [row("b")] });
  views.hold("pointer", false);
  t.mock.timers.tick(10_000);
  assert.equal(desk.asked.length, before);
  views.hold("focus", false);
  t.mock.timers.tick(10_000);
  assert.equal(desk.asked.length, before + 1);
});
