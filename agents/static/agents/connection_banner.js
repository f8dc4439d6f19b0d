// Says when the link is gone, when it will be tried again, and what waits to be sent; and when the agent was set to
// a status that they did not choose.

/** @import {Desk} from "./desk.js" */
import { html, useEffect, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { standing, wasSet } from "./status_words.js";
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
  const me = desk.inbox.me.value;
  if (!down && me && wasSet(me)) return set(desk, me);
  if (ended.value !== null || refusal.value) return over(desk, ended.value ?? codeOf(refusal.value));
  return html`<div class="banner-place" role="status">
    ${shown.value && down && html`<p class="banner"><i class="spinner" aria-hidden="true"></i>
      <span>${desk.ready.value ? gettext("No connection. Trying to get back.") : gettext("Connecting…")} ${kept(desk)}</span>
      ${desk.socket.retryIn.value !== null &&
      html`<button type="button" class="button small" onClick=${() => desk.socket.wake()}>${gettext("Try now")}</button>`}</p>`}
  </div>`;
}

/** @param {Desk} desk @param {import("./wire.js").Agent} me */
function set(desk, me) {
  const words = me.cause === DROPPED
    ? gettext("You were away without a connection for too long: you are offline, and your chats went back to the queue.")
    : fill(gettext("%(standing)s. You get no new chats."), { standing: standing(me, Date.now()) });
  return html`<div class="banner-place" role="status"><p class="banner"><span>${words}</span>
    <button type="button" class="button small" onClick=${() => desk.deeds.setStatus("online")}>${gettext("I'm back")}</button></p></div>`;
}

/** @param {Desk} desk */
function kept(desk) {
  const count = desk.outbox.pending.value.filter((item) => item.state === "sending").length;
  if (!count) return gettext("What you write is kept.");
  return ngettext("1 message is kept and sent when it is back.", "%(n)s messages are kept and sent in order when it is back.", count);
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
      ? html`<a class="button small" href=${`/accounts/login/?next=${encodeURIComponent(location.pathname + location.hash)}`}>${gettext("Sign in")}</a>`
      : html`<button type="button" class="button small" onClick=${() => desk.socket.start()}>${gettext("Reconnect")}</button>`}</p></div>`;
}
