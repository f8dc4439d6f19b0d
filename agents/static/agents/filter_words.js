// What a filter can ask for: its fields with the values that can be chosen.

/** @import {Desk} from "./desk.js" */
/** @import {Condition, Group, Rules} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { PRIORITIES } from "./row_words.js";
import { languageName, safeName } from "./words.js";

/** @type {Record<string, string>} */
export const FIELDS = {
  state: gettext("State"),
  queue: gettext("Queue"),
  agent: gettext("Agent"),
  tag: gettext("Tag"),
  priority: gettext("Priority"),
  waiting: gettext("Waits longer than"),
  language: gettext("Language"),
  email: gettext("Has an e-mail address"),
};

/** @type {[string, string][]} */
const STATES = [["queued", gettext("Waiting")], ["active", gettext("With an agent")], ["snoozed", gettext("Snoozed")], ["closed", gettext("Closed")]];
/** @type {[string, string][]} */
const WAITS = [["60", gettext("1 minute")], ["300", gettext("5 minutes")], ["900", gettext("15 minutes")], ["3600", gettext("1 hour")], ["86400", gettext("1 day")]];
const LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ar", "he", "ja", "zh"];

/** @param {Desk} desk @param {string} field @param {string[]} tags @returns {[value: string, name: string][]} */
export function valuesOf(desk, field, tags) {
  const { queues, teammates, me } = desk.inbox;
  switch (field) {
    case "state": return STATES;
    case "queue": return queues.value.map(({ id, name }) => [id, name]);
    case "agent": return [...(me.value?.id ? [/** @type {[string, string]} */ (["me", gettext("Me")])] : []), ["nobody", gettext("Nobody")], ...teammates.value.map(({ id, name }) => /** @type {[string, string]} */ ([id, safeName(name)]))];
    case "tag": return tags.map((tag) => [tag, tag]);
    case "priority": return Object.entries(PRIORITIES);
    case "waiting": return WAITS;
    case "language": return LANGUAGES.map((each) => [each, languageName(each) ?? each]);
    default: return [["yes", gettext("Yes")], ["no", gettext("No")]];
  }
}

/** Of what is chosen from a list, what stands for that which is not in it any more. @type {Record<string, string>} */
const GONE = { queue: gettext("a queue that is gone"), agent: gettext("an agent who is gone") };

/** What a condition asks for, in words, where none of the values to choose is it. @param {Desk} desk @param {Condition} condition */
export function otherValue(desk, { field, value }) {
  if (!value) return gettext("None yet");
  const { id, name } = desk.inbox.me.value ?? {};
  if (field === "agent" && ["me", id].includes(value)) return safeName(name ?? "");
  return GONE[field] ?? ((field === "language" && languageName(value)) || value);
}

/** The first that some rules ask for and is gone, in words; null: all of it is there. @param {Desk} desk @param {Rules} rules */
export function goneFrom(desk, { groups }) {
  const own = ["me", desk.inbox.me.value?.id];
  const gone = groups.flatMap(({ conditions }) => conditions)
    .find(({ field, value }) => field in GONE && !own.includes(value) && !valuesOf(desk, field, []).some(([known]) => known === value));
  return gone ? GONE[gone.field] : null;
}

/** @returns {Condition} */
export const someCondition = () => ({ field: "state", value: "queued", negated: false });

/** @returns {Group} */
export const someGroup = () => ({ match: "all", conditions: [someCondition()] });

/** Whether plain rows show all of it: one group, all of whose conditions hold. @param {Rules} rules */
export function isPlain({ groups }) {
  return groups.length === 1 && (groups[0].match ?? "all") === "all";
}
