/** @import {VisitorChat} from "./visitor_chat.js" */
import { effect } from "../support_chat/vendor/preact.js";

const LONGEST = 2048; // characters of an address

/**
 * Our team sees where whoever opened the panel is: on which page, whence they came to the website, in which zone of
 * clocks, and whether another tab is before it. What was told once the server knows, and asks again with each chat:
 * many who come back at once do not say it again.
 * @param {VisitorChat} visitor
 */
export function tellVisit(visitor) {
  const { host, socket } = visitor;
  let told = "";
  const tell = () => {
    const features = socket.welcome?.features ?? [];
    if (socket.status.peek() !== "online" || !features.includes("visit")) return;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const referrer = features.includes("referrer") && host.from.slice(0, LONGEST);
    const visit = { ...(host.page && { page: host.page }), ...(referrer && { referrer }), ...(zone && { zone }), hidden: document.hidden };
    const chat = visitor.current.peek();
    const now = JSON.stringify([visit, chat?.closed.peek() === false && chat.id]);
    if (now === told) return;
    told = now;
    socket.request("visit", visit).catch(() => (told = ""));
  };
  effect(() => {
    void [visitor.current.value?.closed.value, socket.status.value, host.opened.value];
    tell();
  });
  document.addEventListener("visibilitychange", tell);
}
