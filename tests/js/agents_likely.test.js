import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { Likely, numberOf } = await import("../../agents/static/agents/likely.js");

const LEARNS = { features: ["find_replies"] };
const ALL = ["a", "b", "c", "d"].map((id) => ({ id, shortcut: id, title: id, text: `text ${id}`, queue: null }));

/** A server that finds these, one list an answer. */
function server(...answers) {
  const asked = [];
  const request = (command, fields) => {
    asked.push([command, fields]);
    const answer = answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ found: null, likely: answer });
  };
  return { request, asked, welcome: LEARNS };
}

const shown = (likely, chat) => likely.of(chat, ALL).map((reply) => reply.id);

test("what is likely is asked for once while the chat stands as it is", async () => {
  const socket = server(["b", "a"], ["c"]);
  const likely = new Likely(socket);
  await likely.look("chat", 3, false);
  await likely.look("chat", 3, false);
  assert.deepEqual(socket.asked, [["find_replies", { conversation: "chat" }]]);
  assert.deepEqual(shown(likely, "chat"), ["b", "a"]);
  await likely.look("chat", 4, false);
  assert.deepEqual(shown(likely, "chat"), ["c"]);
});

test("nothing changes while the visitor writes, and it does when they have stopped", async () => {
  const likely = new Likely(server(["a"], ["b"]));
  await likely.look("chat", 3, false);
  await likely.look("chat", 4, true);
  assert.deepEqual(shown(likely, "chat"), ["a"]);
  await likely.look("chat", 4, false);
  assert.deepEqual(shown(likely, "chat"), ["b"]);
});

test("another chat never shows what was likely in this one", async () => {
  const likely = new Likely(server(["a"], ["b"]));
  await likely.look("first", 3, false);
  const coming = likely.look("second", 9, false);
  assert.deepEqual(shown(likely, "first"), []);
  assert.deepEqual(shown(likely, "second"), []);
  await coming;
  assert.deepEqual(shown(likely, "second"), ["b"]);
});

test("an answer that comes after the chat went on is not shown", async () => {
  const waiting = [];
  const likely = new Likely({ welcome: LEARNS, request: () => new Promise((done) => waiting.push(done)) });
  const [late, next] = [likely.look("chat", 3, false), likely.look("chat", 4, false)];
  waiting[1]({ likely: ["b"] });
  await next;
  waiting[0]({ likely: ["a"] });
  await late;
  assert.deepEqual(shown(likely, "chat"), ["b"]);
});

test("a server that cannot be asked suggests nothing, one of an older release is not asked", async () => {
  const likely = new Likely(server(new Error("lost")));
  await likely.look("chat", 3, false);
  assert.deepEqual(shown(likely, "chat"), []);
  const older = { ...server(["a"]), welcome: { features: [] } };
  await new Likely(older).look("chat", 3, false);
  assert.deepEqual(older.asked, []);
});

test("three at most are shown, of those that are here", async () => {
  const likely = new Likely(server(["gone", "d", "c", "b", "a"]));
  await likely.look("chat", 3, false);
  assert.deepEqual(shown(likely, "chat"), ["d", "c", "b"]);
});

test("a number with Alt alone takes one, whatever sign the keyboard makes of it", () => {
  const key = (code, more) => numberOf({ code, altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, ...more });
  assert.deepEqual([key("Digit1"), key("Numpad3")], [1, 3]);
  assert.deepEqual([key("KeyA"), key("Digit1", { altKey: false }), key("Digit1", { ctrlKey: true }), key("Digit1", { shiftKey: true })], [null, null, null, null]);
});
