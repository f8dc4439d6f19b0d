// What is particular about a chat in a list, in a few words.

/** @import {Queue, Row} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, language } from "../support_chat/sentences.js";
import { safeName } from "./words.js";

/** @type {Record<string, string>} */
export const PRIORITIES = { urgent: gettext("Urgent"), high: gettext("High"), normal: gettext("Normal"), low: gettext("Low") };

/** Why a chat stands before who came earlier. @type {Record<string, string>} */
const AHEAD = {
  moved: gettext("Moved to the front"),
  handed_over: gettext("Handed over"),
  came_before: gettext("Was answered before"),
  returned: gettext("Came back"),
};

/** @param {Row} row */
export function isHandedOver({ state, offered, wanted }) {
  return state === "active" && Boolean(offered || wanted);
}

/**
 * "Handing over to Ben…": to whom its agent hands a chat over; "" when they keep it.
 * @param {Row} row
 * @param {Queue[]} queues
 */
export function handingOver(row, queues) {
  if (!isHandedOver(row)) return "";
  const to = row.offered ? safeName(row.offered.to.name) : (queues.find(({ id }) => id === row.wanted)?.name ?? gettext("the queue"));
  return fill(gettext("Handing over to %(name)s…"), { name: to });
}

/**
 * What to know of a chat that waits, most important first.
 * @param {Row} row
 * @returns {string[]}
 */
export function marksOf({ offered, priority = "normal", skills = [], ahead = "", agent, state }) {
  const has = state === "active" && agent ? fill(gettext("With %(name)s until taken"), { name: safeName(agent.name) }) : "";
  return [
    offered ? fill(gettext("Offered to %(name)s"), { name: safeName(offered.to.name) }) : "",
    priority === "normal" ? "" : fill(gettext("%(priority)s priority"), { priority: PRIORITIES[priority] }),
    skills.length ? fill(gettext("Needs %(skills)s"), { skills: skills.map(skillName).join(", ") }) : "",
    AHEAD[ahead] ?? "",
    has,
  ].filter(Boolean);
}

const languages = new Intl.DisplayNames([language() ?? "en"], { type: "language" });

/** "German", "billing": of "lang:de", "topic:billing". @param {string} skill */
export function skillName(skill) {
  const [kind, name = kind] = skill.split(":");
  if (kind !== "lang") return name.replaceAll("-", " ");
  try {
    return languages.of(name) ?? name;
  } catch {
    return name; // no such language: as it was written
  }
}
