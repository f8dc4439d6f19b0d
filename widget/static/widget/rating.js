/** @import {Chat} from "./chat.js" */
/** @import {Rated} from "./asked.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html, useId, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { language } from "../support_chat/sentences.js";
import { speak } from "../support_chat/speak.js";
import { uuid } from "../support_chat/uuid.js";
import { ratedIn } from "./asked.js";
import { ratingWords as words } from "./strings_rating.js";
import { refusalWords } from "./strings_talk.js";

const SCORES = [1, 2, 3, 4, 5];

/** @typedef {(said: Rated) => Promise<boolean>} Rate whether our server has it */

/**
 * How the chat was: one press says it, a comment may follow, and either can be changed.
 * @param {{visitor: VisitorChat, chat: Chat}} props
 */
export function Rating({ visitor, chat }) {
  const rated = ratedIn(chat.log.entries.value);
  const changing = useSignal(false);
  const failed = useSignal("");
  /** @type {Rate} */
  const rate = async (said) => {
    failed.value = await send(visitor, chat.id, said);
    if (!failed.value) speak(words.thanks);
    return !failed.value;
  };
  if (!rated && visitor.wishes.of(chat.id).unrated) return null;
  return html`<div class="rating">
    ${!rated || changing.value
      ? h(Scores, { rated, rate, onDone: () => (changing.value = false), onNot: () => visitor.wishes.add(chat.id, { unrated: true }) })
      : h(Thanks, { rated, rate, onChange: () => (changing.value = true) })}
    <p class="choice-failed" role="alert">${failed.value}</p>
  </div>`;
}

/** @param {{rated: Rated | null, rate: Rate, onDone: () => void, onNot: () => void}} props */
function Scores({ rated, rate, onDone, onNot }) {
  const title = useId();
  const press = async (/** @type {number} */ score) => {
    if (await rate({ ...rated, score })) onDone();
  };
  return html`<div class="rating-head"><b id=${title}>${words.question}</b>
      <button type="button" class="quiet-button" onClick=${rated ? onDone : onNot}>${words.notNow}</button></div>
    <div class="rating-scores" role="group" aria-labelledby=${title}>
      ${SCORES.map((score) => html`<button type="button" class="choice" key=${score} aria-label=${words.score(score)}
        aria-pressed=${String(score === rated?.score)} onClick=${() => press(score)}>${score.toLocaleString(language())}</button>`)}
    </div>
    <div class="rating-ends" aria-hidden="true"><span>${words.worst}</span><span>${words.best}</span></div>`;
}

/** @param {{rated: Rated, rate: Rate, onChange: () => void}} props */
function Thanks({ rated, rate, onChange }) {
  const id = useId();
  const more = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const send = () => {
    const comment = more.current?.value.trim();
    if (comment) void rate({ score: rated.score, comment });
  };
  return html`<div class="rating-head"><b>${words.said(rated.score)}</b>
      <button type="button" class="quiet-button" onClick=${onChange}>${words.change}</button></div>
    ${rated.comment
      ? html`<p>${words.commented}</p>`
      : html`<label class="email-label" for=${id}>${words.comment}</label>
        <textarea id=${id} class="email-field" ref=${more} rows="2" maxlength="1000" dir="auto"></textarea>
        <button type="button" class="choice" onClick=${send}>${words.send}</button>`}`;
}

/** @param {VisitorChat} visitor @param {string} conversation @param {Rated} said @returns {Promise<string>} what went wrong, in words */
async function send({ socket }, conversation, { score, comment }) {
  const asked = { conversation, client_id: uuid(), score, ...(comment && { comment }) };
  try {
    await socket.request("rate_conversation", asked, { patience: 10 });
    return "";
  } catch (error) {
    const code = /** @type {any} */ (error).code;
    return code === "not_allowed" ? words.tooLate : code ? refusalWords(code) : words.later;
  }
}
