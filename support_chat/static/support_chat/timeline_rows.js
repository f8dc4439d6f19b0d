/** @import {Author, Entry} from "./types.d.ts" */
/** @import {Pending} from "./outbox.js" */
/** @import {TimelineWords} from "./timeline_words.js" */
import { revisionsIn } from "./revisions.js";
import { KNOWN_KINDS } from "./timeline_words.js";
import { dayKey } from "./when.js";

/**
 * @typedef {object} Day
 * @property {"day"} type
 * @property {string} key
 * @property {string | number} at
 *
 * @typedef {object} Line
 * @property {"line"} type
 * @property {string} key
 * @property {Entry} entry
 * @property {string} text
 *
 * @typedef {object} Bubble
 * @property {"bubble"} type
 * @property {string} key the client_id where there is one: a message keeps its place on screen when it is sent
 * @property {string} kind "message", "note" or "whisper"
 * @property {Author} author
 * @property {boolean} own
 * @property {"near" | "far"} side near: ours
 * @property {string} text
 * @property {boolean} hidden a number in it was hidden before it was kept
 * @property {import("./files.js").FileFacts[] | null} files
 * @property {string | number} at
 * @property {boolean} first of a run of messages by one author
 * @property {boolean} last
 * @property {"sending" | "sent" | "read" | "failed" | "held" | null} state shown below it, where it is worth saying
 * @property {boolean} edited
 * @property {Entry | null} entry
 * @property {Pending | null} item
 *
 * @typedef {Day | Line | Bubble} Row
 *
 * @typedef {object} Telling
 * @property {Entry[]} entries
 * @property {Pending[]} pending without those that the entries show
 * @property {{role: string, id?: string}} me
 * @property {"visitor" | "staff"} audience
 * @property {number} read
 * @property {TimelineWords} words
 * @property {number | null} [replacedAt] position after which to say that the chat was taken anew
 */

/** Messages of one author this close together are one run. */
const RUN_MS = 5 * 60_000;

/** What is said in words of one's own; all but the first only among the team. */
export const SAID = new Set(["message", "note", "whisper"]);

/** What stands on screen, from top to bottom. @param {Telling} telling @returns {Row[]} */
export function rowsOf(telling) {
  const { entries, pending } = telling;
  const revised = revisionsIn(entries);
  const told = entries.flatMap((entry) => [rowOfEntry(entry, telling, revised.get(entry.position)), rowOfChange(entry, telling)]).filter((row) => row !== null);
  const rows = withDays([...told, ...pending.map((item) => rowOfPending(item, telling))]);
  joinRuns(rows);
  keepLastState(rows);
  return rows;
}

/** @param {Author} author @param {{role: string, id?: string}} me */
export function isOwn(author, me) {
  return author.role === me.role && (me.id === undefined || author.id === me.id);
}

/** @param {Entry} entry @param {Telling} telling @param {string | null} [revised] what it says by now @returns {Line | Bubble | null} */
function rowOfEntry(entry, telling, revised) {
  if (entry.kind === "edited" || entry.kind === "retracted") return null;
  if (revised === null) return { type: "line", key: `p${entry.position}`, entry, text: telling.words.removed(entry) };
  if (revised !== undefined) return { ...bubble({ ...entry, body: { ...entry.body, text: revised } }, telling), edited: true, entry };
  const text = entry.body?.text;
  if (SAID.has(entry.kind) && typeof text === "string") return bubble(entry, telling);
  const line = KNOWN_KINDS.has(entry.kind) || telling.words.knows?.(entry.kind) ? telling.words.line(entry) : telling.words.unknown;
  return line === null ? null : { type: "line", key: `p${entry.position}`, entry, text: line };
}

/** @param {Entry} entry @param {Telling} telling @returns {Line | null} */
function rowOfChange(entry, { replacedAt, words }) {
  if (entry.position !== replacedAt) return null;
  return { type: "line", key: "replaced", entry: { ...entry, kind: "replaced" }, text: words.replaced };
}

/** @param {Entry} entry @param {Telling} telling @returns {Bubble} */
function bubble(entry, { me, audience, read }) {
  const { author, kind, at, position, client_id, body } = entry;
  const own = isOwn(author, me);
  const near = own || (audience === "staff" && author.role !== "visitor");
  const state = !near || kind !== "message" ? null : position <= read ? "read" : "sent";
  const key = own && client_id ? client_id : `p${position}`;
  const rest = { first: true, last: true, edited: false, entry, item: null };
  return { type: "bubble", key, kind, author, own, side: near ? "near" : "far", text: body.text, hidden: Boolean(body.hidden), files: body.files ?? null, at, state, ...rest };
}

/** @param {Pending} item @param {Telling} telling @returns {Bubble} */
function rowOfPending(item, { me }) {
  const kind = { add_note: "note", whisper: "whisper" }[item.command] ?? "message";
  const about = { key: item.client_id, kind, author: me, text: item.body, hidden: false, files: item.files?.length ? item.files : null, at: item.at, state: item.state, item };
  return { type: "bubble", own: true, side: "near", first: true, last: true, edited: false, entry: null, ...about };
}

/** @param {(Line | Bubble)[]} rows @returns {Row[]} */
function withDays(rows) {
  let day = "";
  return rows.flatMap((row) => {
    const at = row.type === "line" ? row.entry.at : row.at;
    if (dayKey(at) === day) return [row];
    day = dayKey(at);
    return [{ type: /** @type {const} */ ("day"), key: `day${day}`, at }, row];
  });
}

/** @param {Row[]} rows */
function joinRuns(rows) {
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (row.type !== "bubble" || before?.type !== "bubble" || !oneRun(before, row)) return;
    before.last = false;
    row.first = false;
  });
}

/** @param {Bubble} a @param {Bubble} b */
function oneRun(a, b) {
  const sameAuthor = a.own === b.own && a.author.role === b.author.role && (a.own || a.author.id === b.author.id);
  return sameAuthor && a.kind === b.kind && new Date(b.at).getTime() - new Date(a.at).getTime() < RUN_MS;
}

/** "Sent" and "Read" are said once, below the newest of our messages; what is not sent says so for itself. @param {Row[]} rows */
function keepLastState(rows) {
  let said = false;
  for (const row of rows.toReversed()) {
    if (row.type !== "bubble" || (row.state !== "sent" && row.state !== "read")) continue;
    if (said) row.state = null;
    said = true;
  }
}
