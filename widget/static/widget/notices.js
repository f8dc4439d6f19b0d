/** @import {VisitorChat} from "./visitor_chat.js" */
import { html, useComputed, useEffect, useSignal, useSignalEffect } from "../support_chat/vendor/preact.js";
import { words } from "./strings.js";

const PATIENCE = 2000; // milliseconds: shorter interruptions are nobody's business

/** What is wrong with the connection, in words, as long as it is. @param {{visitor: VisitorChat}} props */
export function Notices({ visitor }) {
  const late = useLate(visitor);
  const { status, retryIn } = visitor.socket;
  const over = status.value === "ended";
  const text = over ? endingWords(visitor) : late.value ? words.offline + (visitor.talking.part.value?.nextTry(retryIn.value ?? 0) ?? "") : "";
  return html`<div class="notices">
    <p class="notice" role="status">${text}</p>
    ${text
      ? html`<button type="button" class="quiet-button" onClick=${() => (over ? visitor.socket.start() : visitor.socket.wake())}>
          ${words.reconnect}
        </button>`
      : null}
  </div>`;
}

/** @param {VisitorChat} visitor */
function endingWords({ socket, talking }) {
  const said = talking.part.value?.endingWords(socket.ended.value, socket.refusal.value?.code);
  if (said === undefined) talking.fetch().catch(() => {});
  return said ?? words.failed;
}

/** Whether we have been without a connection for longer than a blink, since the visitor opened the panel. @param {VisitorChat} visitor */
function useLate({ socket, host, forgotten }) {
  const late = useSignal(false);
  // One wait for the whole interruption, however often we try meanwhile.
  const doubt = useDoubt(socket);
  const missing = useComputed(() => host.opened.value && !forgotten.value && (doubt.value || socket.status.value !== "online"));
  useSignalEffect(() => {
    if (!missing.value) return void (late.value = false);
    const timer = setTimeout(() => (late.value = true), PATIENCE);
    return () => clearTimeout(timer);
  });
  return late;
}

/**
 * Whether the browser says that the network is gone and the server does not answer: known sooner than the socket
 * gives up a link that is merely silent.
 * @param {import("../support_chat/live_socket.js").LiveSocket} socket
 */
function useDoubt(socket) {
  const doubt = useSignal(false);
  useEffect(() => {
    const heard = new AbortController();
    const trust = () => void (doubt.value = false);
    const suspect = () => {
      doubt.value = true;
      socket.request("beat", {}, { timeout: PATIENCE / 1000 }).then(trust, () => {});
    };
    addEventListener("offline", suspect, heard);
    addEventListener("online", trust, heard);
    return () => heard.abort();
  }, []);
  return doubt;
}
