/** @import {Chat} from "./chat.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { speak } from "../support_chat/speak.js";
import { uuid } from "../support_chat/uuid.js";
import { EmailField } from "./email_field.js";
import { letGo } from "./letting_go.js";
import { moreWords as words } from "./strings_more.js";
import { refusalWords } from "./strings_talk.js";

/** What a visitor may do with their chat, beside talking. @param {{visitor: VisitorChat, chat: Chat}} props */
export function More({ visitor, chat }) {
  const said = useSignal("");
  const run = async (/** @type {() => Promise<string>} */ act) => {
    said.value = await act().catch(wrong);
    speak(said.value);
  };
  return html`<div class="more choices">
    <button type="button" class="choice" onClick=${() => run(() => download(visitor, chat))}>${words.download}</button>
    ${visitor.availability.value?.mail && answered(chat) ? h(ByMail, { visitor, chat, run }) : null}
    ${h(Forget, { visitor, run })}
    ${said.value ? html`<p class="more-said">${said.value}</p>` : null}
  </div>`;
}

/** @param {{visitor: VisitorChat, chat: Chat, run: (act: () => Promise<string>) => void}} props */
function ByMail({ visitor, chat, run }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const address = chat.replyTo.value;
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    run(async () => {
      if (!address) await leaveEmail(visitor, chat, visitor.email.value.trim());
      await visitor.socket.request("email_transcript", { conversation: chat.id, client_id: uuid() }, { patience: 10 });
      return words.mailed;
    });
  };
  if (address) return html`<button type="button" class="choice" onClick=${send}>${words.mailTo(address)}</button>`;
  return html`<form class="leave-email" onSubmit=${send}>
    ${h(EmailField, { email: visitor.email, field, required: true, label: words.email })}
    <button type="submit" class="choice">${words.mail}</button>
  </form>`;
}

/** @param {VisitorChat} visitor @param {Chat} chat @param {string} email */
export async function leaveEmail({ socket }, chat, email) {
  await socket.request("leave_email", { conversation: chat.id, client_id: uuid(), email }, { patience: 10 });
  chat.replyTo.value = email;
}

/** Asked twice, since nothing brings it back. @param {{visitor: VisitorChat, run: (act: () => Promise<string>) => void}} props */
function Forget({ visitor, run }) {
  const sure = useSignal(false);
  const forget = async () => {
    await visitor.socket.request("forget", {}, { patience: 10 });
    letGo(visitor);
    return words.forgotten;
  };
  if (!sure.value) return html`<button type="button" class="choice" onClick=${() => (sure.value = true)}>${words.forget}</button>`;
  return html`<p>${words.forgets}</p>
    <button type="button" class="choice" onClick=${() => run(forget)}>${words.forgetNow}</button>
    <button type="button" class="choice" onClick=${() => (sure.value = false)}>${words.keep}</button>`;
}

/** Whether somebody of our team said something. @param {Chat} chat */
function answered({ log }) {
  return log.entries.value.some(({ kind, author }) => kind === "message" && author.role === "agent");
}

/** As a file, by the visitor's own secret. @param {VisitorChat} visitor @param {Chat} chat @returns {Promise<string>} */
async function download({ token }, chat) {
  const headers = { Authorization: `Bearer ${token.used}` };
  const answer = await fetch(`/widget/transcript/${chat.id}.txt`, { headers, credentials: "omit" });
  if (!answer.ok) throw new Error(String(answer.status), { cause: answer.status === 429 ? "too_fast" : "failed" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = "chat.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return words.downloaded;
}

/** @param {any} error */
function wrong({ code, cause }) {
  if (code === "bad_field") return words.badEmail;
  return code || cause ? (words.refused[code ?? cause] ?? refusalWords(code ?? cause)) : words.later;
}
