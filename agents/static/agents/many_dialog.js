// What is done with many chats at once: asked once more, with what it needs.

/** @import {Desk} from "./desk.js" */
/** @import {Deed} from "./wire.js" */
import { h, html, useMemo, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { ngettext } from "../support_chat/sentences.js";
import { Dialog } from "./dialog.js";
import { Form, Reason, refuse } from "./reason_dialogs.js";
import { PRIORITIES } from "./row_words.js";
import { TimeField } from "./snooze_dialog.js";
import { TagField } from "./tag_dialog.js";
import { TimeReading } from "./time_reading.js";
import { Targets } from "./transfer_dialog.js";
import { queuesToChoose } from "./targets.js";

/** @typedef {{what: Deed["what"], count: number, start: (deed: Deed) => void}} Many */

/** @param {{desk: Desk, more: Many, onClose: () => void}} props */
export function ManyDialog({ desk, more, onClose }) {
  const deed = useSignal(/** @type {Omit<Deed, "what">} */ ({}));
  const reading = useMemo(() => new TimeReading(desk.socket), []);
  const { title, end, needs } = ASKED[more.what];
  const send = async () => {
    const { when, zone } = (await reading.said()) ?? {};
    const whole = { ...deed.value, ...(when && { when, zone }) };
    if (needs.some((name) => !whole[name])) return refuse(desk.notices, gettext("Something is missing here."));
    more.start({ what: more.what, ...whole });
    return true;
  };
  const set = (/** @type {Omit<Deed, "what">} */ change) => void (deed.value = { ...deed.value, ...change });
  return h(Dialog, { title: title(more.count), look: "small-dialog", onClose }, html`<${Form} onSend=${send} onClose=${onClose} end=${end}>
    ${h(Fields, { desk, what: more.what, reading, set })}
  <//>`);
}

/** @param {{desk: Desk, what: Deed["what"], reading: TimeReading, set: (change: Omit<Deed, "what">) => void}} props */
function Fields({ desk, what, reading, set }) {
  if (what === "tag" || what === "untag") return h(TagField, { desk, onChange: (tag) => set({ tag }) });
  if (what === "snooze") return h(TimeField, { reading });
  if (what === "transfer") return h(Queues, { desk, set });
  if (what === "prioritise") return h(Priorities, { set });
  return html`<p>${gettext("Each chat is closed as if you had done it alone. Those that are not yours to close stay as they are.")}</p>`;
}

/** @param {{desk: Desk, set: (change: Omit<Deed, "what">) => void}} props */
function Queues({ desk, set }) {
  const chosen = useSignal(/** @type {import("./targets.js").Target | null} */ (null));
  const follow = { get value() { return chosen.value; }, set value(target) { chosen.value = target; set(target?.to ?? {}); } };
  return h(Targets, { legend: gettext("To a queue"), none: gettext("There is no other queue."), all: queuesToChoose(desk.inbox.queues.value, null), chosen: /** @type {any} */ (follow) });
}

/** @param {{set: (change: Omit<Deed, "what">) => void}} props */
function Priorities({ set }) {
  const reason = useSignal("");
  const follow = { get value() { return reason.value; }, set value(text) { reason.value = text; set({ reason: text.trim() }); } };
  return html`<fieldset class="choices"><legend>${gettext("Priority")}</legend>${Object.entries(PRIORITIES).map(([each, name]) => html`<label key=${each} class="chip">
      <input type="radio" name="priority" onChange=${() => set({ priority: each })} /> ${name}</label>`)}</fieldset>
    ${h(Reason, { reason: follow, choices: [], label: gettext("Reason"), required: true })}`;
}

/** @type {Record<Deed["what"], {title: (n: number) => string, end: string, needs: (keyof Omit<Deed, "what">)[]}>} */
const ASKED = {
  tag: { title: (n) => ngettext("Tag %(n)s chat", "Tag %(n)s chats", n), end: gettext("Tag"), needs: ["tag"] },
  untag: { title: (n) => ngettext("Take a tag from %(n)s chat", "Take a tag from %(n)s chats", n), end: gettext("Untag"), needs: ["tag"] },
  snooze: { title: (n) => ngettext("Put %(n)s chat aside", "Put %(n)s chats aside", n), end: gettext("Snooze"), needs: ["when", "zone"] },
  wake: { title: (n) => ngettext("Take %(n)s chat up again", "Take %(n)s chats up again", n), end: gettext("Take up again"), needs: [] },
  close: { title: (n) => ngettext("Close %(n)s chat?", "Close %(n)s chats?", n), end: gettext("Close"), needs: [] },
  transfer: { title: (n) => ngettext("Hand %(n)s chat over", "Hand %(n)s chats over", n), end: gettext("Hand over"), needs: ["to_queue"] },
  prioritise: { title: (n) => ngettext("Priority of %(n)s chat", "Priority of %(n)s chats", n), end: gettext("Set priority"), needs: ["priority", "reason"] },
};
