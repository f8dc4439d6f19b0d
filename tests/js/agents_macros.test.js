import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { onLine: true };
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { RefusedError } = await import("../../support_chat/static/support_chat/errors.js");
const { Macros, plan, run } = await import("../../agents/static/agents/macros.js");
const { KINDS } = await import("../../agents/static/agents/macro_steps.js");

const NEVER = new AbortController().signal;
const STEPS = [{ do: "reply", text: "Bye {{visitor.first_name}}" }, { do: "note", text: "Done" }, { do: "tag", tag: "late" }, { do: "look_up" }, { do: "transfer", to_queue: "q1" }, { do: "close" }];
const macro = (...steps) => ({ id: "m", name: "M", site: "Shop", personal: false, steps });
const known = (name) => (name === "visitor.first_name" ? "Anna" : null);

const settled = () => new Promise((done) => setTimeout(done));

/** A desk that writes down what is asked of it; `refuses` says no to one command. */
function desk(refuses = "", code = "not_allowed") {
  const asked = [];
  const pending = signal([]);
  const post = (chat, body, { command }) => {
    asked.push([command, chat, body]);
    const state = command === refuses ? "failed" : "sent";
    pending.value = [{ client_id: body, state, error: state === "failed" ? { code: "closed", message: "" } : null }];
    return body;
  };
  const command = async (name, chat, more) => {
    asked.push([name, chat, ...(more ? [more] : [])]);
    if (name === refuses) throw new RefusedError({ code, message: "", retry: false });
  };
  return {
    asked,
    outbox: { pending, post },
    undo: { release: (chat) => asked.push(["release", chat]) },
    chats: new Map(),
    deeds: { command },
    inbox: {
      queues: signal([{ id: "q1", name: "Returns" }]),
      me: signal({ id: "ana", name: "Ana" }),
      teammates: signal([{ id: "ben", name: "Ben", status: "online" }, { id: "kim", name: "Kim", status: "away" }]),
    },
  };
}

test("before it is run a macro says what it would do, with the words of this chat", () => {
  const steps = plan(macro(...STEPS), desk(), known);
  assert.deepEqual(steps.map(({ says, words }) => [says, words]), [
    ["Send a reply", "Bye Anna"], ["Add a note for the team", "Done"], ["Add the tag “late”", ""], ["Tell the visitor that it takes a while", ""],
    ["Transfer to Returns", ""], ["Close the chat", ""],
  ]);
  assert.equal(plan(macro(STEPS[0]), desk(), () => null)[0].missing.name, "visitor.first_name");
});

test("each step is the ordinary command, one after the other", async () => {
  const here = desk();
  assert.deepEqual(await run(plan(macro(...STEPS), here, known), here, "chat", NEVER), { done: 6, why: null });
  assert.deepEqual(here.asked, [
    ["release", "chat"], ["post_message", "chat", "Bye Anna"], ["add_note", "chat", "Done"],
    ["tag_conversation", "chat", { add: ["late"], remove: [] }], ["look_up", "chat"],
    ["transfer_conversation", "chat", { to_queue: "q1" }], ["close_conversation", "chat"],
  ]);
});

test("the first step that is refused ends it, and how far it came is known", async () => {
  for (const [refuses, done] of [["post_message", 0], ["add_note", 1], ["tag_conversation", 2], ["look_up", 3], ["close_conversation", 5]]) {
    const here = desk(refuses);
    const ran = await run(plan(macro(...STEPS), here, known), here, "chat", NEVER);
    assert.equal(ran.done, done);
    assert.match(ran.why, /\w/);
    assert.equal(here.asked.at(-1)[0], refuses);
  }
});

test("whoever cancels it while a message waits has given up the message, and what was to follow", async () => {
  const here = desk();
  here.outbox.post = () => ((here.outbox.pending.value = [{ client_id: "m", state: "sending" }]), "m");
  here.outbox.discard = (id) => ((here.outbox.pending.value = []), here.asked.push(["discard", id]));
  const stop = new AbortController();
  const running = run(plan(macro(STEPS[0], STEPS[5]), here, known), here, "chat", stop.signal);
  await settled();
  stop.abort();
  assert.equal((await running).done, 0);
  assert.deepEqual(here.asked, [["release", "chat"], ["discard", "m"]]);
});

test("what is done before it is cancelled stays done, and nothing of that is given up", async () => {
  const here = desk();
  const { command } = here.deeds;
  let answer;
  here.deeds.command = async (...asked) => (await command(...asked), new Promise((done) => (answer = done)));
  here.outbox.discard = () => assert.fail("it had arrived");
  const stop = new AbortController();
  const running = run(plan(macro(STEPS[0], STEPS[2], STEPS[5]), here, known), here, "chat", stop.signal);
  while (!answer) await settled();
  stop.abort();
  answer();
  assert.equal((await running).done, 2);
  assert.deepEqual(here.asked.map(([name]) => name), ["release", "post_message", "tag_conversation"]);
});

test("nothing of a macro overtakes what was written before it", async () => {
  const here = desk();
  here.outbox.pending.value = [{ client_id: "before", conversation: "chat", state: "sending" }];
  const running = run(plan(macro(STEPS[5]), here, known), here, "chat", NEVER);
  await settled();
  assert.deepEqual(here.asked, [["release", "chat"]]);
  here.outbox.pending.value = [{ client_id: "before", conversation: "chat", state: "sent" }];
  assert.deepEqual(await running, { done: 1, why: null });
  here.outbox.pending.value = [{ client_id: "before", conversation: "chat", state: "sending" }];
  const refused = run(plan(macro(STEPS[5]), here, known), here, "chat", NEVER);
  await settled();
  here.outbox.pending.value = [{ client_id: "before", conversation: "chat", state: "failed" }];
  const { done, why } = await refused;
  assert.equal(done, 0);
  assert.match(why, /not sent yet/u);
});

test("a macro of another site, or with a step that this console does not know, is not offered", () => {
  const macros = new Macros("/none/");
  macros.all.value = [macro(STEPS[5]), { ...macro(STEPS[5]), site: "Elsewhere" }, macro({ do: "explode" })];
  assert.deepEqual(macros.of("Shop"), [macros.all.value[0]]);
  assert.ok(Object.values(KINDS).every(({ says, run: does }) => says && does));
});

test("a chat is put aside until a time as people say it, by the clocks here", async () => {
  const here = desk();
  const steps = plan(macro({ do: "snooze", when: "tomorrow 9" }), here, known);
  assert.equal(steps[0].says, "Put the chat aside: tomorrow 9");
  assert.deepEqual(await run(steps, here, "chat", NEVER), { done: 1, why: null });
  assert.deepEqual(here.asked.at(-1), ["snooze_conversation", "chat", { when: "tomorrow 9", zone: Intl.DateTimeFormat().resolvedOptions().timeZone }]);
});

const handOver = (to_agent) => macro({ do: "hand_over", to_agent });

test("it is handed over to one agent as by hand, and is shown before how they stand", async () => {
  const here = desk();
  const says = (id) => plan(handOver(id), here, known)[0].says;
  assert.deepEqual(["ben", "kim", "lea"].map(says), ["Hand over to Ben", "Hand over to Kim (Away)", "Hand over to A colleague (gone)"]);
  assert.deepEqual(await run(plan(handOver("ben"), here, known), here, "chat", NEVER), { done: 1, why: null });
  assert.deepEqual(here.asked.at(-1), ["transfer_conversation", "chat", { to_agent: "ben" }]);
});

test("who is not there any more, or has no room, is said by their name, and so is that it is one's own", async () => {
  const why = async (id, code) => {
    const here = desk("transfer_conversation", code);
    return (await run(plan(macro({ do: "note", text: "Done" }, ...handOver(id).steps), here, known), here, "chat", NEVER));
  };
  assert.deepEqual(await why("kim", "unavailable"), { done: 1, why: "Kim is not online, or not on the team any more." });
  assert.deepEqual(await why("ben", "at_capacity"), { done: 1, why: "Ben has no room for another chat." });
  assert.deepEqual(await why("ana", "changed"), { done: 1, why: "This chat is yours already." });
  assert.match((await why("ben", "changed")).why, /changed/);
});
