// A supervisor's note to whoever has the chat, who is told at once: chosen beside the box for notes.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { html, useLayoutEffect, useSignal } from "../support_chat/vendor/preact.js";
import { companyOf } from "./company.js";
import { safeName } from "./words.js";

/** @typedef {{to: string, on: import("../support_chat/vendor/preact.js").Signal<boolean>}} Whispers `to`: whose chat it is; "": it is no whisper */

/** Whose chat the agent may whisper in; "": in none. @param {Desk} desk @param {OpenChat} chat */
export function whisperedTo(desk, chat) {
  const about = chat.about.value;
  const agent = about?.state === "active" ? about.agent : null;
  const may = agent && agent.id !== desk.inbox.me.value?.id && desk.inbox.amIn(about?.queue.id ?? "", "supervisor") && companyOf(desk).offered.value;
  return may ? safeName(agent.name) : "";
}

/** @param {Desk} desk @param {OpenChat} chat @returns {Whispers} */
export function useWhisper(desk, chat) {
  const on = useSignal(false);
  const to = whisperedTo(desk, chat);
  useLayoutEffect(() => void (on.value = false), [chat.id, to]);
  return { to, on };
}

/** @param {{whispers: Whispers}} props */
export function WhisperChoice({ whispers: { to, on } }) {
  return html`<label class="whisper-choice"><input type="checkbox" checked=${on.value} onChange=${() => (on.value = !on.value)} />
    ${fill(gettext("Whisper to %(name)s, who is told at once"), { name: to })}</label>`;
}
