// Over the rows of a view: how many there are, which are chosen, what is done with them; and how far that is.

/** @import {Desk} from "./desk.js" */
/** @import {Choice} from "./choice.js" */
/** @import {ManyAtOnce} from "./many_at_once.js" */
/** @import {ManyWork} from "./many_work.js" */
/** @import {Views} from "./views.js" */
/** @import {Chosen, Deed} from "./wire.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { Icon } from "./icons.js";
import { AGAIN } from "./order_icons.js";
import { isTheirs } from "./views.js";

/** From here on the server counts no further. */
export const COUNTED = 1000;

/** @typedef {{desk: Desk, views: Views, chosen: Chosen, shown: string[]}} BarProps */

/** @param {BarProps & {work: ManyWork}} props */
export function ManyBar({ desk, views, work, chosen, shown }) {
  const { choice } = views;
  const picked = choice.every.value ? views.total.value : choice.ids.value.size;
  const start = (/** @type {Deed} */ deed) => {
    void work.start({ which: chosen.which, deed, of: picked, ...(!choice.every.peek() && { ids: [...choice.ids.peek()] }) });
    choice.clear();
  };
  return html`<div class="many-bar">
    ${picked ? h(Deeds, { desk, views, choice, shown, picked, start }) : h(Count, { desk, views, chosen, choice, shown })}
  </div>`;
}

/** @param {BarProps & {choice: Choice}} props */
function Count({ desk, views, chosen, choice, shown }) {
  const total = views.total.value;
  return html`<label class="pick"><input type="checkbox" checked=${false} disabled=${!shown.length} aria-label=${gettext("Choose all that are shown")}
      onClick=${(/** @type {Event} */ event) => (event.preventDefault(), choice.set(shown, false))} /></label>
    <span class="many-count">${total > COUNTED ? gettext("More than 1,000 chats") : ngettext("%(n)s chat", "%(n)s chats", total)}</span>
    ${isFilter(views, chosen) && button(gettext("Edit filter…"), () => editFilter(desk, views, chosen))}
    <button type="button" class="button quiet square small" aria-label=${gettext("Read the list anew")} aria-busy=${views.state.value === "loading"} onClick=${() => void views.fetch()}><${Icon} name=${AGAIN} /></button>`;
}

/** @param {{desk: Desk, views: Views, choice: Choice, shown: string[], picked: number, start: (deed: Deed) => void}} props */
function Deeds({ desk, views, choice, shown, picked, start }) {
  const ask = (/** @type {Deed["what"]} */ what) => () => void (desk.asking.value = { name: "many", more: { what, count: picked, start } });
  const rest = !choice.every.value && views.total.value > shown.length && choice.ids.value.size >= shown.length;
  const all = views.total.value > COUNTED ? gettext("All that match") : fill(gettext("All %(n)s that match"), { n: views.total.value });
  const supervises = desk.inbox.queues.value.some(({ roles }) => roles?.includes("supervisor"));
  return html`<label class="pick"><input type="checkbox" checked aria-label=${gettext("Choose none")} onClick=${() => choice.clear()} /></label>
    <span class="many-count" role="status">${picked > COUNTED ? gettext("More than 1,000 chosen") : ngettext("%(n)s chosen", "%(n)s chosen", picked)}</span>
    ${rest && button(all, () => choice.set(shown, true))}
    <span class="many-deeds">
      ${button(gettext("Tag…"), ask("tag"))}${button(gettext("Untag…"), ask("untag"))}${button(gettext("Snooze…"), ask("snooze"))}
      ${button(gettext("Close…"), ask("close"))}${button(gettext("Hand over…"), ask("transfer"))}
      ${supervises && button(gettext("Priority…"), ask("prioritise"))}
    </span>`;
}

/** @param {string} name @param {() => void} onClick */
function button(name, onClick) {
  return html`<button type="button" class="button small quiet" onClick=${onClick}>${name}</button>`;
}

/** What stands on conditions can be kept under a name, or changed. @param {Views} views @param {Chosen} chosen */
export function isFilter({ filters }, { key }) {
  return key === "" || filters.value.some(({ id }) => id === key);
}

/** A colleague's that is not theirs to change becomes one of their own. @param {Desk} desk @param {Views} views @param {Chosen} chosen */
export function editFilter(desk, views, { key, which }) {
  const saved = views.filters.peek().find(({ id }) => id === key);
  const more = saved ? (isTheirs(views, saved) ? saved : { rules: saved.rules }) : { which };
  desk.asking.value = { name: "filter", more };
}

/** How far it is, or what came of it. @param {{work: ManyWork, many: ManyAtOnce}} props */
export function Progress({ work, many }) {
  const { past, state, task } = many;
  if (state.value === "runs") {
    return html`<div class="many-bar"><progress max=${task.of} value=${Math.min(past.value, task.of)} aria-label=${gettext("How far it is")}></progress>
      <span class="many-count">${fill(gettext("%(n)s of %(of)s"), { n: past.value, of: task.of })}</span>${button(gettext("Stop"), () => work.stop())}</div>`;
  }
  const back = many.undoing();
  return html`<div class="many-bar"><p class="many-count">${many.summary()}</p>
    ${back && button(gettext("Undo"), () => void work.start(back))}${button(gettext("Dismiss"), () => work.end())}</div>`;
}
