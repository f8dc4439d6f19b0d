/** @import {VisitorChat} from "./visitor_chat.js" */
import { effect } from "../support_chat/vendor/preact.js";

/** That something was said and how the chat stands, never the words: the website's scripts read along. @param {VisitorChat} visitor */
export function tellHost({ host, current, socket }) {
  effect(() => host.say("state", { detail: current.value?.state.value ?? "none" }));
  socket.on("entry_added", ({ entry }) => entry.kind === "message" && tellSaid(host, entry.author.role));
}

/** @param {VisitorChat["host"]} host @param {string} from whom */
export function tellSaid(host, from) {
  host.say("message", { detail: { from } });
}
