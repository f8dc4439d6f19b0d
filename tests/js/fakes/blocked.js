import { afterEach, beforeEach, mock } from "node:test";

import * as code from "../../../support_chat/static/support_chat/fallback_link.js";
import { fakeChannels } from "./channels.js";
import { HttpServer, still } from "./http_server.js";
import { liveSocket } from "./online.js";

export const HELLO = { visitor: { id: "v1" }, token: "secret", heartbeat: 20 };

/** For every test of a file: time, chance and tabs are ours. */
export function withoutSockets() {
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
    mock.method(Math, "random", () => 1);
    globalThis.BroadcastChannel = fakeChannels();
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });
}

export async function pass(seconds) {
  mock.timers.tick(seconds * 1000);
  await still();
}

/** A socket on a network that lets no WebSocket through; `server` answers its requests. */
export async function blocked(options = {}) {
  const server = new HttpServer();
  const all = liveSocket({ fetch: server.fetch, load: async () => code, locks: null, ...options });
  all.socket.start();
  await miss(all);
  await miss(all);
  return { ...all, server };
}

export async function miss({ socket, link }) {
  link().die(1006);
  await pass(socket.retryIn.value);
}

/** The same, welcomed over requests, and hearing. */
export async function welcomed(options, heads = { "site:s": 3 }) {
  const all = await blocked(options);
  await all.server.ok("hello", HELLO, heads);
  await pass(0.02);
  return all;
}
