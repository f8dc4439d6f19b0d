import assert from "node:assert/strict";
import { register } from "node:module";
import test, { mock } from "node:test";

import { speakingPage } from "./fakes/speech.js";
import { settled } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
globalThis.document = speakingPage();
mock.timers.enable({ apis: ["setTimeout"] }); // nothing here waits for time
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { RefusedError } = await import("../../support_chat/static/support_chat/errors.js");
const { MessageLog } = await import("../../support_chat/static/support_chat/message_log.js");
const { companyOf } = await import("../../agents/static/agents/company.js");
const { Deeds } = await import("../../agents/static/agents/deeds.js");
const { Inbox } = await import("../../agents/static/agents/inbox.js");
const { Notices } = await import("../../agents/static/agents/notices.js");
const { order } = await import("../../agents/static/agents/order_deeds.js");
const own = await import("../../agents/static/agents/own_deeds.js");
const { join, takeOver } = await import("../../agents/static/agents/company_deeds.js");
const { besideIn, isSpam } = await import("../../agents/static/agents/participants.js");
const { take } = await import("../../agents/static/agents/taking.js");

const ANA = { id: "ana", name: "Ana" };
const BEN = { id: "ben", name: "Ben" };
const entry = (position, kind, body, author = ANA) => ({ position, mark: `m${position}`, kind, body, author: { role: "agent", ...author }, at: "2026-11-22T10:15:30.000Z" });

/** A console with one chat, Ana's unless it is told otherwise, on a server that answers when the test says so. */
function consoleOf({ row = {}, about = {}, entries = [] } = {}) {
  const asked = [];
  const socket = {
    welcome: { features: ["together"] },
    on() {},
    onWelcome() {},
    request: (command, fields) => new Promise((ok, no) => asked.push({ command, fields, ok, no })),
  };
  const inbox = new Inbox();
  inbox.welcome({ agent: { ...ANA, status: "online" }, queues: [{ id: "q", name: "Orders", roles: ["agent", "supervisor"] }], teammates: [BEN], inbox: [
    { conversation: "c", state: "active", queue: "q", visitor: { name: "Vera" }, agent: ANA, position: 3, last: null, messages: 1, seen: 1, waited: null, sort: null, ...row },
  ] });
  const log = new MessageLog("c");
  log.adopt({ id: "c", position: 3, mark: "m3", entries: [entry(3, "message", { text: "Hello" }), ...entries].slice(-1), earlier: false });
  const chat = {
    id: "c", log, socket, aboutHeard: Date.now(), refreshed: 0, refusal: signal(null), refresh: async () => void (chat.refreshed += 1),
    about: signal({ state: "active", agent: ANA, queue: { id: "q", name: "Orders" }, visitor: { id: "v", name: "Vera" }, participants: {}, history: [], same: [], alike: [], ...about }),
  };
  const desk = {
    asked, chat, inbox, socket, notices: new Notices(), chats: new Map([["c", chat]]), front: signal(chat), undo: { release() {} }, outbox: { pending: signal([]) },
    isMine: (id) => inbox.isMine(inbox.rows.peek().get(id)), sound() {}, opened: [], open: (id) => desk.opened.push(id),
    row: () => inbox.rows.peek().get("c"),
    said: () => desk.notices.shown.peek().map(({ text }) => text),
    /** The server hears of nothing for a while, then answers what was asked first. */
    yes: async (position = 4) => (await settled(), asked.find((each) => !each.answered && (each.answered = true))?.ok({ position }), settled()),
    no: async (code = "at_capacity") => (await settled(), asked.find((each) => !each.answered && (each.answered = true))?.no(new RefusedError({ code, message: "", retry: false })), settled()),
  };
  desk.deeds = new Deeds(desk);
  return desk;
}

/** What shows at once: what is done, how the console stands before any answer, and in which words it goes back. */
const DECIDED = {
  close: {
    run: (desk) => own.close(desk, "c"), command: "close_conversation",
    stands: (desk) => [desk.row().state, desk.chat.about.peek().state, desk.inbox.closed.peek().length], before: ["active", "active", 0], after: ["closed", "closed", 1],
    back: /^The chat was not closed\. /u,
  },
  reopen: {
    with: { row: { state: "closed", closed_ago: 60 }, about: { state: "closed" } },
    run: (desk) => own.reopen(desk, "c"), command: "reopen_conversation",
    stands: (desk) => [desk.row().state, desk.chat.about.peek().state, desk.inbox.held.peek().length], before: ["closed", "closed", 0], after: ["active", "active", 1],
    back: /^The chat was not reopened\. /u,
  },
  decline: {
    with: { row: { state: "queued", agent: null, offered: { to: ANA, expires_in: 30 }, sort: 1 }, about: { state: "queued", agent: null } },
    run: (desk) => own.decline(desk, "c", "Busy"), command: "decline_conversation",
    stands: (desk) => desk.inbox.offers.peek().length, before: 1, after: 0, back: /^The offer was not declined\. /u,
  },
  wake: {
    with: { row: { snoozed: 3600, idle: 5 } },
    run: (desk) => order(desk).wake("c"), command: "wake_conversation",
    stands: (desk) => [desk.row().snoozed, desk.inbox.mine.peek().length], before: [3600, 0], after: [null, 1], back: /^The chat was not taken up\. /u,
  },
  "ask to join": {
    with: { row: { agent: BEN }, about: { agent: BEN } },
    run: (desk) => own.askToJoin(desk, "c"), command: "ask_to_join",
    stands: (desk) => besideIn(desk.chat), before: {}, after: { ana: "asking" }, back: /^You did not ask to join\. /u,
  },
  leave: {
    with: { row: { agent: BEN, participants: { ana: "guest" } }, about: { agent: BEN, participants: { ana: "guest" } } },
    run: (desk) => own.endParticipation(desk, "c", "ana"), command: "end_participation",
    stands: (desk) => [besideIn(desk.chat), companyOf(desk).helped.peek().size], before: [{ ana: "guest" }, 1], after: [{}, 0], back: /^You are still in this chat\. /u,
  },
  "not let in": {
    with: { about: { participants: { ben: "asking" } } },
    run: (desk) => own.endParticipation(desk, "c", "ben"), command: "end_participation",
    stands: (desk) => besideIn(desk.chat), before: { ben: "asking" }, after: {}, back: /^That did not change\. /u,
  },
  spam: {
    run: (desk) => own.markSpam(desk, "c", true), command: "mark_spam",
    stands: (desk) => [isSpam(desk.chat), desk.row().state], before: [false, "active"], after: [true, "closed"], back: /^The chat was not marked as spam\. /u,
  },
  block: {
    run: (desk) => own.block(desk, "c", { by: "visitor", lasts: "day" }), command: "block_visitor",
    stands: (desk) => desk.said(), before: [], after: ["Blocked. Managers can lift it in the settings."], back: /^The visitor was not blocked\. /u,
  },
  merge: {
    with: { about: { alike: [{ id: "w", name: "Wim", verified: true, chats: 2 }] } },
    run: (desk) => own.merge(desk, desk.chat, { id: "w", name: "Wim", verified: true }), command: "merge_visitors",
    stands: ({ chat }) => [chat.about.peek().same.map(({ id }) => id), chat.about.peek().alike.length], before: [[], 1], after: [["w"], 0], back: /^They were not merged\. /u,
  },
  unmerge: {
    with: { about: { same: [{ id: "w", name: "Wim", verified: true, undo_in: 60 }] } },
    run: (desk) => own.unmerge(desk, desk.chat, "w"), command: "unmerge_visitors",
    stands: ({ chat }) => chat.about.peek().same.length, before: 1, after: 0, back: /^They are still the same person\. /u,
  },
};

/** One console in which it can be done. @param {any} deed */
function scene(deed) {
  const desk = consoleOf(deed.with);
  const standing = deed.with?.row?.participants?.ana;
  if (standing) companyOf(desk).helped.value = new Map([["c", { row: desk.row(), standing }]]);
  assert.deepEqual(deed.stands(desk), deed.before);
  return desk;
}

for (const [name, deed] of Object.entries(DECIDED)) {
  test(`${name}: it shows before the server has answered, and is asked for once however often it is pressed`, async () => {
    const desk = scene(deed);
    const doing = deed.run(desk);
    assert.deepEqual(deed.stands(desk), deed.after);
    assert.equal(await deed.run(desk), false);
    await settled();
    assert.deepEqual(desk.asked.map(({ command }) => command), [deed.command]);
    assert.deepEqual(deed.stands(desk), deed.after);
    await desk.yes();
    assert.deepEqual([await doing, deed.stands(desk)], [true, deed.after]);
  });

  test(`${name}: what the server refuses goes back, and that is said`, async () => {
    const desk = scene(deed);
    const doing = deed.run(desk);
    await desk.no();
    assert.equal(await doing, false);
    assert.match(desk.said().at(-1), deed.back);
    assert.equal(desk.said().length, 1);
    desk.notices.shown.value = [];
    assert.deepEqual(deed.stands(desk), deed.before);
  });
}

test("what the server has told meanwhile holds, whatever it answers then", async () => {
  const desk = consoleOf();
  const closing = own.close(desk, "c");
  await settled();
  desk.inbox.change([{ ...desk.row(), state: "active", agent: BEN, position: 5, sort: 1 }]);
  desk.chat.about.value = { ...desk.chat.about.peek(), state: "active", agent: BEN };
  await desk.no("changed");
  await closing;
  assert.deepEqual([desk.row().agent, desk.row().sort, desk.chat.about.peek().agent], [BEN, 1, BEN]);
});

test("what is decided later goes to the server later, also while the first is not answered", async () => {
  const desk = consoleOf();
  const closing = own.close(desk, "c");
  const opening = own.reopen(desk, "c");
  assert.equal(desk.row().state, "active");
  await settled();
  assert.deepEqual(desk.asked.map(({ command }) => command), ["close_conversation"]);
  await desk.yes();
  assert.deepEqual(desk.asked.map(({ command }) => command), ["close_conversation", "reopen_conversation"]);
  await desk.yes(6);
  assert.deepEqual([await closing, await opening, desk.row().state], [true, true, "active"]);
});

test("what was foretold holds until the log says it, and the log's word holds from then on", async () => {
  const desk = scene(DECIDED.leave);
  const leaving = own.endParticipation(desk, "c", "ana");
  await desk.yes(4);
  await leaving;
  desk.chat.log.apply(entry(4, "left", { guest: true }));
  assert.deepEqual(besideIn(desk.chat), {});
  desk.chat.log.apply(entry(5, "joined", { guest: true }));
  assert.deepEqual(besideIn(desk.chat), { ana: "guest" });
});

test("once they are parted, the chats are told anew, and what was fetched behind them is forgotten", async () => {
  const desk = scene(DECIDED.unmerge);
  desk.chat.about.value = { ...desk.chat.about.peek(), history: Array.from({ length: 45 }, (_, n) => ({ id: `e${n}` })) };
  const parting = own.unmerge(desk, desk.chat, "w");
  await desk.yes();
  await parting;
  assert.deepEqual([desk.chat.about.peek().history.length, desk.chat.refreshed], [20, 1]);
});

/** Where others have a say: it shows that it is under way, in words that are spoken, and then what came of it. */
const CONTESTED = {
  accept: { run: (desk) => take(desk, "c", () => desk.open("c")), command: "accept_conversation", says: "Taking it…" },
  transfer: { run: (desk) => desk.deeds.transfer("c", { to_queue: "r" }), command: "transfer_conversation", says: "Handing over…" },
  "take over": { run: (desk) => takeOver(desk, "c", "Complaint"), command: "assign_conversation", says: "Taking over…" },
  "come in": { run: (desk) => join(desk, "c"), command: "join_conversation", says: "Coming in…" },
  "reopen a colleague's": {
    with: { row: { state: "closed", agent: BEN }, about: { state: "closed", agent: BEN } },
    run: (desk) => own.reopen(desk, "c"), command: "reopen_conversation", says: "Reopening…",
  },
};

for (const [name, deed] of Object.entries(CONTESTED)) {
  test(`${name}: it says that it is under way until the server has answered, and asks once`, async () => {
    const desk = consoleOf(deed.with);
    const before = desk.row();
    document.spoken.length = 0;
    const doing = deed.run(desk);
    assert.deepEqual([desk.deeds.under("c"), desk.deeds.under("d"), document.spoken], [deed.says, "", [deed.says]]);
    assert.equal(desk.row(), before, "nobody knows yet who gets it");
    void deed.run(desk);
    await settled();
    assert.deepEqual(desk.asked.map(({ command }) => command), [deed.command]);
    await desk.yes();
    await doing;
    assert.deepEqual([desk.deeds.under("c"), desk.said()], ["", []]);
  });

  test(`${name}: what the server refuses is said, and nothing is under way any more`, async () => {
    const desk = consoleOf(deed.with);
    const doing = deed.run(desk);
    await desk.no();
    await doing;
    assert.deepEqual([desk.deeds.under("c"), desk.said().length, desk.opened], ["", 1, []]);
  });
}

test("whoever has gone on meanwhile is told that the chat is theirs, and led nowhere", async () => {
  const desk = consoleOf();
  const taking = take(desk, "c", () => desk.open("c"));
  desk.front.value = null;
  await desk.yes();
  await taking;
  assert.deepEqual([desk.opened, desk.said()], [[], ["The chat with Vera is yours now."]]);
});
