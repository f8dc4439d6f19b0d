// Dialogs about who is in a chat: bringing a colleague in, getting help now, taking over, keeping a visitor out.

/** @import {Target} from "./targets.js" */
/** @import {AboutChat} from "./reason_dialogs.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { h, html, useEffect, useSignal } from "../support_chat/vendor/preact.js";
import { callHelp, invite, takeOver, weighBlock } from "./company_deeds.js";
import { Dialog } from "./dialog.js";
import { block } from "./own_deeds.js";
import { Form, nameOf, Reason, refuse } from "./reason_dialogs.js";
import { statusName } from "./status_words.js";
import { Targets } from "./transfer_dialog.js";
import { safeName } from "./words.js";

/** @param {AboutChat} props */
export function InviteDialog({ desk, id, onClose }) {
  const chosen = useSignal(/** @type {Target | null} */ (null));
  const send = async () => {
    const agent = chosen.value?.to.to_agent;
    return agent ? invite(desk, id, agent) : refuse(desk.notices, gettext("Choose a colleague first."));
  };
  const title = fill(gettext("Bring a colleague into the chat with %(name)s"), { name: nameOf(desk, id) });
  return h(Dialog, { title, look: "small-dialog", onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Ask them in")}>
      <p>${gettext("Both of you write, and the visitor is told who comes and goes. The chat stays yours.")}</p>
      <${Targets} legend=${gettext("Colleague")} none=${gettext("No colleague is here.")} all=${colleagues(desk)} chosen=${chosen} />
    <//>`);
}

/** @param {import("./desk.js").Desk} desk @returns {Target[]} */
function colleagues({ inbox }) {
  const here = inbox.teammates.value.filter(({ status }) => status !== "offline");
  return here
    .sort((a, b) => Number(b.status === "online") - Number(a.status === "online") || a.name.localeCompare(b.name))
    .map(({ id, name, status }) => ({ key: id, to: { to_agent: id }, name: safeName(name), says: statusName(status), free: true }));
}

/** @param {AboutChat} props */
export function HelpDialog({ desk, id, onClose }) {
  const reason = useSignal("");
  const choices = [gettext("The visitor threatens somebody"), gettext("I cannot solve this alone"), gettext("Something is broken")];
  return h(Dialog, { title: gettext("Get help now"), look: "small-dialog", onClose }, html`
    <${Form} onSend=${() => callHelp(desk, id, reason.value.trim())} onClose=${onClose} end=${gettext("Get help now")}>
      <p>${gettext("Every free supervisor of this queue is rung, and comes in with one click. The visitor is told only of who comes in.")}</p>
      <${Reason} reason=${reason} choices=${choices} label=${gettext("What is it about? (optional)")} />
    <//>`);
}

/** @param {AboutChat} props */
export function OverDialog({ desk, id, onClose }) {
  const reason = useSignal("");
  const title = fill(gettext("Take over the chat with %(name)s"), { name: nameOf(desk, id) });
  return h(Dialog, { title, look: "small-dialog", onClose }, html`
    <${Form} onSend=${() => takeOver(desk, id, reason.value.trim())} onClose=${onClose} end=${gettext("Take over")}>
      <p>${gettext("It is yours from then on, also over your limit. The reason is kept with the chat.")}</p>
      <${Reason} reason=${reason} choices=${[gettext("Complaint"), gettext("Needs a decision"), gettext("Help was asked for")]} label=${gettext("Reason")} required />
    <//>`);
}

const BYS = /** @type {const} */ (["visitor", "identity", "address"]);
/** @type {Record<string, () => string>} */
const BY_WORDS = {
  visitor: () => gettext("This visitor, in this browser"),
  identity: () => gettext("Who they are on the website, on every device"),
  address: () => gettext("Everybody at their network address"),
};
/** @type {Record<string, () => string>} */
const LASTS_WORDS = { hour: () => gettext("An hour"), day: () => gettext("A day"), always: () => gettext("For good") };

/** @param {AboutChat} props */
export function BlockDialog({ desk, id, onClose }) {
  const by = useSignal("visitor");
  const lasts = useSignal("hour");
  const others = useSignal(/** @type {Record<string, number | null> | null} */ (null));
  useEffect(() => void weighBlock(desk, id).then((found) => (others.value = found), () => {}), []);
  const choose = (/** @type {string} */ each) => {
    by.value = each;
    if (each === "address") lasts.value = "hour";
  };
  const send = async () => (void block(desk, id, { by: by.value, lasts: lasts.value }), true);
  return h(Dialog, { title: fill(gettext("Block %(name)s"), { name: nameOf(desk, id) }), look: "small-dialog", onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Block")}>
      <p>${gettext("They read “You cannot write here at the moment” when they write. What was said stays.")}</p>
      <fieldset class="target-list"><legend>${gettext("Whom")}</legend>${BYS.map((each) => byLine(each, by.value, others.value, choose))}</fieldset>
      <fieldset class="choices"><legend>${gettext("For how long")}</legend>${Object.entries(LASTS_WORDS).map(([each, words]) => html`<label key=${each} class="chip">
        <input type="radio" name="lasts" checked=${lasts.value === each} disabled=${by.value === "address" && each !== "hour"}
          onChange=${() => (lasts.value = each)} /> ${words()}</label>`)}</fieldset>
    <//>`);
}

/** @param {string} each @param {string} chosen @param {Record<string, number | null> | null} others @param {(each: string) => void} choose */
function byLine(each, chosen, others, choose) {
  const count = others?.[each];
  const none = others !== null && count === null;
  return html`<label key=${each} class="target" data-off=${none}>
    <input type="radio" name="by" checked=${chosen === each} disabled=${none} onChange=${() => choose(each)} />
    <span>${BY_WORDS[each]()}</span><small>${others === null ? "…" : none ? NOTHING[each]?.() : hits(count ?? 0)}</small></label>`;
}

/** Why there is nothing to go by. @type {Record<string, () => string>} */
const NOTHING = {
  identity: () => gettext("Their website has not said who they are"),
  address: () => gettext("Their address is not known any more"),
};

/** @param {number} count */
function hits(count) {
  if (!count) return gettext("Hits nobody else of the last day");
  return ngettext("Also hits %(n)s other visitor of the last day", "Also hits %(n)s other visitors of the last day", count);
}
