import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import test, { afterEach, beforeEach, mock } from "node:test";

import { Outbox } from "../../support_chat/static/support_chat/outbox.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { liveSocket, onlineSocket } from "./fakes/online.js";
import { settled } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
const { refusals, endings } = await import("../../widget/static/widget/strings_talk.js");
const { codeInPlainWords, endedInWords } = await import("../../agents/static/agents/words.js");

const README = readFileSync(new URL("../../support_chat/live/README.md", import.meta.url), "utf8");

/** The rows of the table below a heading, each a list of its cells. */
function table(heading) {
  const below = README.split(`\n## ${heading}\n`)[1].split("\n## ")[0];
  const rows = below.split("\n").filter((line) => line.startsWith("|")).slice(2);
  return rows.map((row) => row.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", "")));
}

const ERRORS = table("Error codes");
const CLOSINGS = table("Close codes");
/** What the search says of these is tested with it. */
const OF_SEARCHES = new Set(["bad_query", "takes_too_long"]);
/** Nothing that a visitor can do is answered with these. */
const STAFF_ONLY = new Set(["crossed", "too_many_open", "not_next", "note_changed", "unavailable", ...OF_SEARCHES]);

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  mock.method(Math, "random", () => 1);
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

async function pass(seconds) {
  mock.timers.tick(seconds * 1000);
  await settled();
}

test("both tables are read whole", () => {
  assert.ok(ERRORS.length >= 20 && CLOSINGS.length >= 11);
  for (const [code, , retry] of ERRORS) assert.ok(/^[a-z_]+$/u.test(code) && ["yes", "no"].includes(retry), code);
});

for (const [code, message, retry] of ERRORS) {
  const again = retry === "yes";
  test(`a message refused with ${code} ${again ? "goes again by itself, in its turn" : "is set aside, in words, and the next goes on"}`, async () => {
    const { socket, link } = await onlineSocket();
    const outbox = new Outbox({ socket, storage: memoryStore(), key: "outbox" });
    for (const body of ["one", "two"]) outbox.post("c1", body);
    await settled();
    await link().no("post_message", { code, message, retry: again, ...(again && { after: 2 }) });
    await pass(2);
    assert.equal(link().asked("post_message").with.body, again ? "one" : "two");
    assert.equal(outbox.pending.value[0].state, again ? "sending" : "failed");
    assert.equal(socket.status.value, "online");
  });

  test(`a hello refused with ${code} ${again ? "is said again after its time" : "ends it, and the refusal is there to be shown"}`, async () => {
    const { socket, link, links } = liveSocket();
    socket.start();
    link().accept();
    await settled();
    await link().no("hello", { code, message, retry: again, ...(again && { after: 2 }) });
    assert.deepEqual([socket.status.value, socket.refusal.value?.code ?? null], again ? ["offline", null] : ["ended", code]);
    await pass(2);
    assert.equal(links.length, again ? 2 : 1);
    socket.stop();
  });

  test(`${code} has words of its own on both screens`, () => {
    if (!OF_SEARCHES.has(code)) assert.notEqual(codeInPlainWords({ code, message: "" }), "");
    assert.equal(code in refusals, !STAFF_ONLY.has(code));
  });
}

/** What each answer of the table's third column means, seen from outside. */
const ANSWERS = {
  "comes back": comesBack,
  "comes back and resumes": comesBack,
  "comes back, unless it said so itself": comesBack,
  "comes back when it is shown": async ({ links, life }) => {
    await pass(3600);
    assert.equal(links.length, 1);
    life.hears.wake("shown");
    assert.equal(links.length, 2);
  },
  "comes back later": async ({ links }) => {
    await pass(30);
    assert.equal(links.length, 1);
    await pass(30);
    assert.equal(links.length, 2);
  },
  "is wrong": ends,
  "signs in": ends,
  "is brought up to date: a page loads itself anew, once": ends,
  "stays away": ends,
};

async function comesBack({ links }) {
  await pass(0.5);
  assert.equal(links.length, 2);
}

async function ends({ socket, links }, code) {
  await pass(3600);
  assert.deepEqual([socket.status.value, socket.ended.value, links.length], ["ended", code, 1]);
  assert.ok(endings[code] && endedInWords(code) !== endedInWords(0), "the person reads why");
}

for (const [code, why, then] of CLOSINGS) {
  test(`closed with ${code}, ${why}: it ${then}`, async () => {
    const all = await onlineSocket();
    all.link().die(Number(code));
    assert.ok(ANSWERS[then], `nobody knows what "${then}" means`);
    await ANSWERS[then](all, Number(code));
    all.socket.stop();
  });
}

for (const code of [1001, 1006, 1012, 1013]) {
  test(`closed with ${code}, which comes from servers and proxies: it comes back`, async () => {
    const all = await onlineSocket();
    all.link().die(code);
    await comesBack(all);
    all.socket.stop();
  });
}
