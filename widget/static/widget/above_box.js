/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { useLater } from "./later.js";
import { words } from "./strings.js";

/**
 * Asks what has to be known before a message is sent: the answers, or null where one is missing, which is then shown.
 * `due`: what was to be sent before the part that asks is here.
 * @typedef {{current: (() => import("./visitor_chat.js").Answers | null) | null, due?: string}} Ask
 */

/**
 * Above the text box: a notice of our team to everybody; that one of it asks them to a chat; after a chat, how it was; when nobody can take one, where to
 * answer; and what the site asks before the first word.
 * @param {{visitor: VisitorChat, ask: Ask}} props
 */
export function AboveBox({ visitor, ask }) {
  const leavesWord = visitor.leavesWord.value;
  const away = useLater(leavesWord, () => import("./away.js"));
  const asks = visitor.asksFirst.value;
  const prechat = useLater(asks, () => import("./prechat.js"));
  const talk = visitor.talking.part.value;
  return html`<div class="above-box">
    <p class="team-notice" role="status" dir="auto">${visitor.availability.value?.notice}</p>
    ${visitor.invited.value?.()}
    ${talk ? h(talk.AfterChat, { visitor }) : null}
    ${leavesWord ? (away ? h(away.AwayForm, { visitor, ask, wordsOnly: asks }) : html`<p class="away">${words.welcomeAway}</p>`) : null}
    ${asks && prechat ? h(prechat.PrechatForm, { visitor, ask }) : null}
  </div>`;
}
