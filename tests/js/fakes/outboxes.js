import { afterEach, beforeEach, mock } from "node:test";

import { Outbox } from "../../../support_chat/static/support_chat/outbox.js";
import { memoryStore } from "../../../support_chat/static/support_chat/storage.js";
import { onlineSocket } from "./online.js";
import { settled } from "./web_socket.js";

/** For every test of a file: time is ours. */
export function withFakeTime() {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 }));
  afterEach(() => mock.timers.reset());
}

export async function pass(seconds) {
  mock.timers.tick(seconds * 1000);
  await settled();
}

export async function online(options = {}) {
  const all = await onlineSocket();
  const outbox = new Outbox({ socket: all.socket, storage: memoryStore(), key: "outbox", ...options });
  return { ...all, outbox, cut: async (code) => (all.link().die(code), await settled()) };
}

export async function comeBack({ socket, up }) {
  socket.wake();
  await up();
  await settled();
}

export const sentBodies = (link, command = "post_message") => link.sent.filter((frame) => frame.do === command).map((frame) => frame.with.body);
export const shown = (outbox) => outbox.pending.value.map(({ body, state }) => `${body} ${state}`);
