// Making a filter: plain rows of conditions that all hold; groups and "any" behind "Advanced".

/** @import {Desk} from "./desk.js" */
/** @import {Condition, Group, Rules, SavedFilter} from "./wire.js" */
import { h, html, useEffect, useId, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { Dialog } from "./dialog.js";
import { FIELDS, isPlain, otherValue, someCondition, someGroup, valuesOf } from "./filter_words.js";
import { Icon } from "./icons.js";
import { onceEach } from "./once_each.js";
import { order } from "./order_deeds.js";
import { refuse } from "./reason_dialogs.js";
import { chosenOf, viewsOf } from "./views.js";
import { inPlainWords } from "./words.js";

/** The most that the server takes. */
const GROUPS = 5;
const CONDITIONS = 10;

/** @param {{desk: Desk, more?: Partial<SavedFilter> & {which?: {rules?: Rules}}, onClose: () => void}} props */
export function FilterDialog({ desk, more, onClose }) {
  const rules = useSignal(/** @type {Rules} */ (more?.rules ?? more?.which?.rules ?? { match: "all", groups: [someGroup()] }));
  const advanced = useSignal(!isPlain(rules.value));
  const tags = useSignal(/** @type {string[]} */ ([]));
  useEffect(() => void order(desk).knownTags().then((known) => (tags.value = known)), []);
  const put = (/** @type {number} */ at, /** @type {Group | null} */ group) =>
    void (rules.value = { ...rules.value, groups: rules.value.groups.flatMap((each, n) => (n !== at ? [each] : group ? [group] : [])) });
  const { groups } = rules.value;
  return h(Dialog, { title: more?.id ? gettext("Edit filter") : gettext("Filter chats"), onClose }, html`<form class="dialog-body" onSubmit=${(/** @type {Event} */ event) => (event.preventDefault(), show(desk, rules.value, onClose))}>
    ${advanced.value && groups.length > 1 && h(Match, { value: rules.value.match ?? "all", says: gettext("of these groups"), onChange: (match) => (rules.value = { ...rules.value, match }) })}
    ${groups.map((group, n) => h(GroupFields, { key: n, desk, group, tags: tags.value, advanced: advanced.value, alone: groups.length === 1, onChange: (next) => put(n, next) }))}
    ${advanced.value && groups.length < GROUPS && html`<button type="button" class="button small" onClick=${() => (rules.value = { ...rules.value, groups: [...groups, someGroup()] })}>${gettext("Add a group")}</button>`}
    <label class="check"><input type="checkbox" checked=${advanced.value} disabled=${!isPlain(rules.value)} onChange=${() => (advanced.value = !advanced.value)} /> ${gettext("Advanced: any of them, and groups")}</label>
    ${h(Keeping, { desk, saved: more?.id ? /** @type {SavedFilter} */ (more) : null, rules, onClose })}
    <div class="form-end"><button type="button" class="button" onClick=${onClose}>${gettext("Cancel")}</button>
      <button type="submit" class="button">${gettext("Show without saving")}</button></div>
  </form>`);
}

/** @param {Desk} desk @param {Rules} rules @param {() => void} onClose */
function show(desk, rules, onClose) {
  viewsOf(desk).open({ key: "", name: gettext("Filtered"), which: { rules } });
  onClose();
}

/** @param {{value: string, says: string, onChange: (match: "all" | "any") => void}} props */
function Match({ value, says, onChange }) {
  return html`<label class="match"><select class="text-field" value=${value} onChange=${(/** @type {any} */ { target }) => onChange(target.value)}>
    <option value="all">${gettext("All")}</option><option value="any">${gettext("Any")}</option></select> ${says}</label>`;
}

/** @param {{desk: Desk, group: Group, tags: string[], advanced: boolean, alone: boolean, onChange: (group: Group | null) => void}} props */
function GroupFields({ desk, group, tags, advanced, alone, onChange }) {
  const put = (/** @type {number} */ at, /** @type {Condition | null} */ next) => {
    const conditions = group.conditions.flatMap((each, n) => (n !== at ? [each] : next ? [next] : []));
    onChange(conditions.length ? { ...group, conditions } : null);
  };
  return html`<fieldset class="conditions"><legend>${gettext("Chats of which this holds")}</legend>
    ${advanced && h(Match, { value: group.match ?? "all", says: gettext("of these conditions"), onChange: (match) => onChange({ ...group, match }) })}
    ${group.conditions.map((each, n) => h(ConditionFields, { key: n, desk, condition: each, tags, last: alone && group.conditions.length === 1, onChange: (next) => put(n, next) }))}
    ${group.conditions.length < CONDITIONS && html`<button type="button" class="button small quiet" onClick=${() => onChange({ ...group, conditions: [...group.conditions, someCondition()] })}>${gettext("Add a condition")}</button>`}
  </fieldset>`;
}

/** @param {{desk: Desk, condition: Condition, tags: string[], last: boolean, onChange: (condition: Condition | null) => void}} props */
function ConditionFields({ desk, condition, tags, last, onChange }) {
  const values = valuesOf(desk, condition.field, tags);
  const known = values.some(([value]) => value === condition.value);
  const turn = (/** @type {string} */ field) => onChange({ ...condition, field, value: valuesOf(desk, field, tags)[0]?.[0] ?? "" });
  const write = (/** @type {any} */ { target }) => onChange({ ...condition, value: target.value });
  return html`<div class="condition">
    <select class="text-field" aria-label=${gettext("Field")} value=${condition.field} onChange=${(/** @type {any} */ { target }) => turn(target.value)}>
      ${Object.entries(FIELDS).map(([field, name]) => html`<option key=${field} value=${field}>${name}</option>`)}</select>
    <select class="text-field" aria-label=${gettext("Is or is not")} value=${condition.negated ? "not" : ""} onChange=${(/** @type {any} */ { target }) => onChange({ ...condition, negated: target.value === "not" })}>
      <option value="">${gettext("is")}</option><option value="not">${gettext("is not")}</option></select>
    <select class="text-field" aria-label=${gettext("Value")} value=${condition.value} onChange=${write}>
      ${!known && html`<option value=${condition.value}>${otherValue(desk, condition)}</option>`}
      ${values.map(([value, name]) => html`<option key=${value} value=${value}>${name}</option>`)}</select>
    <button type="button" class="button quiet square small" aria-label=${gettext("Remove this condition")} disabled=${last} onClick=${() => onChange(null)}><${Icon} name="close" /></button>
  </div>`;
}

/** Under a name: for oneself, or for the team. @param {{desk: Desk, saved: SavedFilter | null, rules: {value: Rules}, onClose: () => void}} props */
function Keeping({ desk, saved, rules, onClose }) {
  const field = useId();
  const sites = desk.inbox.sites.value;
  const known = useSignal(saved?.id);
  const name = useSignal(saved?.name ?? "");
  const shared = useSignal(saved?.shared ?? false);
  const site = useSignal(saved?.site ?? sites[0]?.id ?? "");
  const shares = viewsOf(desk).shares.value.includes(site.value);
  const busy = useSignal(false);
  const isSure = useSignal(false);
  const once = useRef(onceEach());
  /** @param {() => Promise<import("./wire.js").Chosen | null>} work @param {() => void} [onLost] */
  const go = async (work, onLost) => {
    if (busy.value) return;
    busy.value = true;
    await change(desk, onClose, work, onLost);
    busy.value = false;
  };
  const keep = () => {
    if (!name.value.trim()) return void refuse(desk.notices, gettext("Give the filter a name first."));
    const fields = { site: site.value, name: name.value.trim(), rules: rules.value, shared: shares && shared.value, ...(known.value && { filter: known.value }) };
    const onLost = known.value ? () => (known.value = undefined) : undefined;
    void go(async () => chosenOf((await desk.socket.request("save_filter", { client_id: once.current(fields), ...fields }, { patience: 4 })).filter), onLost);
  };
  const drop = () => void (isSure.value ? go(() => deleted(desk, known.value ?? "")) : (isSure.value = true));
  /** It saves: the form's own end shows without saving. @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.isComposing || !name.value.trim()) return;
    event.preventDefault();
    keep();
  };
  return html`<fieldset class="keeping"><legend>${gettext("Keep it in the row")}</legend>
    <div class="field"><label for=${field}>${gettext("Name")}</label>
      <input id=${field} class="text-field" maxlength="60" dir="auto" autocomplete="off" value=${name.value} onKeyDown=${onKeyDown} onInput=${(/** @type {any} */ { target }) => (name.value = target.value)} /></div>
    ${sites.length > 1 && html`<label class="match">${gettext("Site")} <select class="text-field" value=${site.value} disabled=${known.value !== undefined} onChange=${(/** @type {any} */ { target }) => (site.value = target.value)}>
      ${sites.map(({ id, name: each }) => html`<option key=${id} value=${id}>${each}</option>`)}</select></label>`}
    ${shares ? html`<label class="check"><input type="checkbox" checked=${shared.value} onChange=${() => (shared.value = !shared.value)} /> ${gettext("Share it with the team")}</label>`
      : shared.value && html`<p class="hint-line">${gettext("It is shared, and you do not supervise this site any more: once you save it, it is yours alone.")}</p>`}
    <div class="form-end">${known.value && html`<button type="button" class="button" aria-disabled=${busy.value} onClick=${drop}>${deletes(isSure.value, saved?.shared)}</button>`}
      <button type="button" class="button primary" aria-disabled=${busy.value} onClick=${keep}>${gettext("Save")}</button></div>
  </fieldset>`;
}

/** @param {boolean} isSure @param {boolean} [shared] */
function deletes(isSure, shared) {
  if (!isSure) return gettext("Delete");
  return shared ? gettext("Delete it for the whole team?") : gettext("Really delete it?");
}

/** @param {Desk} desk @param {string} filter @returns {Promise<null>} */
async function deleted(desk, filter) {
  try {
    await desk.socket.request("delete_filter", { filter });
  } catch (error) {
    if (/** @type {any} */ (error).code !== "not_found") throw error; // else a colleague was first
  }
  return null;
}

/**
 * @param {Desk} desk
 * @param {() => void} onClose
 * @param {() => Promise<import("./wire.js").Chosen | null>} work what is shown then
 * @param {() => void} [onLost] the filter was deleted meanwhile
 */
async function change(desk, onClose, work, onLost) {
  const views = viewsOf(desk);
  try {
    const next = await work();
    views.open(next);
    void views.readFilters();
    onClose();
  } catch (error) {
    const isLost = onLost && /** @type {any} */ (error).code === "not_found";
    if (isLost) onLost();
    const words = isLost ? gettext("This filter was deleted meanwhile. Saved once more, it is a new one of yours.") : inPlainWords(/** @type {Error} */ (error));
    desk.notices.say(words, { bad: true });
  }
}
