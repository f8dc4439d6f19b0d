// To whom a chat may be handed over: which agents and queues, with what to know of each.

/** @import {Queue, Row, Teammate} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { settle } from "./ordering.js";
import { inWords } from "./waiting.js";
import { safeName } from "./words.js";

/** @typedef {{key: string, to: {to_agent?: string, to_queue?: string}, name: string, says: string, free: boolean}} Target */

/**
 * Colleagues who are online, the least busy first; who has no room is shown and cannot be chosen.
 * @param {Teammate[]} teammates
 * @returns {Target[]}
 */
export function agentsToChoose(teammates) {
  const room = (/** @type {Teammate} */ mate) => mate.capacity - mate.load;
  return teammates
    .filter(({ status }) => status === "online")
    .sort((a, b) => room(b) - room(a) || a.name.localeCompare(b.name))
    .map((mate) => ({
      key: `a:${mate.id}`,
      to: { to_agent: mate.id },
      name: safeName(mate.name),
      says: `${chatsOf(mate)}${room(mate) > 0 ? "" : `, ${gettext("no room")}`}`,
      free: room(mate) > 0,
    }));
}

/**
 * In the order in which they stand on the screen, so that no click lands on a neighbour: who comes stands last, who goes
 * cannot be chosen any more.
 * @param {readonly Target[]} shown
 * @param {Target[]} now
 */
export function holdStill(shown, now) {
  const known = new Map(now.map((target) => [target.key, target]));
  const before = new Map(shown.map((target) => [target.key, { ...target, free: false, says: gettext("not possible any more") }]));
  return settle([...before.keys()], [...known.keys()], true).map((key) => /** @type {Target} */ (known.get(key) ?? before.get(key)));
}

/** Those whose names hold these letters, and whoever is chosen: what is sent is always seen. @param {readonly Target[]} all @param {string} letters @param {Target | null} chosen */
export function narrowed(all, letters, chosen) {
  const wanted = letters.trim().toLowerCase();
  return all.filter(({ key, name }) => key === chosen?.key || name.toLowerCase().includes(wanted));
}

/** "2 of 4 chats". @param {{load: number, capacity: number}} agent */
export function chatsOf({ load, capacity }) {
  return fill(gettext("%(load)s of %(capacity)s chats"), { load, capacity });
}

/**
 * The other queues of the same site, with how many wait where that is told.
 * @param {Queue[]} queues
 * @param {Row | null} row
 * @returns {Target[]}
 */
export function queuesToChoose(queues, row) {
  const site = queues.find(({ id }) => id === row?.queue)?.site;
  return queues
    .filter((queue) => queue.id !== row?.queue && (site === undefined || queue.site === site))
    .map((queue) => ({ key: `q:${queue.id}`, to: { to_queue: queue.id }, name: queue.name, says: waiting(queue), free: true }));
}

/** @param {Queue} queue */
function waiting({ waiting: count, longest_wait: longest, roles }) {
  if (roles?.length === 0) return gettext("another team's queue");
  if (!count) return gettext("nobody waits");
  const waits = fill(gettext("%(count)s waiting"), { count });
  return longest === null ? waits : `${waits}, ${fill(gettext("%(time)s at most"), { time: inWords(longest) })}`;
}
