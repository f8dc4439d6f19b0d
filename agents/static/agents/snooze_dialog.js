// Putting a chat aside until a time that is said as people say it.

import { h, html, useId, useMemo } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { Dialog } from "./dialog.js";
import { order } from "./order_deeds.js";
import { momentInWords } from "./putting_aside.js";
import { Form, nameOf, refuse } from "./reason_dialogs.js";
import { TimeReading } from "./time_reading.js";

/** What is meant most, by one click; said as the server reads it, in any language of the console. @type {[when: string, name: string][]} */
const USUAL = [
  [gettext("20 min"), gettext("20 minutes")],
  [gettext("2 hours"), gettext("2 hours")],
  [gettext("tomorrow 9"), gettext("Tomorrow, 9:00")],
  [gettext("monday 9"), gettext("Monday, 9:00")],
];

/** @param {import("./reason_dialogs.js").AboutChat} props */
export function SnoozeDialog({ desk, id, onClose }) {
  const reading = useMemo(() => new TimeReading(desk.socket), []);
  const send = async () => {
    const said = await reading.said();
    return said ? order(desk).snooze(id, said.when, said.until) : refuse(desk.notices, gettext("Say until when first, such as “tomorrow 9”."));
  };
  return h(Dialog, { title: fill(gettext("Put the chat with %(name)s aside"), { name: nameOf(desk, id) }), look: "small-dialog", onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Snooze")}>
      <p>${gettext("It stays yours and does not count. It is back at that time, or as soon as its visitor writes.")}</p>
      ${h(TimeField, { reading })}
    <//>`);
}

/** A time in words, with what the server makes of it. @param {{reading: TimeReading}} props */
export function TimeField({ reading }) {
  const field = useId();
  const { typed, at } = reading;
  const says = at.value ? fill(gettext("Until %(time)s"), { time: momentInWords(Date.parse(at.value)) }) : typed.value.trim() && gettext("That is no time to come. Try “in 2 hours” or “tomorrow 9”.");
  return html`<div class="field"><label for=${field}>${gettext("Until")}</label>
    <input id=${field} class="text-field" autofocus autocomplete="off" maxlength="300" placeholder=${gettext("in 2 hours, tomorrow 9, monday, 24 dec 14:30")}
      aria-describedby=${`${field}-read`} value=${typed.value} onInput=${(/** @type {any} */ { target }) => reading.type(target.value)} />
    <p id=${`${field}-read`} class="hint-line" role="status">${says}</p>
    <div class="choices" role="group" aria-label=${gettext("Quick times")}>${USUAL.map(([said, name]) => html`<button type="button" key=${said} class="chip"
      aria-pressed=${typed.value === said} onClick=${() => reading.type(said)}>${name}</button>`)}</div>
  </div>`;
}
