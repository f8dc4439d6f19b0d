// The list of who is on the site, has opened the chat and has none going on; and an invitation to one of them.

/** @import {Desk} from "./desk.js" */
/** @import {VisitorOnSite} from "./wire.js" */
import { h, html, useEffect, useId, useMemo, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { ticking } from "../support_chat/when.js";
import { Dialog } from "./dialog.js";
import { OnSite } from "./on_site.js";
import { BARRED, BECAME, countInWords, factsOf, notInvited } from "./on_site_words.js";
import { agoInWords, elapsed } from "./waiting.js";
import { inPlainWords, safeAddress, safeName, shortPage } from "./words.js";

/** The longest that the server takes. */
const LONGEST = 160;

const soon = ticking(5);

/** @param {{desk: Desk, place: import("./palette.js").Place, onClose: () => void}} props */
export function OnSiteDialog({ desk, place, onClose }) {
  const list = useMemo(() => new OnSite(desk), []);
  useEffect(() => list.open(), []);
  /** Whom one writes to. */
  const writing = useSignal(/** @type {VisitorOnSite | null} */ (null));
  const { value: visitors } = list.visitors;
  const state = list.state.value;
  const hold = (/** @type {string} */ why, /** @type {boolean} */ on) => () => list.hold(why, on);
  useEffect(() => list.hold("writing", writing.value !== null), [writing.value]);
  const open = (/** @type {string} */ id) => (onClose(), place.open(id));
  return h(Dialog, { title: gettext("On the site"), look: "from-above", onClose }, html`<div class="dialog-body on-site" onPointerEnter=${hold("pointer", true)} onPointerLeave=${hold("pointer", false)}>
    <p role="status">${state === "ready" ? countInWords(visitors.length, list.total.value) : state === "loading" ? gettext("Loading…") : inPlainWords(state)}</p>
    ${visitors.some(({ barred }) => barred === "off") && html`<p class="hint-line">${gettext("Visitors can be invited once a manager has set when the chat speaks first.")}</p>`}
    ${list.invited.value.length > 0 && h(Invited, { list, onOpen: open })}
    <ul role="list" aria-label=${gettext("Visitors on the site")} onFocusIn=${hold("focus", true)} onFocusOut=${hold("focus", false)}>
      ${list.rows.value.map(({ visitor, gone }) => h(Row, { key: visitor.id, desk, list, visitor, writing, gone }))}
    </ul>
  </div>`);
}

/** @param {{list: OnSite, onOpen: (id: string) => void}} props */
function Invited({ list, onOpen }) {
  void soon.value;
  return html`<section aria-labelledby="on-site-invited">
    <h3 id="on-site-invited">${gettext("Invited by you")}</h3>
    <ul role="list">${list.invited.value.map(({ id, name, text, state, ago, conversation }) => html`<li key=${id}>
      <span><bdi>${safeName(name)}</bdi>, <b>${BECAME[state] ?? ""}</b>, <small>${agoInWords(ago + elapsed(list.heard, Date.now()))}</small></span>
      <small dir="auto">${text}</small>
      ${conversation && html`<button type="button" class="button small" aria-label=${fill(gettext("Open the chat with %(name)s"), { name: safeName(name) })}
        onClick=${() => onOpen(conversation)}>${gettext("Open")}</button>`}
    </li>`)}</ul>
  </section>`;
}

/** @param {{desk: Desk, list: OnSite, visitor: VisitorOnSite, writing: {value: VisitorOnSite | null}, gone: boolean}} props */
function Row({ desk, list, visitor, writing, gone }) {
  void soon.value;
  const now = Date.now();
  const name = safeName(visitor.name);
  const writes = writing.value?.id === visitor.id;
  const head = useRef(/** @type {HTMLElement | null} */ (null));
  const done = () => {
    writing.value = null;
    head.current?.focus(); // what had it is gone
  };
  const mayInvite = !gone && visitor.barred === "" && Boolean(desk.inbox.me.value?.id);
  return html`<li class="on-site-row">
    <p class="on-site-name" tabindex="-1" ref=${head}><bdi>${name}</bdi> ${visitor.verified && html`<span class="tag">${gettext("Verified")}</span>`} ${gone && html`<span class="tag">${gettext("Left")}</span>`}</p>
    ${visitor.page && html`<p>${address(visitor.page)}</p>`}
    ${visitor.referrer && html`<p class="quiet">${gettext("Came from")} <bdi>${visitor.referrer}</bdi></p>`}
    <p class="quiet">${factsOf(visitor, visitor.since + elapsed(list.heard, now), now).map((fact) => html`<bdi key=${fact}>${fact}</bdi>`)}</p>
    ${writes ? h(Writing, { list, visitor, gone, onDone: done })
      : mayInvite ? html`<button type="button" class="button small" aria-label=${fill(gettext("Invite %(name)s"), { name })} onClick=${() => (writing.value = visitor)}>${gettext("Invite")}</button>`
      : BARRED[visitor.barred] && html`<p class="quiet">${BARRED[visitor.barred]}</p>`}
  </li>`;
}

/** @param {{list: OnSite, visitor: VisitorOnSite, gone: boolean, onDone: () => void}} props */
function Writing({ list, visitor, gone, onDone }) {
  const field = useId();
  const text = useSignal(visitor.words);
  const wrong = useSignal("");
  const busy = useSignal(false);
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => box.current?.focus(), []);
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy.value || gone || !text.value.trim()) return;
    busy.value = true;
    const error = await list.invite(visitor.id, text.value.trim());
    busy.value = false;
    if (error) wrong.value = notInvited(error);
    else onDone();
  };
  return html`<form onSubmit=${send}>
    <div class="field"><label for=${field}>${gettext("What they read")}</label>
      <textarea id=${field} class="text-field" rows="2" maxlength=${LONGEST} required dir="auto" ref=${box} value=${text.value}
        onInput=${(/** @type {any} */ event) => (text.value = event.target.value)}></textarea></div>
    <p class="hint-line" role="status">${gone ? gettext("They have left.") : wrong.value}</p>
    <div class="form-end"><button type="button" class="button small" onClick=${onDone}>${gettext("Cancel")}</button>
      <button type="submit" class="button small primary" aria-disabled=${busy.value || gone}>${gettext("Send the invitation")}</button></div>
  </form>`;
}

/** @param {string} page */
function address(page) {
  const safe = safeAddress(page);
  if (!safe) return html`<bdi>${shortPage(page)}</bdi>`;
  return html`<a href=${safe} target="_blank" rel="noopener noreferrer nofollow" title=${page}><bdi>${shortPage(page)}</bdi></a>`;
}
