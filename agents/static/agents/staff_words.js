// What the log of a chat says to the staff.

/** @import {Author, Entry} from "../support_chat/types.d.ts" */
/** @import {TimelineWords} from "../support_chat/timeline_words.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { PRIORITIES } from "./row_words.js";
import { codeInPlainWords, safeName } from "./words.js";

/** @type {Record<string, (entry: Entry) => string>} */
const LINES = {
  opened: ({ body }) => began(body),
  joined: ({ author, body }) => letIn(author, body, gettext("%(name)s joined"), gettext("%(name)s joined: %(by)s let them in")),
  left: ({ author, body }) => letIn(author, body, gettext("%(name)s left"), gettext("%(name)s left: %(by)s ended it")),
  assigned: ({ body }) => assigned(body),
  returned_to_queue: ({ body }) => RETURNS[body.cause] ?? gettext("Back in the queue"),
  closed: ({ author, body }) => (author.role === "system" ? closedByItself(body) : fill(gettext("%(name)s closed the chat"), { name: nameOf(author) })),
  reopened: (entry) => by(gettext("%(name)s reopened the chat"))(entry) + invitedBefore(entry.body),
  rated: ({ author, body }) => rated(nameOf(author), body),
  transferred: ({ author, body }) => transferred(nameOf(author), body),
  offered: ({ body }) => fill(gettext("Offered to %(name)s"), { name: named(body.agent) }),
  declined: ({ body }) => fill(DECLINED[body.cause] ?? DECLINED.withdrawn, { name: named(body.agent) }) + because(body),
  moved: (entry) => by(gettext("%(name)s moved the chat to the front"))(entry) + because(entry.body),
  prioritised: ({ author, body }) => fill(gettext("%(name)s set the priority to %(priority)s"), { name: nameOf(author), priority: priority(body) }) + because(body),
  reminded: ({ body }) => (body.level === 2 ? gettext("Supervisors were told that the visitor waits") : gettext("Its agent was reminded that the visitor waits")),
  kept_place: by(gettext("%(name)s left an address to be answered at, and keeps the place")),
  left_email: by(gettext("%(name)s left an address to be answered at")),
  edited: by(gettext("%(name)s changed a message")),
  retracted: by(gettext("%(name)s removed a message")),
  emailed: ({ body }) => emailed(body),
  invited: ({ author, body }) => fill(gettext("%(name)s asks %(agent)s into the chat"), { name: nameOf(author), agent: named(body.agent) }),
  asked_to_join: by(gettext("%(name)s asks to join the chat")),
  not_joined: ({ body }) => fill(gettext("%(agent)s does not join the chat"), { agent: named(body.agent) }),
  called_help: ({ author, body }) => fill(gettext("%(name)s calls %(agents)s for help"), { name: nameOf(author), agents: (body.agents ?? []).map(named).join(", ") || gettext("a colleague") }) + because(body),
  marked_spam: ({ author, body }) => fill(body.spam ? gettext("%(name)s marked the chat as spam") : gettext("%(name)s says that this is no spam"), { name: nameOf(author) }),
  blocked: ({ author, body }) => blocked(nameOf(author), body),
  whisper: ({ author, body }) => fill(gettext("%(name)s whispered to %(agent)s"), { name: nameOf(author), agent: named(body.to) }),
  idle: () => gettext("Quiet for long: it counts as idle"),
  snoozed: ({ author, body }) => fill(gettext("%(name)s put the chat aside: “%(until)s”"), { name: nameOf(author), until: body.said ?? "" }),
  woken: ({ author }) => (author.role === "agent" ? fill(gettext("%(name)s took the chat up again"), { name: nameOf(author) }) : gettext("Put aside until now: the chat is back")),
  merged: ({ author, body }) =>
    fill(body.undone ? gettext("%(name)s says that %(other)s is not the same person after all") : gettext("%(name)s says that %(other)s is the same person"), {
      name: nameOf(author),
      other: safeName(body.visitor?.name ?? ""),
    }),
  tagged: ({ author, body }) => fill(gettext("%(name)s changed the tags: %(tags)s"), { name: nameOf(author), tags: retagged(body) }),
  file: by(gettext("%(name)s sent a file")),
};

/** @param {string} words @returns {(entry: Entry) => string} */
function by(words) {
  return ({ author }) => fill(words, { name: nameOf(author) });
}

/** @param {Record<string, any>} body */
function began({ tags, form, invitation }) {
  const words = form?.here ? gettext("The chat began as a message: the visitor reads the answer here") : gettext("The chat began");
  const tagged = tags ? `, ${fill(gettext("tagged %(tags)s"), { tags: tags.join(", ") })}` : "";
  const given = form?.name ? `. ${fill(gettext("“%(name)s” is the name that was given, not verified"), { name: safeName(form.name) })}` : "";
  return words + tagged + given + invitedBefore({ invitation });
}

/** @param {Record<string, any>} body of the entry with which they answered */
function invitedBefore({ invitation }) {
  return invitation ? `. ${fill(gettext("%(name)s had invited them: “%(text)s”"), { name: safeName(invitation.by.name), text: invitation.text })}` : "";
}

/** @param {Record<string, any>} body */
function emailed({ what, failed }) {
  const answers = what === "answers";
  if (failed) return answers ? gettext("The answers could not be e-mailed to the visitor") : gettext("The transcript could not be e-mailed to the visitor");
  return answers ? gettext("The answers were e-mailed to the visitor") : gettext("The transcript was e-mailed to the visitor");
}

/** @param {string} name @param {Record<string, any>} body */
function rated(name, { score, comment }) {
  const rated = score ? fill(gettext("%(name)s rated the chat %(score)s of 5"), { name, score }) : fill(gettext("%(name)s rated the chat"), { name });
  return rated + because({ reason: comment });
}

/** @param {string} name @param {Record<string, any>} body */
function transferred(name, { cause, agent, name: queue }) {
  if (cause === "kept") return fill(gettext("%(name)s keeps the chat"), { name });
  const to = agent ? named(agent) : queue ? safeName(queue) : "";
  return to ? fill(gettext("%(name)s hands the chat over to %(to)s"), { name, to }) : fill(gettext("%(name)s hands the chat over"), { name });
}

/** @param {Record<string, any>} body */
function retagged({ added = [], removed = [] }) {
  const told = [
    added.length && fill(gettext("added %(tags)s"), { tags: added.join(", ") }),
    removed.length && fill(gettext("removed %(tags)s"), { tags: removed.join(", ") }),
  ];
  return told.filter(Boolean).join("; ");
}

/** @param {Author} author @param {Record<string, any> | undefined} body @param {string} alone @param {string} by */
function letIn(author, body, alone, by) {
  return body?.by ? fill(by, { name: nameOf(author), by: safeName(body.by.name) }) : fill(alone, { name: nameOf(author) });
}

/** @param {string} name @param {Record<string, any>} body */
function blocked(name, { lifted, blocks, lasts }) {
  if (lifted) return fill(gettext("%(name)s lifted a block of the visitor"), { name });
  return fill(gettext("%(name)s blocked the visitor %(where)s %(long)s"), { name, where: BLOCKS[blocks] ?? "", long: LASTS[lasts] ?? "" }).trim();
}

/** @type {Record<string, string>} */
const RETURNS = {
  "connection lost": gettext("Back in the queue: the connection to their agent was lost"),
  "agent left": gettext("Back in the queue: its agent went offline"),
  "agent is full": gettext("Back in the queue: its agent had no room left"),
  unanswered: gettext("Back in the queue: there was no first reply in time"),
};

/** @type {Record<string, string>} */
const BLOCKS = {
  visitor: gettext("in this browser"),
  identity: gettext("on every device"),
  address: gettext("and everybody at their address"),
};
/** @type {Record<string, string>} */
const LASTS = { hour: gettext("for an hour"), day: gettext("for a day"), always: gettext("for good") };

/** @type {Record<string, string>} */
const DECLINED = {
  declined: gettext("%(name)s declined the chat"),
  expired: gettext("%(name)s did not answer the offer in time"),
  gone: gettext("%(name)s was gone: the offer ended"),
  withdrawn: gettext("%(name)s is not offered the chat any more"),
};

/** @param {{name?: string} | undefined} agent */
function named(agent) {
  return safeName(agent?.name ?? gettext("A colleague"));
}

/** @param {Record<string, any>} body */
function because({ reason }) {
  return reason ? `: “${reason}”` : "";
}

/** In small letters, as in the midst of a sentence. @param {Record<string, any>} body */
function priority({ priority: given }) {
  return (PRIORITIES[given] ?? given ?? "…").toLowerCase();
}

/** @param {Record<string, any>} body */
function assigned({ agent, cause, why, forced }) {
  const name = named(agent);
  const over = forced ? `, ${gettext("over their limit")}` : "";
  if (cause === "supervisor") return fill(gettext("%(by)s gave the chat to %(name)s"), { by: safeName(why?.by ?? gettext("A supervisor")), name }) + over;
  if (cause === "accepted") return fill(gettext("%(name)s accepted the chat"), { name });
  if (cause === "reopened") return fill(gettext("%(name)s has the chat again"), { name });
  return fill(gettext("%(name)s got the chat"), { name });
}

/** @param {Record<string, any>} body */
function closedByItself({ cause }) {
  if (cause === "visitor left") return gettext("The chat closed itself: the visitor had left");
  return cause === "idle" ? gettext("The chat closed itself: nobody wrote any more") : gettext("The chat was closed");
}

/** Another line beside it says so: a chat is handed over to them, or somebody has it now. @param {Entry} entry */
function isSaidBeside({ kind, body }) {
  return (kind === "offered" && body.cause === "transferred") || (kind === "declined" && body.cause === "withdrawn");
}

/** @type {Record<string, string>} */
const NAMELESS = { visitor: gettext("The visitor"), agent: gettext("A colleague") };

/** @param {Author} author */
function nameOf({ role, name }) {
  return name ? safeName(name) : (NAMELESS[role] ?? gettext("The system"));
}

/** @type {TimelineWords} */
export const staffWords = {
  said: (author, own) => (own ? gettext("You said") : fill(gettext("%(name)s said"), { name: nameOf(author) })),
  name: nameOf,
  line: (entry) => (isSaidBeside(entry) ? null : (LINES[entry.kind]?.(entry) ?? null)),
  knows: (kind) => Object.hasOwn(LINES, kind),
  unknown: gettext("Something that this page cannot show yet. Reload to see it."),
  replaced: gettext("The server has this chat in an older state: messages that stood here before may be missing."),
  note: gettext("Note, only for the team"),
  hidden: gettext("Card or account number hidden"),
  removed: ({ author }) => fill(gettext("%(name)s removed this message"), { name: nameOf(author) }),
  edited: gettext("Edited"),
  sending: gettext("Sending…"),
  sent: gettext("Sent"),
  read: gettext("Read"),
  notSent: ({ error }) => (error ? `${gettext("Not sent.")} ${codeInPlainWords(error)}` : gettext("Not sent")),
  again: gettext("Try again"),
  discard: gettext("Discard"),
  earlier: gettext("Show earlier messages"),
  newest: (count) => (count ? fill(gettext("%(count)s new below"), { count }) : gettext("To the newest")),
};
