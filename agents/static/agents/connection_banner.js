// Says when the link is gone, when it will be tried again, and what waits to be sent.

/** @import {Desk} from "./desk.js" */
import { html, useEffect, useSignal } from "../support_chat/vendor/preact.js";
import { endedInWords } from "./words.js";

/** A link that is back within this time (ms) is not worth a word. */
const PATIENCE = 1500;
/** The server's cause for an offline status that nobody chose. */
const DROPPED = "connection lost";

/** @param {{desk: Desk}} props */
export function ConnectionBanner({ desk }) {
  const { status, ended, refusal } = desk.socket;
  const shown = useSignal(false);
  const down = status.value !== "online";
  useEffect(() => {
    const timer = setTimeout(() => (shown.value = down), down ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [down]);
  if (!down && wasDropped(desk)) return dropped(desk);
  if (ended.value !== null || refusal.value) return over(desk, ended.value ?? codeOf(refusal.value));
  return html`<div class="banner-place" role="status">
    ${shown.value && down && html`<p class="banner"><i class="spinner" aria-hidden="true"></i>
      <span>${desk.ready.value ? "No connection. Trying to get back." : "Connecting…"} ${kept(desk)}</span>
      ${desk.socket.retryIn.value !== null &&
      html`<button type="button" class="button small" onClick=${() => desk.socket.wake()}>Try now</button>`}</p>`}
  </div>`;
}

/** The desk was left without a word for so long that the chats went back. @param {Desk} desk */
function wasDropped(desk) {
  const me = desk.inbox.me.value;
  return me?.status === "offline" && me.cause === DROPPED;
}

/** @param {Desk} desk */
function dropped(desk) {
  return html`<div class="banner-place" role="status"><p class="banner">
    <span>You were away without a connection for too long: you are offline, and your chats went back to the queue.</span>
    <button type="button" class="button small" onClick=${() => desk.setStatus("online")}>Come online</button></p></div>`;
}

/** @param {Desk} desk */
function kept(desk) {
  const count = desk.outbox.pending.value.filter((item) => item.state === "sending").length;
  if (!count) return "What you write is kept.";
  return count === 1 ? "1 message is kept and sent when it is back." : `${count} messages are kept and sent in order when it is back.`;
}

/** A hello that was refused for good, as the close code that means the same. @param {{code: string} | null} refusal */
function codeOf(refusal) {
  return refusal?.code === "unknown_token" ? 4401 : 4403;
}

/**
 * @param {Desk} desk
 * @param {number} code
 */
function over(desk, code) {
  return html`<div class="banner-place" role="alert"><p class="banner bad"><span>${endedInWords(code)}</span>
    ${code === 4401
      ? html`<a class="button small" href=${`/accounts/login/?next=${encodeURIComponent(location.pathname + location.hash)}`}>Sign in</a>`
      : html`<button type="button" class="button small" onClick=${() => desk.socket.start()}>Reconnect</button>`}</p></div>`;
}
