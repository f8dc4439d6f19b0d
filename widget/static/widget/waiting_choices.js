/** @import {Chat} from "./chat.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html, useEffect, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { speak } from "../support_chat/speak.js";
import { uuid } from "../support_chat/uuid.js";
import { EmailField } from "./email_field.js";
import { prepareTone, ringAtTurn } from "./ringing.js";
import { refusalWords } from "./strings_talk.js";
import { waitingWords } from "./strings_waiting.js";

/** For who does not want to look at it all the time. @param {{visitor: VisitorChat, chat: Chat}} props */
export function WaitingChoices({ visitor, chat }) {
  const { wishes } = visitor;
  const { ring = false, email } = wishes.of(chat.id);
  const leaves = useSignal(false);
  const bell = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => ringAtTurn(visitor, chat), [chat]);
  const toggle = () => {
    prepareTone();
    wishes.add(chat.id, { ring: !ring });
  };
  const kept = () => {
    wishes.add(chat.id, { email: true });
    speak(waitingWords.kept);
    bell.current?.focus();
  };
  return html`<div class="choices">
    <button type="button" class="choice" ref=${bell} aria-pressed=${String(ring)} onClick=${toggle}>${waitingWords.ring}</button>
    ${email || !visitor.availability.value?.mail
      ? null
      : html`<button type="button" class="choice" aria-expanded=${String(leaves.value)} onClick=${() => (leaves.value = !leaves.value)}>${waitingWords.keepPlace}</button>`}
    ${leaves.value && !email ? h(LeaveEmail, { visitor, chat, onKept: kept }) : null}
  </div>`;
}

/** @param {{visitor: VisitorChat, chat: Chat, onKept: () => void}} props */
function LeaveEmail({ visitor, chat, onKept }) {
  const failed = useSignal("");
  const busy = useSignal(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  const leave = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    failed.value = await keepPlace(visitor, chat.id);
    busy.value = false;
    if (!failed.value) onKept();
  };
  return html`<form class="leave-email" onSubmit=${leave}>
    ${h(EmailField, { email: visitor.email, field, required: true, label: waitingWords.email })}
    <button type="submit" class="choice">${waitingWords.keep}</button>
    <p class="choice-failed" role="alert">${failed.value}</p>
  </form>`;
}

/** @param {VisitorChat} visitor @param {string} conversation @returns {Promise<string>} what went wrong, in words */
async function keepPlace({ socket, email }, conversation) {
  const asked = { conversation, client_id: uuid(), email: email.value.trim() };
  try {
    await socket.request("keep_place", asked, { patience: 10 });
    return "";
  } catch (error) {
    const code = /** @type {any} */ (error).code;
    return code === "bad_field" ? waitingWords.badEmail : code ? refusalWords(code) : waitingWords.keepLater;
  }
}
