// One row of chips over the lists: the views, the saved filters, and what leads to more.

/** @import {Desk} from "./desk.js" */
/** @import {Chosen, SavedFilter} from "./wire.js" */
import { h, html, useEffect, useRef } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { seesTheSite } from "./actions.js";
import { Icon } from "./icons.js";
import { Progress } from "./many_bar.js";
import { workOf } from "./many_work.js";
import { MentionsList, NotSeen } from "./mentions_list.js";
import { ViewList } from "./view_list.js";
import { chosenOf, MENTIONS, VIEWS, viewsOf } from "./views.js";

/** @param {{desk: Desk, onOpen: (id: string) => void}} props */
export function ViewBar({ desk, onOpen }) {
  const views = viewsOf(desk);
  const work = workOf(desk);
  const chosen = desk.view.value;
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => row.current?.querySelector("[aria-pressed=true]")?.scrollIntoView({ inline: "center", block: "nearest" }), [chosen?.key, views.filters.value]);
  if (!views.known.value) return null;
  const pick = (/** @type {Chosen | null} */ next) => (work.end(), views.open(next));
  return html`<div class="view-chips" role="toolbar" aria-label=${gettext("Views")} ref=${row} onKeyDown=${step}>
      ${chip(null, gettext("Inbox"), chosen === null, pick)}
      ${VIEWS.map((view) => chip(view, html`${view.name}${view === MENTIONS && h(NotSeen, { desk })}`, chosen?.key === view.key, pick))}
      ${views.filters.value.map((filter) => chip(chosenOf(filter), filter.name, chosen?.key === filter.id, pick, filter))}
      ${chosen && !stands(views, chosen) && chip(chosen, chosen.name, true, pick)}
      <button type="button" class="chip" aria-haspopup="dialog" tabindex="-1" onClick=${() => (desk.asking.value = { name: "filter" })}>${gettext("Filter…")}</button>
      ${seesTheSite(desk) && html`<button type="button" class="chip" aria-haspopup="dialog" tabindex="-1" onClick=${() => (desk.asking.value = { name: "onSite" })}>${gettext("On the site…")}</button>`}
    </div>
    ${work.now.value && work.isShown(views.choice) && h(Progress, { key: work.now.value.client_id, work, many: work.now.value })}
    ${chosen === MENTIONS ? h(MentionsList, { desk, onOpen }) : chosen && h(ViewList, { key: chosen.key, desk, views, work, chosen, onOpen })}`;
}

/** Whether it has a chip of its own: what is not kept has none, nor what was deleted meanwhile. @param {import("./views.js").Views} views @param {Chosen} chosen */
function stands({ filters }, { key }) {
  return VIEWS.some((view) => view.key === key) || filters.value.some(({ id }) => id === key);
}

/**
 * @param {Chosen | null} view
 * @param {any} name
 * @param {boolean} on
 * @param {(view: Chosen | null) => void} pick
 * @param {SavedFilter} [filter]
 */
function chip(view, name, on, pick, filter) {
  const title = filter?.shared ? fill(gettext("%(name)s, shared with the team"), { name: filter.name }) : undefined;
  return html`<button type="button" key=${view?.key ?? "inbox"} class="chip" aria-pressed=${on} tabindex=${on ? 0 : -1} title=${title}
    onClick=${() => pick(view)}>${filter?.shared && html`<${Icon} name="person" />`}<bdi>${name}</bdi></button>`;
}

/** Arrows, Home and End go from chip to chip. @param {KeyboardEvent} event */
function step(event) {
  const chips = /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll(".chip")]);
  const at = chips.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: chips.length - 1 }[event.key];
  if (to === undefined || !chips[to]) return;
  event.preventDefault();
  chips[to].focus();
}
