/** @import {Starter, VisitorChat} from "./visitor_chat.js" */
import { html, useEffect, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { linkify } from "../support_chat/linkify.js";
import { putBelow } from "./below_draft.js";
import { starterWords as words } from "./strings_starters.js";

/**
 * What may be begun with by one tap. One with an answer shows that first, and asks whether it helped.
 * @param {{visitor: VisitorChat, toBox: () => void}} props
 */
export function Starters({ visitor, toBox }) {
  const chosen = useSignal(/** @type {Starter | null} */ (null));
  const helped = useSignal(false);
  const ask = (/** @type {Starter} */ starter) => {
    // Where something is asked first, the words wait in the box until it is there.
    if (visitor.leavesWord.value || visitor.asksFirst.value) putBelow(visitor, starter.words);
    else visitor.send(starter.words);
    toBox();
  };
  const choose = (/** @type {Starter} */ starter) => {
    chosen.value = starter;
    count(visitor, starter, "shown");
  };
  const help = (/** @type {Starter} */ starter) => {
    helped.value = true;
    count(visitor, starter, "helped");
  };
  if (helped.value) return html`<p class="starter-answer" role="status">${words.glad}</p>`;
  if (chosen.value)
    return html`<${Answer} starter=${chosen.value} onHelped=${() => help(/** @type {Starter} */ (chosen.value))} onAsk=${ask} onBack=${() => (chosen.value = null)} />`;
  return html`<ul class="choices" role="list" aria-label=${words.label}>
    ${visitor.site.starters?.map(
      (starter) => html`<li key=${starter.words}><button type="button" class="choice" dir="auto"
        onClick=${() => (starter.answer ? choose(starter) : ask(starter))}>${starter.words}</button></li>`,
    )}
  </ul>`;
}

/** @type {Set<string>} what was told already: each look counts once */
const told = new Set();

/** Counted of nobody: no secret and no address of a page goes with it. @param {VisitorChat} visitor @param {Starter} starter @param {"shown" | "helped"} did */
function count({ site }, { words: said }, did) {
  if (told.has(did + said)) return;
  told.add(did + said);
  const body = new URLSearchParams({ words: said, did });
  fetch(`/widget/starters/${site.key}/`, { method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => {});
}

/** @param {{starter: Starter, onHelped: () => void, onAsk: (starter: Starter) => void, onBack: () => void}} props */
function Answer({ starter, onHelped, onAsk, onBack }) {
  const head = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => head.current?.focus(), []);
  return html`<section class="starter-answer" aria-labelledby="starter">
    <h2 id="starter" tabindex="-1" ref=${head} dir="auto">${starter.words}</h2>
    <p dir="auto">${linkify(starter.answer).map(piece)}</p>
    <div class="choices">
      <button type="button" class="choice" onClick=${onHelped}>${words.helped}</button>
      <button type="button" class="choice" onClick=${() => onAsk(starter)}>${words.person}</button>
      <button type="button" class="choice" onClick=${onBack}>${words.back}</button>
    </div>
  </section>`;
}

/** @param {import("../support_chat/linkify.js").Piece} piece */
function piece({ text, href }) {
  return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>` : text;
}
