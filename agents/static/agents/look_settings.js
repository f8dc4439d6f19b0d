// How the console looks, sends and speaks.

/** @import {Preferences} from "./preferences.js" */
import { gettext } from "../support_chat/gettext.js";
import { html } from "../support_chat/vendor/preact.js";
import { keep, setSharing, setUndo } from "./own_settings.js";
import { prefer, preferences } from "./preferences.js";
import { shareDrafts } from "./reading_along.js";
import { LONGEST, undoFor } from "./undo_send.js";

/** @type {[id: Preferences["look"], name: string][]} */
const LOOKS = [["system", gettext("As the system")], ["light", gettext("Light")], ["dark", gettext("Dark")]];
/** @type {[id: Preferences["density"], name: string][]} */
const DENSITIES = [["comfortable", gettext("Comfortable")], ["compact", gettext("Compact")]];
/** @type {[id: Preferences["send"], name: string][]} */
const SENDS = [["enter", "Enter"], ["ctrl", `${gettext("Ctrl")} Enter`]];
/** Each by its own name, so that it is found by who reads nothing else. @type {[id: string, name: string][]} */
const LANGUAGES = [["en", "English"], ["de", "Deutsch"]];

/** @param {{language: string, notices: import("./notices.js").Notices}} props `language`: the agent's own choice, "" for their browser's */
export function LookSettings({ language, notices }) {
  return html`
    ${setting("letters", gettext("Single characters work as keys"))}
    ${undo(notices)}
    ${sharing(notices)}
    ${choices("send", gettext("Send by"), SENDS)}
    ${choices("look", gettext("Looks"), LOOKS)}
    ${choices("density", gettext("Density"), DENSITIES)}
    <label class="setting">${gettext("Language")} <select class="text-field" value=${language} onChange=${(/** @type {any} */ event) => speak(event.target.value, notices)}>
      <option value="">${gettext("As the browser")}</option>
      ${LANGUAGES.map(([id, name]) => html`<option key=${id} value=${id} lang=${id}>${name}</option>`)}</select></label>`;
}

/** The page is made anew in it; what was begun is kept. @param {string} language @param {import("./notices.js").Notices} notices */
async function speak(language, notices) {
  if (await keep({ language })) location.reload();
  else notices.say(gettext("Your language was not kept. Try again once the connection is back."), { bad: true });
}

/** @param {"letters"} id @param {string} name */
function setting(id, name) {
  return html`<label class="setting"><input type="checkbox" checked=${preferences.value[id]}
    onChange=${(/** @type {any} */ event) => prefer({ [id]: event.target.checked })} /> ${name}</label>`;
}

/** @param {import("./notices.js").Notices} notices */
function undo(notices) {
  const choose = async (/** @type {any} */ { target }) => {
    const seconds = Math.min(LONGEST, Math.max(0, Math.round(Number(target.value) || 0)));
    if (await setUndo(seconds)) return;
    target.value = undoFor.peek();
    notices.say(gettext("For how long you can take back what you send was not kept. Try again once the connection is back."), { bad: true });
  };
  return html`<label class="setting">${gettext("Undo sending, for so many seconds (0: never)")}
    <input class="text-field" type="number" min="0" max=${LONGEST} value=${undoFor.value} onChange=${choose} /></label>`;
}

/** @param {import("./notices.js").Notices} notices */
function sharing(notices) {
  const choose = async (/** @type {any} */ { target }) => {
    if (await setSharing(target.checked)) return;
    target.checked = shareDrafts.peek();
    notices.say(gettext("Whether colleagues may read what you write was not kept. Try again once the connection is back."), { bad: true });
  };
  return html`<label class="setting"><input type="checkbox" checked=${shareDrafts.value} onChange=${choose} /> ${gettext("Colleagues in the same chat may read what I write")}</label>`;
}

/** @param {"look" | "density" | "send"} of @param {string} legend @param {[id: string, name: string][]} all */
function choices(of, legend, all) {
  return html`<fieldset class="setting"><legend>${legend}</legend>${all.map(([id, name]) => html`<label key=${id}>
    <input type="radio" name=${of} checked=${preferences.value[of] === id} onChange=${() => prefer({ [of]: id })} /> ${name}</label>`)}</fieldset>`;
}
