import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test, { afterEach, beforeEach, mock } from "node:test";

import { MessageLog } from "../../support_chat/static/support_chat/message_log.js";
import { onlineSocket } from "./fakes/online.js";

const FOLDER = new URL("../../fixtures/frames/", import.meta.url);
const golden = readdirSync(FOLDER).map((name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"))]);
const of = (kind) => golden.filter(([name]) => name.includes(kind));

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "setInterval"] }));
afterEach(() => mock.timers.reset());

for (const [name, { ask, answer }] of of(".command.")) {
  test(`${name}: asked as written, answered as written`, async () => {
    const { socket, link } = await onlineSocket();
    const replied = socket.request(ask.do, ask.with);
    const { id, ...sent } = link().sent.at(-1);
    assert.deepEqual(sent, { do: ask.do, with: ask.with });
    link().say({ ...answer, re: id });
    assert.deepEqual(await replied, answer.ok);
  });
}

for (const [name, frame] of of(".event.")) {
  test(`${name}: heard whole`, async () => {
    const { socket, link } = await onlineSocket();
    const heard = [];
    socket.on(frame.event, (event) => heard.push(event));
    link().say(frame);
    assert.deepEqual(heard, [frame]);
  });
}

for (const [name, { error }] of of("error.")) {
  test(`${name}: refused in the server's words`, async () => {
    const { socket, link } = await onlineSocket();
    const asked = assert.rejects(socket.request("page"), (refused) => {
      const { code, message, retry, after, field } = refused;
      assert.deepEqual([code, message, retry, after, field], [error.code, error.message, error.retry, error.after ?? null, error.field ?? null]);
      return true;
    });
    await Promise.all([link().no("page", error), asked]);
  });
}

for (const [name, { answer }] of of(".command.").filter(([, { answer: { ok } }]) => ok.snapshot ?? ok.conversation?.entries)) {
  test(`${name}: its snapshot makes a whole log`, () => {
    const snapshot = answer.ok.snapshot ?? answer.ok.conversation;
    const log = new MessageLog();
    log.adopt(snapshot);
    assert.deepEqual(log.entries.value.map(({ position }) => position), snapshot.entries.map((_, index) => index + 1));
    assert.deepEqual([log.position, log.mark], [snapshot.entries.at(-1).position, snapshot.entries.at(-1).mark]);
  });
}
