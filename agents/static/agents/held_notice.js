// What stands over the box while a reply is held: why, and how it goes on.

/** @import {Held} from "./holding.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { serverNow } from "../support_chat/server_clock.js";
import { speak } from "../support_chat/speak.js";
import { h, html, useEffect } from "../support_chat/vendor/preact.js";
import { ticking } from "../support_chat/when.js";
import { filled } from "./filled.js";
import { staffWords } from "./staff_words.js";
import { unfilledWords } from "./unfilled.js";
import { elapsed, inWords } from "./waiting.js";
import { safeName } from "./words.js";

const second = ticking(1);

/**
 * @param {{held: Held, name: string, above?: boolean, onSend: () => void, onEdit: () => void, onUnfilled: () => void}} props `name` of the
 *   visitor whom it goes to; `above`: it stands in the log by now, not in the box; `onUnfilled` leads to what is to be filled
 */
export function HeldNotice({ held, name, above, onSend, onEdit, onUnfilled }) {
  if (held.kind === "early") return html`<p class="held" role="alert">${filled(gettext("Press Enter again to send to %(name)s"), { name: html`<bdi>${name}</bdi>` })}</p>`;
  if (held.kind === "unfilled") {
    return html`<div class="held" data-kind="unfilled" role="group" aria-label=${gettext("Something is to be filled in")}>
      <p role="alert">${unfilledWords(held.place)}</p>
      <button type="button" class="button small" onClick=${onUnfilled}>${gettext("Fill it in")}</button></div>`;
  }
  const label = held.kind === "crossed" ? gettext("The chat changed meanwhile") : gettext("This may be for another chat");
  return html`<div class="held" data-kind=${held.kind} role="group" aria-label=${label}>
    ${above && html`<p>${gettext("What you wrote above is not sent yet.")}</p>`}
    ${held.kind === "crossed" ? h(CrossedWords, held) : strayWords(held)}
    <button type="button" class="button small" onClick=${onSend}>${gettext("Send anyway")}</button>
    <button type="button" class="button small" onClick=${onEdit}>${gettext("Edit")}</button>
  </div>`;
}

/** @param {Extract<Held, {kind: "crossed"}>} held */
function CrossedWords({ entry }) {
  void second.value;
  const line = entry.kind === "message" ? null : staffWords.line(entry);
  const name = safeName(entry.author.name || gettext("A colleague"));
  const said = line ?? fill(gettext("%(name)s replied meanwhile: %(text)s"), { name, text: entry.body.text });
  useEffect(() => speak(fill(gettext("Not sent yet: %(why)s"), { why: said })), [entry]);
  const time = inWords(elapsed(Date.parse(entry.at), serverNow()));
  if (line !== null) return html`<p>${fill(gettext("%(line)s, %(time)s ago."), { line, time })}</p>`;
  return html`<p>${filled(gettext("%(name)s replied %(time)s ago:"), { name: html`<bdi>${name}</bdi>`, time })}</p>
    <p class="held-words" dir="auto">${entry.body.text}</p>`;
}

/** @param {Extract<Held, {kind: "stray"}>} held */
function strayWords({ fact, of }) {
  const places = { fact: html`<b><bdi>${safeName(fact.shown)}</bdi></b>`, name: html`<bdi>${safeName(of)}</bdi>` };
  return html`<p role="alert">${filled(gettext("%(fact)s is from the chat with %(name)s. Enter again sends, Escape returns."), places)}</p>`;
}
