// What a supervisor should look at now, worst first.

/** @import {Queue} from "./wire.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, ngettext } from "../support_chat/sentences.js";
import { elapsed, inWords } from "./waiting.js";
import { safeName } from "./words.js";

/** @typedef {{key: string, says: string, chat?: string, bad: boolean}} Alarm `chat`: which one it is about */

/**
 * @param {object} known
 * @param {(Queue & {heard: number})[]} known.queues
 * @param {import("./desk.js").Unanswered[]} known.unanswered
 * @param {(id: string) => string | null} known.nameOf the visitor of a chat that is still on a list
 * @param {number} known.target s
 * @param {number} now ms
 * @returns {Alarm[]}
 */
export function alarmsOf({ queues, unanswered, nameOf, target }, now) {
  const watched = queues.filter(({ roles }) => roles?.length !== 0);
  return [
    ...watched.filter(({ online }) => online === 0).map((queue) => nobody(queue)),
    ...watched.flatMap((queue) => waitsTooLong(queue, target, now)),
    ...unanswered.map((each) => silent(each, nameOf(each.conversation), now)),
  ].sort((a, b) => Number(b.bad) - Number(a.bad));
}

/**
 * Seconds that the first of a queue has waited by now.
 * @param {Queue & {heard: number}} queue
 * @param {number} now
 */
export function longestWait({ longest_wait, waiting, heard }, now) {
  return longest_wait === null || !waiting ? null : longest_wait + elapsed(heard, now);
}

/** @param {Queue} queue @returns {Alarm} */
function nobody({ id, name, waiting }) {
  const says = waiting
    ? ngettext("Nobody is online in %(name)s, and 1 visitor is waiting.", "Nobody is online in %(name)s, and %(n)s visitors are waiting.", waiting, { name })
    : fill(gettext("Nobody is online in %(name)s."), { name });
  return { key: `nobody:${id}`, says, bad: waiting > 0 };
}

/** @param {Queue & {heard: number}} queue @param {number} target @param {number} now @returns {Alarm[]} */
function waitsTooLong(queue, target, now) {
  const wait = longestWait(queue, now);
  if (wait === null || wait <= target) return [];
  const says = fill(gettext("In %(queue)s somebody has waited %(time)s; the target is %(target)s."), { queue: queue.name, time: inWords(wait), target: inWords(target) });
  return [{ key: `wait:${queue.id}`, says, bad: true }];
}

/** @param {import("./desk.js").Unanswered} each @param {string | null} visitor @param {number} now @returns {Alarm} */
function silent({ conversation, agent, waited, heard }, visitor, now) {
  const long = inWords(waited + elapsed(heard, now));
  const says = fill(gettext("%(name)s has not answered %(visitor)s for %(time)s."), { name: safeName(agent.name), visitor: visitor ? safeName(visitor) : gettext("a visitor"), time: long });
  return { key: `silent:${conversation}`, says, chat: conversation, bad: true };
}
