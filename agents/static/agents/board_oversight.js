// What supervisors did to the order of things in the last day, and how true the waits were that visitors were told.

/** @import {Desk} from "./desk.js" */
/** @import {Oversight} from "./wire.js" */
import { html, useEffect, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { safeName } from "./words.js";

/** Asked anew so long (ms) after somebody's place changed: the news come in a row. */
const SETTLES = 1500;
/** Fewer outcomes than this say nothing. */
const FEW = 20;

/** What the server calls it. @type {Record<string, string>} */
const WHATS = {
  "moved to the front": gettext("moved to the front"),
  "priority changed": gettext("priority changed"),
  assigned: gettext("assigned"),
};
const TOLD = gettext("%(inside)s within what was said, %(shorter)s shorter, %(longer)s longer, of %(outcomes)s");

/** @param {{desk: Desk}} props */
export function BoardOversight({ desk }) {
  const told = useSignal(/** @type {Oversight | null} */ (null));
  const places = desk.inbox.waiting.value.map(({ conversation, sort }) => `${conversation}${sort}`).join();
  useEffect(() => {
    const ask = () => desk.deeds.oversee().then((news) => (told.value = news), () => {});
    const timer = setTimeout(ask, told.peek() ? SETTLES : 0);
    return () => clearTimeout(timer);
  }, [places]);
  if (!told.value) return null;
  const { moves, waits = [] } = told.value;
  return html`<section aria-labelledby="board-moves"><h3 id="board-moves">${gettext("Moved by hand in the last day")}</h3>
    ${moves.length ? html`<ul role="list" class="plain-list">${moves.map(({ by, what, times }) => html`<li key=${by + what}>
        <bdi>${safeName(by)}</bdi>: ${WHATS[what] ?? what}, ${ngettext("once", "%(n)s times", times)}</li>`)}</ul>`
      : html`<p class="empty">${gettext("Nobody was moved.")}</p>`}
    ${waits.some(({ outcomes }) => outcomes >= FEW) && html`<h3>${gettext("Waits as they were told")}</h3>
      <ul role="list" class="plain-list">${waits.map((each) => truth(desk, each))}</ul>`}
  </section>`;
}

/** @param {Desk} desk @param {NonNullable<Oversight["waits"]>[number]} waits */
function truth(desk, { queue, outcomes, shorter, inside, longer }) {
  if (outcomes < FEW) return null;
  const name = desk.inbox.queues.value.find(({ id }) => id === queue)?.name ?? gettext("A queue");
  const percent = (/** @type {number} */ share) => `${Math.round(share * 100)} %`;
  return html`<li key=${queue}><bdi>${name}</bdi>: ${fill(TOLD, { inside: percent(inside), shorter: percent(shorter), longer: percent(longer), outcomes })}</li>`;
}
