import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { FakeWebSocket, settled } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { onLine: true };

/** The page, as far as what happens when it goes. */
const page = new EventTarget();
const links = [];
Object.assign(globalThis, {
  window: page,
  addEventListener: page.addEventListener.bind(page),
  location: new URL("https://chat.example/console/"),
  document: Object.assign(new EventTarget(), { head: { append() {} }, createElement: () => ({}), visibilityState: "visible" }),
  WebSocket: class extends FakeWebSocket {
    constructor(url, protocol) {
      super(url, protocol);
      links.push(this);
    }
  },
});
const { Desk } = await import("../../agents/static/agents/desk.js");

test("what was typed last is saved when the page goes, before the link does", async () => {
  const desk = new Desk({ socket: "/ws/agent", user: "ana", files: { path: "/files/", size: 1, count: 1, types: [], style: "" } });
  desk.start();
  const [link] = links;
  link.accept();
  await settled();
  await link.ok("hello", { heartbeat: 0, features: ["save_draft"], agent: { id: "a1", status: "online" }, inbox: [], queues: [], teammates: [], sites: [], drafts: [] });
  desk.drafts.box("c1", "reply").store.set("", "Dear");
  page.dispatchEvent(new Event("pagehide"));
  assert.deepEqual([link.asked("save_draft")?.with.text, link.closedByUs], ["Dear", true]);
  desk.socket.stop();
});

test("a reply that says up to where the chat was seen goes without that to a server that does not know it", async () => {
  const desk = new Desk({ socket: "/ws/agent", user: "eva", files: { path: "/files/", size: 1, count: 1, types: [], style: "" } });
  desk.start();
  const link = links.at(-1);
  link.accept();
  await settled();
  await link.ok("hello", { heartbeat: 0, features: [], agent: { id: "a1", status: "online" }, inbox: [], queues: [], teammates: [], sites: [], drafts: [] });
  desk.reply("c1", "Hello", undefined, 7);
  await settled();
  const first = link.asked("post_message").with;
  await link.no("post_message", { code: "bad_field", message: "", retry: false, field: "seen" });
  await settled();
  const again = link.asked("post_message").with;
  assert.deepEqual([first.seen, "seen" in again, again.body, again.client_id], [7, false, "Hello", first.client_id]);
  desk.outbox.close();
  desk.socket.stop();
});
