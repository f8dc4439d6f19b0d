// The sentences that say why, below a line of the log or asked for of a chat that waits.

/** @import {Desk} from "./desk.js" */
/** @import {Why} from "./wire.js" */
import { h, html, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { whyGiven, whyWaiting } from "./why_words.js";
import { inPlainWords } from "./words.js";

/** @param {{why: Why, name?: string}} props */
export function WhyWords({ why, name }) {
  return h(Sentences, { all: whyGiven(why, name) });
}

/** Why nobody has it: asked each time it is opened, since it changes. @param {{desk: Desk, id: string}} props */
export function WaitingWhy({ desk, id }) {
  const told = useSignal(/** @type {string[]} */ ([]));
  const ask = async () => {
    try {
      told.value = sentences(desk, id, await desk.deeds.explain(id));
    } catch (error) {
      told.value = [inPlainWords(/** @type {Error} */ (error))];
    }
  };
  return html`<details class="waiting-why" onToggle=${(/** @type {any} */ event) => event.currentTarget.open && ask()}>
    <summary>${gettext("Why?")}<span class="hidden"> ${gettext("Why it waits")}</span></summary>
    <div role="status">${told.value.length > 0 && h(Sentences, { all: told.value })}</div>
  </details>`;
}

/** @param {Desk} desk @param {string} id @param {Why | null} why */
function sentences(desk, id, why) {
  const me = desk.inbox.me.peek();
  if (me?.id && why?.not?.lacks_skill?.includes(me.name)) desk.inbox.passOver(id);
  return why ? whyWaiting(why) : [gettext("It does not wait any more.")];
}

/** @param {{all: string[]}} props */
function Sentences({ all }) {
  return html`<ul class="why-words" role="list">${all.map((each) => html`<li key=${each}><bdi>${each}</bdi></li>`)}</ul>`;
}
