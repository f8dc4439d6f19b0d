// What stands under the agent's last message until it was seen: "Sent", or that nobody is there to see it.

/** @import {OpenChat} from "./open_chat.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill, language } from "../support_chat/sentences.js";
import { clockTime, ticking } from "../support_chat/when.js";
import { staffWords } from "./staff_words.js";
import { elapsed } from "./waiting.js";

/** So long after they left (s) a visitor is away: on their way to another page they are gone for less. */
export const AWAY_AFTER = 5;

const awayWords = { ...staffWords, sent: gettext("Not seen yet: the visitor is away") };
const second = ticking(1);

/** The words of the log for this chat as it stands. @param {OpenChat} chat */
export function wordsOf(chat) {
  if (!isAway(chat)) return staffWords;
  const mailed = mailedWords(chat);
  return mailed === null ? awayWords : sentWords(fill(gettext("Not seen yet, %(mailed)s"), { mailed }));
}

/** When the visitor is e-mailed what they have not seen, or that they were; null: they are not. @param {OpenChat} chat */
function mailedWords({ about, aboutHeard, log }) {
  const after = about.value?.mails_after ?? null;
  if (!about.value || after === null) return null;
  const answer = log.entries.value.findLast(({ kind, author }) => kind === "message" && author.role === "agent");
  if (!answer) return null;
  const mail = log.entries.value.findLast(({ kind, body }) => kind === "emailed" && body.what === "answers");
  if (mail && mail.position > answer.position) return mail.body.failed ? null : gettext("e-mailed");
  const left = aboutHeard - about.value.visitor.since * 1000;
  const time = clockTime(Math.max(left, Date.parse(answer.at)) + after * 1000, language());
  return fill(gettext("will be e-mailed at %(time)s"), { time });
}

/** @type {typeof awayWords | null} the same words are the same object: else every row is drawn anew */
let latest = null;

/** @param {string} sent */
function sentWords(sent) {
  if (latest?.sent !== sent) latest = { ...staffWords, sent };
  return latest;
}

/** Whether the visitor of an open chat has been gone for a while. @param {OpenChat} chat */
function isAway({ about, aboutHeard }) {
  if (!about.value || about.value.state === "closed" || about.value.visitor.here) return false;
  const gone = about.value.visitor.since + elapsed(aboutHeard, Date.now());
  if (gone < AWAY_AFTER) void second.value; // look again soon
  return gone >= AWAY_AFTER;
}
