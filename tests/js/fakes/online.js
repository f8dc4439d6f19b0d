import { LiveSocket } from "../../../support_chat/static/support_chat/live_socket.js";
import { FakeWebSocket, fakeLife, settled } from "./web_socket.js";

/** A LiveSocket with the links it opened; `up()` brings the newest one online. */
export function liveSocket(options = {}) {
  const links = [];
  const life = fakeLife();
  const connect = (url, protocol) => {
    links.push(new FakeWebSocket(url, protocol));
    return links.at(-1);
  };
  const load = () => Promise.reject(new TypeError("Failed to fetch"));
  const socket = new LiveSocket({ url: "ws://chat.example/ws/visitor", hello: () => ({ site: "s" }), connect, load, life, ...options });
  const link = () => links.at(-1);
  const up = async (welcome = {}) => {
    link().accept();
    await settled();
    await link().ok("hello", { heartbeat: 20, ...welcome });
  };
  return { socket, links, link, life, up };
}

/** The same, started and online. */
export async function onlineSocket(options) {
  const all = liveSocket(options);
  all.socket.start();
  await all.up();
  return all;
}
